"""Close the versions of choices of columns, and let nobody change one that was saved."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

SAVED_IS_SAVED = "REVOKE UPDATE, DELETE ON integrations_columnmappingversion FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON integrations_columnmappingversion TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("integrations", "0005_versions_of_mappings")]
    operations = [
        EnableTenantPolicy("columnmappingversion"),
        TieToParent("columnmappingversion", "columnmapping", "mapping_id", unit=False),
        migrations.RunSQL(SAVED_IS_SAVED, LET_GO),
    ]
