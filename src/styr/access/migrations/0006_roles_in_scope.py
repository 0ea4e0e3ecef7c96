"""An administrator's role opens no unit and an auditor's closes all writing: see 0006_roles_in_scope.sql."""

import re
from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
BEFORE = HERE.with_name("0002_scope.sql").read_text(encoding="utf-8")


def as_before(name: str) -> str:
    """The function as 0002 made it."""
    found = re.search(rf"CREATE FUNCTION ({name}\(.*?\$\$;)", BEFORE, re.DOTALL)
    if found is None:
        raise LookupError(name)
    return f"CREATE OR REPLACE FUNCTION {found[1]}"


CHANGED = ("styr_all_units", "styr_units", "styr_may_write", "styr_administers")
UNDO = (
    "\n".join(as_before(name) for name in CHANGED)
    + """
DROP FUNCTION styr_today();
DROP POLICY styr_change_own ON access_user;
CREATE POLICY styr_change_own ON access_user FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND id = (SELECT styr_user()) AND (SELECT styr_may_write()));
DROP POLICY styr_write ON account_emailaddress;
CREATE POLICY styr_write ON account_emailaddress USING (
    user_id IN (SELECT id FROM access_user) AND (SELECT styr_may_write())
    AND ((SELECT styr_administers()) OR user_id = (SELECT styr_user())));
"""
)


class Migration(migrations.Migration):
    dependencies = [("access", "0005_submissions")]
    operations = [migrations.RunSQL(SQL, UNDO)]
