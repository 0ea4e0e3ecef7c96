"""Tells the forecast on which days citizens ride; see `rel_standing_days` of budgets."""

from django.db import migrations

from styr.kernel.calendar import STANDARD_CALENDAR

VIEW = f"""
CREATE OR REPLACE VIEW rel_standing_days WITH (security_invoker = true) AS
SELECT r.grant_id, coalesce(d.calendar_id, '{STANDARD_CALENDAR}'::uuid) AS calendar_id, r.weekdays::int AS weekdays
FROM transport_ridegrant r LEFT JOIN transport_place d ON d.id = r.destination_id
WHERE r.weekdays <> 0;
"""  # noqa: S608 - our own constant
EMPTY = """
CREATE OR REPLACE VIEW rel_standing_days WITH (security_invoker = true) AS
SELECT NULL::uuid AS grant_id, NULL::uuid AS calendar_id, NULL::int AS weekdays WHERE false;
"""


class Migration(migrations.Migration):
    dependencies = [("transport", "0005_once_a_day"), ("budgets", "0010_standing_days")]
    operations = [migrations.RunSQL(VIEW, EMPTY)]
