"""Close the steps; count a grant's version in the database, so that every way of writing it counts."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

STEPS_ARE_TAKEN = "REVOKE UPDATE, DELETE ON grants_grantstep FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON grants_grantstep TO styr_app"
VERSION = """
CREATE FUNCTION grants_count_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER styr_version BEFORE UPDATE ON grants_grant FOR EACH ROW EXECUTE FUNCTION grants_count_version();
"""
UNDO_VERSION = """
DROP TRIGGER styr_version ON grants_grant;
DROP FUNCTION grants_count_version();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0007_steps_to_approval")]
    operations = [
        EnableTenantPolicy("grantstep", unit="unit_id"),
        TieToParent("grantstep", "grant", "grant_id"),
        migrations.RunSQL(STEPS_ARE_TAKEN, LET_GO),
        migrations.RunSQL(VERSION, UNDO_VERSION),
    ]
