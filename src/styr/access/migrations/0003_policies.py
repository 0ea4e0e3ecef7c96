"""Close the domain's own tenant tables, and let the app role reach what the frameworks keep."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy

# Job tables carry ids and kinds of work, never citizens; e-mail addresses follow their user's visibility.
RIGHTS = """
GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers TO styr_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO styr_app;
GRANT SELECT ON django_content_type, django_migrations, auth_permission, auth_group, auth_group_permissions TO styr_app;
ALTER TABLE account_emailaddress ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_emailaddress FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON account_emailaddress FOR SELECT USING (user_id IN (SELECT id FROM access_user));
CREATE POLICY styr_write ON account_emailaddress USING (
    user_id IN (SELECT id FROM access_user) AND (SELECT styr_may_write())
    AND ((SELECT styr_administers()) OR user_id = (SELECT styr_user())));
GRANT SELECT, INSERT, UPDATE, DELETE ON account_emailaddress TO styr_app;
-- Their own password; a trigger (0002_scope.sql) keeps it to that.
CREATE POLICY styr_change_own ON access_user FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND id = (SELECT styr_user()) AND (SELECT styr_may_write()));
"""
UNDO = """
DROP POLICY styr_change_own ON access_user;
DROP POLICY styr_write ON account_emailaddress; DROP POLICY styr_see ON account_emailaddress;
ALTER TABLE account_emailaddress NO FORCE ROW LEVEL SECURITY; ALTER TABLE account_emailaddress DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_scope"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("procrastinate", "0041_post_retry_failed_job"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [
        # These three decide what every token sees: only who administers may write them.
        EnableTenantPolicy("unit", writers="(SELECT styr_keeps_units())"),
        EnableTenantPolicy("user", writers="(SELECT styr_administers())"),
        EnableTenantPolicy("membership", writers="(SELECT styr_administers())"),
        migrations.RunSQL(RIGHTS, UNDO),
    ]
