"""Close the tables, and hold a ride in its grant's unit and everything of a plan in its plan's municipality."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

TIES = """
ALTER TABLE transport_vehicle ADD CONSTRAINT transport_vehicle_tie_municipality UNIQUE (id, municipality_id);
ALTER TABLE routes_planride
    ADD CONSTRAINT routes_planride_tied_by_grant_id FOREIGN KEY (grant_id, municipality_id, unit_id)
        REFERENCES grants_grant (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT routes_planride_tied_by_goal_id FOREIGN KEY (goal_id, municipality_id)
        REFERENCES transport_place (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT routes_planride_tied_by_home_id FOREIGN KEY (home_id, municipality_id)
        REFERENCES transport_place (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE routes_planvehicle
    ADD CONSTRAINT routes_planvehicle_tied_by_vehicle_id FOREIGN KEY (vehicle_id, municipality_id)
        REFERENCES transport_vehicle (id, municipality_id) DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT routes_planvehicle_tied_by_garage_id FOREIGN KEY (garage_id, municipality_id)
        REFERENCES transport_place (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE routes_planvehicle DROP CONSTRAINT routes_planvehicle_tied_by_garage_id,
    DROP CONSTRAINT routes_planvehicle_tied_by_vehicle_id;
ALTER TABLE routes_planride DROP CONSTRAINT routes_planride_tied_by_home_id,
    DROP CONSTRAINT routes_planride_tied_by_goal_id,
    DROP CONSTRAINT routes_planride_tied_by_grant_id;
ALTER TABLE transport_vehicle DROP CONSTRAINT transport_vehicle_tie_municipality;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("routes", "0001_plans"),
        ("trips", "0003_relations"),
        ("transport", "0003_relations"),
        ("grants", "0012_price_requests"),
        ("access", "0016_kept_from_nothing"),
    ]
    operations = [
        *(EnableTenantPolicy(model) for model in ("routeplan", "planvehicle", "planroute")),
        EnableTenantPolicy("planride", unit="unit_id"),
        TieToParent("planvehicle", "routeplan", "plan_id", unit=False),
        TieToParent("planroute", "routeplan", "plan_id", unit=False),
        TieToParent("planroute", "planvehicle", "vehicle_id", unit=False),
        TieToParent("planride", "routeplan", "plan_id", unit=False),
        TieToParent("planride", "planroute", "route_id", unit=False),
        *(HideCases(model) for model in ("routeplan", "planvehicle", "planroute")),
        HideCases("planride", {"grant_id": "grant"}),
        migrations.RunSQL(TIES, UNDO_TIES),
    ]
