"""Count the free days of an absence once, also when it is registered in several pieces without a day between them."""

from django.db import migrations

# Absences of a grant never overlap, so one goes on from another exactly where the other ends.
VIEW = """
CREATE OR REPLACE VIEW rel_service_absence WITH (security_invoker = true) AS
SELECT l.id AS service_id, greatest(a.starts, a.away_since + c.absence_free_days) AS starts, a.ends,
       c.absence_billable AS billable
FROM (SELECT b.grant_id, b.starts, b.ends,
             CASE WHEN NOT EXISTS (SELECT FROM grants_absence p WHERE p.grant_id = b.grant_id AND p.ends = b.starts)
                  THEN b.starts
                  ELSE (SELECT max(f.starts) FROM grants_absence f
                        WHERE f.grant_id = b.grant_id AND f.starts < b.starts
                          AND NOT EXISTS (SELECT FROM grants_absence p
                                          WHERE p.grant_id = f.grant_id AND p.ends = f.starts))
             END AS away_since
      FROM grants_absence b) a
JOIN grants_grant g ON g.id = a.grant_id
JOIN rel_contract c ON c.contract_id = g.contract_id
JOIN grants_serviceline l ON l.grant_id = g.id
WHERE c.absence_billable < 1
  AND greatest(a.starts, a.away_since + c.absence_free_days) < coalesce(a.ends, 'infinity')
"""
UNDO = """
CREATE OR REPLACE VIEW rel_service_absence WITH (security_invoker = true) AS
SELECT l.id AS service_id, a.starts + c.absence_free_days AS starts, a.ends, c.absence_billable AS billable
FROM grants_absence a
JOIN grants_grant g ON g.id = a.grant_id
JOIN rel_contract c ON c.contract_id = g.contract_id
JOIN grants_serviceline l ON l.grant_id = g.id
WHERE c.absence_billable < 1 AND a.starts + c.absence_free_days < coalesce(a.ends, 'infinity')
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0005_statistics")]
    operations = [migrations.RunSQL(VIEW, UNDO)]
