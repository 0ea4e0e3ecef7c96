"""A version is seen with its unit; its lines by who serves their unit, and not by those kept from the case."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

TOTALS = """
ALTER TABLE planning_versionline ADD CONSTRAINT version_line_adds_up CHECK (
    months_ore[1] + months_ore[2] + months_ore[3] + months_ore[4] + months_ore[5] + months_ore[6] + months_ore[7]
    + months_ore[8] + months_ore[9] + months_ore[10] + months_ore[11] + months_ore[12] = total_ore);
REVOKE UPDATE, DELETE ON planning_linenote FROM styr_app;
"""
UNDO_TOTALS = """
ALTER TABLE planning_versionline DROP CONSTRAINT version_line_adds_up;
GRANT UPDATE, DELETE ON planning_linenote TO styr_app;
"""
OF_LINE = "EXISTS (SELECT FROM planning_versionline AS l WHERE l.id = line_id)"
CASE = {"citizen_id": "citizen", "grant_id": "grant"}


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_budgets"), ("access", "0008_hidden_cases")]
    operations = [
        EnableTenantPolicy("budgetversion", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("versionline", unit="unit_id"),
        EnableTenantPolicy("linenote", unit="unit_id", readers=OF_LINE),
        TieToParent("linenote", "versionline", "line_id"),
        HideCases("budgetversion"),
        HideCases("versionline", CASE),
        HideCases("linenote"),
        migrations.RunSQL(TOTALS, UNDO_TOTALS),
    ]
