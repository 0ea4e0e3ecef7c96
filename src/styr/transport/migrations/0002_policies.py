"""Close the tables, hold a ride in its grant's unit and a home in its citizen's, and let nobody change a decision."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

REGISTERS = ("area", "criterion", "operator", "pricescheme", "vehicle", "ownlimit", "costcell", "areaaccount")
TIES = """
ALTER TABLE transport_ridegrant ADD CONSTRAINT transport_ridegrant_tied_by_grant_id
    FOREIGN KEY (grant_id, municipality_id, unit_id) REFERENCES grants_grant (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE transport_assessment ADD CONSTRAINT transport_assessment_tied_by_grant_id
    FOREIGN KEY (grant_id, municipality_id, unit_id) REFERENCES grants_grant (id, municipality_id, unit_id)
    ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE transport_place
    ADD CONSTRAINT transport_place_tied_by_citizen_id FOREIGN KEY (citizen_id, municipality_id, unit_id)
        REFERENCES people_citizen (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT transport_place_tied_by_calendar_id FOREIGN KEY (calendar_id, municipality_id)
        REFERENCES contracts_openingcalendar (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE transport_operator
    ADD CONSTRAINT transport_operator_tied_by_supplier_id FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT transport_operator_tied_by_contract_id FOREIGN KEY (contract_id, municipality_id)
        REFERENCES contracts_contract (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE transport_vehicle ADD CONSTRAINT transport_vehicle_tied_by_home_unit_id
    FOREIGN KEY (municipality_id, home_unit_id) REFERENCES access_unit (municipality_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE transport_vehicle DROP CONSTRAINT transport_vehicle_tied_by_home_unit_id;
ALTER TABLE transport_operator DROP CONSTRAINT transport_operator_tied_by_supplier_id,
    DROP CONSTRAINT transport_operator_tied_by_contract_id;
ALTER TABLE transport_place DROP CONSTRAINT transport_place_tied_by_citizen_id,
    DROP CONSTRAINT transport_place_tied_by_calendar_id;
ALTER TABLE transport_assessment DROP CONSTRAINT transport_assessment_tied_by_grant_id;
ALTER TABLE transport_ridegrant DROP CONSTRAINT transport_ridegrant_tied_by_grant_id;
"""
DECIDED = "REVOKE UPDATE, DELETE ON transport_assessment FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON transport_assessment TO styr_app"


class Migration(migrations.Migration):
    dependencies = [
        ("transport", "0001_registers"),
        ("people", "0003_relations"),
        ("grants", "0012_price_requests"),
        ("contracts", "0010_keepers"),
        ("suppliers", "0005_confirmed_accounts"),
        ("access", "0016_kept_from_nothing"),
    ]
    operations = [
        *(EnableTenantPolicy(model) for model in REGISTERS),
        EnableTenantPolicy("place", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("ridegrant", unit="unit_id"),
        EnableTenantPolicy("assessment", unit="unit_id"),
        EnableTenantPolicy("postingsum", unit="unit_id", nullable_unit=True),
        TieToParent("criterion", "area", "area_id", unit=False),
        TieToParent("costcell", "area", "area_id", unit=False),
        TieToParent("areaaccount", "area", "area_id", unit=False),
        TieToParent("pricescheme", "operator", "operator_id", unit=False),
        TieToParent("vehicle", "operator", "operator_id", unit=False),
        TieToParent("ridegrant", "criterion", "criterion_id", unit=False),
        TieToParent("ridegrant", "operator", "operator_id", unit=False),
        TieToParent("ridegrant", "place", "home_id", unit=False),
        TieToParent("ridegrant", "place", "destination_id", unit=False),
        HideCases("place", {"citizen_id": "citizen"}),
        HideCases("operator", {"contract_id": "contract"}),
        HideCases("ridegrant", {"grant_id": "grant"}),
        HideCases("assessment", {"grant_id": "grant"}),
        HideCases("postingsum"),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(DECIDED, LET_GO),
    ]
