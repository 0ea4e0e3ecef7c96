"""Close the tables, hold lines and rates in their contract's unit, and contracts in their citizen's."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

# A composite foreign key with a null in it binds nothing, and a framework has no unit. A column that writes the missing
# unit as zeros is never null: with it a line cannot lose the unit that its contract has, nor have one of its own.
NO_UNIT = "00000000-0000-0000-0000-000000000000"
UNIT_KEY = "".join(
    f"ALTER TABLE {table} ADD COLUMN unit_key uuid GENERATED ALWAYS AS (coalesce(unit_id, '{NO_UNIT}')) STORED NOT NULL;"
    for table in ("contracts_contract", "contracts_contractline", "contracts_contractrate")
)
SAME_UNIT = """
ALTER TABLE contracts_contract ADD CONSTRAINT contracts_contract_unit_key UNIQUE (id, unit_key);
ALTER TABLE contracts_contractline ADD CONSTRAINT contracts_contractline_unit_key UNIQUE (id, unit_key);
ALTER TABLE contracts_contractline ADD CONSTRAINT contracts_contractline_same_unit
    FOREIGN KEY (contract_id, unit_key) REFERENCES contracts_contract (id, unit_key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE contracts_contractrate ADD CONSTRAINT contracts_contractrate_same_unit
    FOREIGN KEY (contract_line_id, unit_key) REFERENCES contracts_contractline (id, unit_key)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_UNIT = "".join(
    f"ALTER TABLE {table} DROP COLUMN unit_key CASCADE;"
    for table in ("contracts_contractrate", "contracts_contractline", "contracts_contract")
)
# What a contract points at lies in its municipality, and a citizen who moves unit takes the contract along.
TIES = """
ALTER TABLE contracts_contract ADD CONSTRAINT contracts_contract_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE contracts_contractline ADD CONSTRAINT contracts_contractline_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE contracts_contract
    ADD CONSTRAINT contracts_contract_tied_by_citizen_id FOREIGN KEY (citizen_id, municipality_id, unit_id)
        REFERENCES people_citizen (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT contracts_contract_tied_by_supplier_id FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT contracts_contract_tied_by_provider_unit_id FOREIGN KEY (provider_unit_id, municipality_id)
        REFERENCES suppliers_providerunit (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE contracts_contract DROP CONSTRAINT contracts_contract_tied_by_citizen_id,
    DROP CONSTRAINT contracts_contract_tied_by_supplier_id, DROP CONSTRAINT contracts_contract_tied_by_provider_unit_id,
    DROP CONSTRAINT contracts_contract_tie_municipality;
ALTER TABLE contracts_contractline DROP CONSTRAINT contracts_contractline_tie_municipality;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0001_registers"),
        ("people", "0002_policies"),
        ("suppliers", "0002_policies"),
    ]
    operations = [
        EnableTenantPolicy("openingcalendar"),
        EnableTenantPolicy("closingday"),
        EnableTenantPolicy("calendarday"),
        EnableTenantPolicy("contract", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("contractline", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("contractrate", unit="unit_id", nullable_unit=True),
        TieToParent("closingday", "openingcalendar", "calendar_id", unit=False),
        TieToParent("calendarday", "openingcalendar", "calendar_id", unit=False),
        TieToParent("contract", "openingcalendar", "calendar_id", unit=False),
        TieToParent("contractline", "contract", "contract_id"),
        TieToParent("contractrate", "contractline", "contract_line_id"),
        migrations.RunSQL(UNIT_KEY, UNDO_UNIT),
        migrations.RunSQL(SAME_UNIT, migrations.RunSQL.noop),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(
            "GRANT SELECT ON contracts_section, contracts_servicekind, contracts_standardday TO styr_app, styr_backup",
            "REVOKE SELECT ON contracts_section, contracts_servicekind, contracts_standardday FROM styr_app, styr_backup",
        ),
    ]
