"""The token scheme and the closed tables of its own: see 0002_scope.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")

UNDO = """
DROP POLICY styr_login ON access_user;
DROP POLICY styr_see ON pghistory_context; DROP POLICY styr_definer ON pghistory_context;
ALTER TABLE pghistory_context NO FORCE ROW LEVEL SECURITY; ALTER TABLE pghistory_context DISABLE ROW LEVEL SECURITY;
DROP POLICY styr_definer ON access_session; DROP POLICY styr_definer ON access_token;
DROP POLICY styr_see ON access_municipality; DROP POLICY styr_found ON access_municipality;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM styr_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM styr_backup;
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE sql AS 'SELECT NULL::uuid';
DROP FUNCTION styr_shared_delete, styr_shared_set, styr_shared_get;
DROP TRIGGER styr_own_password_alone ON access_user;
DROP FUNCTION styr_refuse_renaming_oneself, styr_keeps_units, styr_administers, styr_forget_expired, styr_session_delete, styr_session_save, styr_session_load, styr_municipalities,
    styr_login_candidate,
    styr_revoke_token, styr_issue_token, styr_proof_holds, styr_units, styr_all_units, styr_may_write, styr_purpose, styr_user,
    styr_municipality, styr_token;
DROP TABLE access_shared;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_registers"), ("audit", "0001_append_only")]
    operations = [migrations.RunSQL(SQL, UNDO)]
