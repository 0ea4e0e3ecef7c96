"""Let the contract's terms of death, moving, notice and vacancy say which days of a grant are paid."""

from django.db import migrations

# `rel_stop`: the first day that is no longer paid, by what the contract says of it. Where the contract says nothing of
# death or moving nothing is paid after the last day here, but the grant goes on until somebody stops it: `agreed` is
# false, and what it is expected to cost stands.
VIEWS = """
CREATE VIEW rel_stop WITH (security_invoker = true) AS
SELECT g.id AS grant_id, 'death'::text AS reason, p.died_on + 1 + coalesce(t.days_after_death, 0) AS unpaid_from,
       t.days_after_death IS NOT NULL AS agreed
FROM people_citizen p
JOIN grants_grant g ON g.citizen_id = p.id
LEFT JOIN contracts_agreedterms t ON t.contract_id = g.contract_id AND t.valid_from <= p.died_on
    AND (t.valid_to IS NULL OR t.valid_to > p.died_on)
WHERE p.died_on IS NOT NULL
UNION ALL
SELECT g.id, 'move', p.moved_out + coalesce(t.days_after_move, 0), t.days_after_move IS NOT NULL
FROM people_citizen p
JOIN grants_grant g ON g.citizen_id = p.id
LEFT JOIN contracts_agreedterms t ON t.contract_id = g.contract_id AND t.valid_from <= p.moved_out
    AND (t.valid_to IS NULL OR t.valid_to > p.moved_out)
WHERE p.moved_out IS NOT NULL
UNION ALL
SELECT g.id, 'notice', n.last_day + 1, true
FROM rel_notice n JOIN grants_grant g ON g.contract_id = n.contract_id;

CREATE VIEW rel_paid_days WITH (security_invoker = true) AS
SELECT g.id AS grant_id, g.starts, m.moved_in_on AS paid_from, m.vacancy_billable, s.unpaid_from
FROM (SELECT grant_id FROM rel_stop WHERE agreed
      UNION SELECT g.id FROM rel_move_in m JOIN grants_grant g ON g.contract_id = m.contract_id) found
JOIN grants_grant g ON g.id = found.grant_id
LEFT JOIN (SELECT grant_id, min(unpaid_from) AS unpaid_from FROM rel_stop WHERE agreed GROUP BY grant_id) s
    ON s.grant_id = g.id
LEFT JOIN rel_move_in m ON m.contract_id = g.contract_id;

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
WHERE d.paid_from > d.starts AND least(d.paid_from, d.unpaid_from) > d.starts;

-- What the municipality has entered for its forecasts is what prices may rise by.
CREATE VIEW rel_price_index WITH (security_invoker = true) AS SELECT year, percent FROM budgets_indexrate;

GRANT SELECT ON rel_stop, rel_paid_days, rel_price_index TO styr_app;
"""
UNDO = """
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
  AND greatest(a.starts, a.away_since + c.absence_free_days) < coalesce(a.ends, 'infinity');
DROP VIEW rel_price_index, rel_paid_days, rel_stop
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0010_account_rules"), ("contracts", "0009_terms_that_compute"), ("budgets", "0003_relations")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
