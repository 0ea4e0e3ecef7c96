"""The guard that keeps events from being written by anything but the triggers, and what exclusion constraints need."""

from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

GUARD = """
CREATE FUNCTION styr_refuse_direct_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = format('styr: %s is written by its triggers only', TG_TABLE_NAME);
END
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("pghistory", "0007_auto_20250421_0444")]
    operations = [BtreeGistExtension(), migrations.RunSQL(GUARD, "DROP FUNCTION styr_refuse_direct_event()")]
