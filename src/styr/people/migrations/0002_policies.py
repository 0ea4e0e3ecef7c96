"""Close the tables to other municipalities and units, and hold guardians and consents in their citizen's unit."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

# What other domains' foreign keys refer to, so that they never reach into another municipality.
KEY = "ALTER TABLE people_citizen ADD CONSTRAINT people_citizen_tie_municipality UNIQUE (id, municipality_id)"
NO_KEY = "ALTER TABLE people_citizen DROP CONSTRAINT people_citizen_tie_municipality"


class Migration(migrations.Migration):
    dependencies = [("people", "0001_registers")]
    operations = [
        EnableTenantPolicy("citizen", unit="unit_id"),
        EnableTenantPolicy("guardian", unit="unit_id"),
        EnableTenantPolicy("consent", unit="unit_id"),
        TieToParent("guardian", "citizen", "citizen_id"),
        TieToParent("consent", "citizen", "citizen_id"),
        migrations.RunSQL(KEY, NO_KEY),
    ]
