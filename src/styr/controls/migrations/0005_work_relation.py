"""What is to be done about findings, as the start page counts it: with whom each lies, and which decisions lapsed."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_finding_work WITH (security_invoker = true) AS
SELECT f.id AS finding_id, f.control_code::text AS control_code, f.owner_role::text AS owner_role, f.status::text AS status,
    f.hard_stop, f.amount_ore, a.assignee_id,
    f.status = 'open' AND f.decided_fingerprint <> '' AS lapsed
FROM controls_finding f LEFT JOIN controls_findingassignment a ON a.finding_id = f.id;
GRANT SELECT ON rel_finding_work TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("controls", "0004_casework_policies")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_finding_work")]
