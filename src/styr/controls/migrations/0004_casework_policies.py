"""Close the casework of findings to other units; notes, like decisions, stay as they were written."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

KEEP_NOTES = "REVOKE UPDATE, DELETE ON controls_findingnote FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON controls_findingnote TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("controls", "0003_casework")]
    operations = [
        EnableTenantPolicy("findingassignment", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("findingnote", unit="unit_id", nullable_unit=True),
        TieToParent("findingassignment", "finding", "finding_id"),
        TieToParent("findingnote", "finding", "finding_id"),
        migrations.RunSQL(KEEP_NOTES, LET_GO),
    ]
