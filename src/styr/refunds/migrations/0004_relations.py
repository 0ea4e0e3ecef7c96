"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_refund_limit WITH (security_invoker = true) AS
WITH known AS (
    SELECT scheme, year, step, over_ore, percent FROM refunds_limit
    UNION ALL
    SELECT d.scheme, d.year, d.step, d.over_ore, d.percent FROM refunds_defaultlimit d
    WHERE NOT EXISTS (SELECT FROM refunds_limit own WHERE own.scheme = d.scheme AND own.year = d.year)
)
SELECT scheme::text AS scheme, year, step, over_ore,
       percent - coalesce(lag(percent) OVER (PARTITION BY scheme, year ORDER BY step), 0) AS added
FROM known;

CREATE VIEW rel_refund_treatment WITH (security_invoker = true) AS
SELECT prefix::text AS prefix, law::text AS law, treatment::text AS treatment, valid_from, valid_to
FROM refunds_defaulttreatment;

CREATE VIEW rel_household WITH (security_invoker = true) AS
SELECT household_id, citizen_id, valid_from, valid_to FROM refunds_householdmember;

CREATE VIEW rel_covered_before_age WITH (security_invoker = true) AS
SELECT citizen_id, covered FROM refunds_coveredbeforeage;

CREATE VIEW rel_user_payment WITH (security_invoker = true) AS
SELECT id AS user_payment_id, citizen_id, grant_id, unit_id, starts, ends, month_ore FROM refunds_userpayment;

CREATE VIEW rel_refund_month WITH (security_invoker = true) AS
SELECT m.scheme::text AS scheme, r.year, m.case_id, m.unit_id, m.month, m.refund_ore, m.step, m.booked
FROM refunds_refundmonth m JOIN refunds_refundrun r ON r.id = m.run_id;

CREATE VIEW rel_intermunicipal_deadline WITH (security_invoker = true) AS
SELECT c.citizen_id, c.unit_id, c.payer::text AS payer, min(c.due_on) AS due_on,
       sum(c.cost_ore - coalesce(k.claimed, 0))::bigint AS open_ore
FROM refunds_municipalcost c
LEFT JOIN (
    SELECT m.citizen_id, m.month, sum(m.amount_ore)::bigint AS claimed
    FROM refunds_municipalclaimmonth m GROUP BY m.citizen_id, m.month
) k ON k.citizen_id = c.citizen_id AND k.month = c.month
WHERE c.cost_ore > coalesce(k.claimed, 0)
GROUP BY c.citizen_id, c.unit_id, c.payer;

GRANT SELECT ON rel_refund_limit, rel_refund_treatment, rel_household, rel_covered_before_age, rel_user_payment,
    rel_refund_month, rel_intermunicipal_deadline TO styr_app;
"""
UNDO = """
DROP VIEW rel_intermunicipal_deadline, rel_refund_month, rel_user_payment, rel_covered_before_age, rel_household,
    rel_refund_treatment, rel_refund_limit
"""


class Migration(migrations.Migration):
    dependencies = [("refunds", "0003_reference")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
