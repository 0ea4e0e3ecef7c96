"""A closed account is opened without its roles: see 0019_opened_without_roles.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = "DROP TRIGGER styr_opened_without_roles ON access_user; DROP FUNCTION styr_opened_without_roles();"


class Migration(migrations.Migration):
    dependencies = [("access", "0018_two_for_a_role")]
    operations = [migrations.RunSQL(SQL, UNDO)]
