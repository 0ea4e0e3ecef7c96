"""Close the tables, hold everything in its grant's unit, and let nobody change what was paid."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

TIES = """
ALTER TABLE grants_grant
    ADD CONSTRAINT grants_grant_tied_by_citizen_id FOREIGN KEY (citizen_id, municipality_id)
        REFERENCES people_citizen (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT grants_grant_tied_by_contract_id FOREIGN KEY (contract_id, municipality_id)
        REFERENCES contracts_contract (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT grants_grant_tied_by_provider_unit_id FOREIGN KEY (provider_unit_id, municipality_id)
        REFERENCES suppliers_providerunit (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT grants_grant_tied_by_supplier_id FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE grants_serviceline
    ADD CONSTRAINT grants_serviceline_tied_by_contract_line_id FOREIGN KEY (contract_line_id, municipality_id)
        REFERENCES contracts_contractline (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE grants_serviceline DROP CONSTRAINT grants_serviceline_tied_by_contract_line_id;
ALTER TABLE grants_grant DROP CONSTRAINT grants_grant_tied_by_citizen_id,
    DROP CONSTRAINT grants_grant_tied_by_contract_id, DROP CONSTRAINT grants_grant_tied_by_provider_unit_id,
    DROP CONSTRAINT grants_grant_tied_by_supplier_id;
"""
SERIAL = """
CREATE SEQUENCE grants_serial AS integer MINVALUE 1 MAXVALUE 9999999;
GRANT USAGE, SELECT, UPDATE ON SEQUENCE grants_serial TO styr_app;
GRANT SELECT ON SEQUENCE grants_serial TO styr_backup;
GRANT SELECT ON grants_defaultduplicaterule TO styr_app, styr_backup;
"""
# Corrections never rewrite what was paid: they add adjustment lines.
PAID_IS_PAID = "REVOKE UPDATE, DELETE ON grants_paidperiod, grants_adjustment FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON grants_paidperiod, grants_adjustment TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("grants", "0001_registers"), ("contracts", "0002_policies")]
    operations = [
        EnableTenantPolicy("grant", unit="unit_id"),
        EnableTenantPolicy("serviceline", unit="unit_id"),
        EnableTenantPolicy("ownrate", unit="unit_id"),
        EnableTenantPolicy("absence", unit="unit_id"),
        EnableTenantPolicy("paidperiod", unit="unit_id"),
        EnableTenantPolicy("adjustment", unit="unit_id"),
        EnableTenantPolicy("duplicaterule"),
        TieToParent("serviceline", "grant", "grant_id"),
        TieToParent("absence", "grant", "grant_id"),
        TieToParent("ownrate", "serviceline", "service_line_id"),
        TieToParent("paidperiod", "serviceline", "service_line_id"),
        TieToParent("adjustment", "serviceline", "service_line_id"),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(SERIAL, "DROP SEQUENCE grants_serial"),
        migrations.RunSQL(PAID_IS_PAID, LET_GO),
    ]
