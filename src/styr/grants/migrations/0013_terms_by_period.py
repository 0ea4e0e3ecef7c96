"""Let absence and vacancy be paid by the terms of their own days: a supplement never rewrites what was before it."""

from django.db import migrations

# Free days are counted from the first day away, whichever terms held then; each period of terms has its own days.
VIEWS = """
CREATE OR REPLACE VIEW rel_service_absence WITH (security_invoker = true) AS
SELECT l.id AS service_id, greatest(a.starts, a.away_since + p.free_days, d.paid_from, p.valid_from) AS starts,
       least(a.ends, d.unpaid_from, p.valid_to) AS ends, p.billable
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
JOIN rel_absence_terms p ON p.contract_id = g.contract_id
JOIN grants_serviceline l ON l.grant_id = g.id
LEFT JOIN rel_paid_days d ON d.grant_id = a.grant_id
WHERE p.billable < 1
  AND greatest(a.starts, a.away_since + p.free_days, d.paid_from, p.valid_from)
      < coalesce(least(a.ends, d.unpaid_from, p.valid_to), 'infinity')
UNION ALL
SELECT l.id, d.unpaid_from, NULL::date, 0::numeric(9, 4)
FROM rel_paid_days d JOIN grants_serviceline l ON l.grant_id = d.grant_id
WHERE d.unpaid_from IS NOT NULL
UNION ALL
SELECT l.id, greatest(d.starts, v.starts), least(v.ends, d.unpaid_from), v.vacancy_billable
FROM rel_vacancy v
JOIN grants_grant g ON g.contract_id = v.contract_id
JOIN rel_paid_days d ON d.grant_id = g.id
JOIN grants_serviceline l ON l.grant_id = g.id
WHERE greatest(d.starts, v.starts) < least(v.ends, d.unpaid_from);
"""
UNDO = """
CREATE OR REPLACE VIEW rel_service_absence WITH (security_invoker = true) AS
SELECT l.id AS service_id, greatest(a.starts, a.away_since + c.absence_free_days, d.paid_from) AS starts,
       least(a.ends, d.unpaid_from) AS ends, c.absence_billable AS billable
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
LEFT JOIN rel_paid_days d ON d.grant_id = a.grant_id
WHERE c.absence_billable < 1
  AND greatest(a.starts, a.away_since + c.absence_free_days, d.paid_from)
      < coalesce(least(a.ends, d.unpaid_from), 'infinity')
UNION ALL
SELECT l.id, d.unpaid_from, NULL::date, 0::numeric(9, 4)
FROM rel_paid_days d JOIN grants_serviceline l ON l.grant_id = d.grant_id
WHERE d.unpaid_from IS NOT NULL
UNION ALL
SELECT l.id, d.starts, least(d.paid_from, d.unpaid_from), d.vacancy_billable
FROM rel_paid_days d JOIN grants_serviceline l ON l.grant_id = d.grant_id
WHERE d.paid_from > d.starts AND least(d.paid_from, d.unpaid_from) > d.starts
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0012_price_requests"), ("contracts", "0013_dated_notice_and_absence")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
