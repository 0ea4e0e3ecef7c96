"""Whoever is kept from nothing is asked about no rows: see 0016_kept_from_nothing.sql."""

import re
from pathlib import Path

from django.db import migrations

HERE = Path(__file__)
SQL = HERE.with_suffix(".sql").read_text(encoding="utf-8")
_BEFORE = re.search(
    r"CREATE OR REPLACE FUNCTION styr_hidden\(.*?\$\$.*?\$\$;",
    HERE.with_name("0015_quicker_scope.sql").read_text(encoding="utf-8"),
    re.DOTALL,
)
if _BEFORE is None:
    raise LookupError("styr_hidden")
_SLOW_AGAIN = """
DO $$
DECLARE
    held record;
BEGIN
    FOR held IN
        SELECT polrelid::regclass AS relation, pg_get_expr(polqual, polrelid) AS condition FROM pg_policy
        WHERE polname = 'styr_case' AND pg_get_expr(polqual, polrelid) LIKE '%styr_kept_from_nothing() AS %'
    LOOP
        EXECUTE format('ALTER POLICY styr_case ON %s USING %s', held.relation,
                       regexp_replace(held.condition, '^\\(\\( ?SELECT styr_kept_from_nothing\\(\\) AS styr_kept_from_nothing\\) OR (.*)\\)$', '(\\1)'));
    END LOOP;
END
$$;
"""  # noqa: E501 - one expression
UNDO = f"{_SLOW_AGAIN}{_BEFORE[0]} DROP FUNCTION styr_kept_from_nothing();"


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0015_quicker_scope"),
    ]

    operations = [
        migrations.RunSQL(SQL, UNDO),
    ]
