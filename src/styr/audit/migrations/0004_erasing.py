"""Let history go with an erased citizen, and tell of the holes: see 0004_erasing.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
_BEFORE = Path(__file__).with_name("0003_closed.sql").read_text(encoding="utf-8")
_FUNCTIONS = _BEFORE[_BEFORE.index("-- How far a log's") : _BEFORE.index("REVOKE EXECUTE ON FUNCTION audit_fix")]
UNDO = (
    """
DO $$ DECLARE t regclass; BEGIN
    FOR t IN SELECT polrelid::regclass FROM pg_policy WHERE polname = 'styr_erase' LOOP
        EXECUTE format('DROP POLICY styr_erase ON %s', t);
    END LOOP;
END $$;
DROP FUNCTION audit_let_events_be_erased();
"""
    + _FUNCTIONS.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_policies"), ("audit", "0003_closed")]
    operations = [
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("certificate", models.UUIDField(verbose_name="sletning")),
                ("rows_left", models.BigIntegerField(verbose_name="rækker tilbage")),
                ("digest_left", models.CharField(max_length=64, verbose_name="de tilbageværende rækkers hash")),
                ("made_at", models.DateTimeField(verbose_name="slettet")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.municipality"
                    ),
                ),
                (
                    "seal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gaps",
                        to="audit.seal",
                        verbose_name="plombe",
                    ),
                ),
            ],
            options={"verbose_name": "hul efter sletning", "verbose_name_plural": "huller efter sletning"},
        ),
        migrations.RunSQL(SQL, UNDO),
    ]
