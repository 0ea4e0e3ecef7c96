"""Which grants are used on certain weekdays alone: empty here, and filled by whichever domain knows their days."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_standing_days WITH (security_invoker = true) AS
SELECT NULL::uuid AS grant_id, NULL::uuid AS calendar_id, NULL::int AS weekdays, NULL::date AS told_to
WHERE false;
GRANT SELECT ON rel_standing_days TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0009_replayed_and_carried")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_standing_days")]
