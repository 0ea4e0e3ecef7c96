"""Tells the forecast on which days citizens ride; see `rel_standing_days` of budgets.

Calendars are closed at weekends: rides on those days alone are counted by the days on which the grant runs.
"""

from django.db import migrations

from styr.kernel.calendar import STANDARD_CALENDAR

VIEW = f"""
CREATE OR REPLACE VIEW rel_standing_days WITH (security_invoker = true) AS
SELECT r.grant_id, coalesce(d.calendar_id, '{STANDARD_CALENDAR}'::uuid) AS calendar_id, r.weekdays::int AS weekdays,
       c.told_to
FROM transport_ridegrant r LEFT JOIN transport_place d ON d.id = r.destination_id
LEFT JOIN (SELECT calendar_id, max(day) AS told_to FROM contracts_closingday GROUP BY 1) c
    ON c.calendar_id = d.calendar_id
WHERE r.weekdays & 31 <> 0;
"""  # noqa: S608 - our own constant
EMPTY = """
CREATE OR REPLACE VIEW rel_standing_days WITH (security_invoker = true) AS
SELECT NULL::uuid AS grant_id, NULL::uuid AS calendar_id, NULL::int AS weekdays, NULL::date AS told_to
WHERE false;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("transport", "0005_once_a_day"),
        ("budgets", "0010_standing_days"),
        ("contracts", "0013_dated_notice_and_absence"),
    ]
    operations = [migrations.RunSQL(VIEW, EMPTY)]
