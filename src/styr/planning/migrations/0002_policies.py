"""Who sees a scenario: its owner, and those it is shared with. Its changes are seen with it; its owner alone writes."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy
from styr.access.hiding import HideCases

MINE = "owner_id = (SELECT styr_user())"
SEEN = (
    f"({MINE} OR shared = 'municipality' OR (shared = 'unit' AND ((SELECT styr_all_units()) "
    "OR unit_id = ANY ((SELECT styr_units())::uuid[]))))"
)
OF_SCENARIO = "EXISTS (SELECT FROM planning_scenario AS s WHERE s.id = scenario_id{mine})"


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_scenarios"), ("access", "0008_hidden_cases")]
    operations = [
        EnableTenantPolicy("scenario", readers=SEEN, writers=MINE),
        EnableTenantPolicy(
            "scenariochange",
            readers=OF_SCENARIO.format(mine=""),
            writers=OF_SCENARIO.format(mine=" AND s.owner_id = (SELECT styr_user())"),
        ),
        EnableTenantPolicy("plannednegotiation", unit="unit_id"),
        HideCases("scenario"),
        HideCases("scenariochange"),
        HideCases("plannednegotiation"),
    ]
