"""Keep the numbers of open findings as findings change: see 0009_open_counts.sql."""

from pathlib import Path

from django.db import migrations

from styr.access.rls import EnableTenantPolicy

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP VIEW rel_open_count;
DROP FUNCTION controls_fold_open_counts();
DROP FUNCTION controls_count_open() CASCADE;
DROP POLICY styr_case ON controls_opencount;
DROP POLICY styr_definer ON controls_opencount;
"""


class Migration(migrations.Migration):
    dependencies = [("controls", "0008_quick_lists")]
    operations = [
        EnableTenantPolicy("opencount", unit="unit_id", nullable_unit=True),
        migrations.RunSQL(SQL, UNDO),
    ]
