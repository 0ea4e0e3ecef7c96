"""Close the logs: see 0003_closed.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP FUNCTION audit_log_read, audit_reads_of, audit_last_number, audit_fix_trigger_paths;
DROP POLICY styr_see ON audit_readlog; DROP POLICY styr_definer_add ON audit_readlog;
DROP POLICY styr_definer_see ON audit_readlog;
DROP POLICY styr_see ON audit_seal; DROP POLICY styr_add ON audit_seal; DROP POLICY styr_seal ON audit_sealmark;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_read_log_and_seals"), ("access", "0003_policies")]
    operations = [migrations.RunSQL(SQL, UNDO)]
