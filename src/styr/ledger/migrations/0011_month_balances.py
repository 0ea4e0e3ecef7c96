"""What is still to be paid or got back for a paid month: its adjustments less what was paid or given back since."""

from django.db import migrations

# A part is later than its month when it was noted after the month was recorded as paid in full. Where days of a paid
# month were moved to another line of the grant, that line has adjustments and no record: its parts settle them too.
VIEW = """
CREATE VIEW rel_month_balance WITH (security_invoker = true) AS
WITH adjusted AS (
    SELECT service_line_id, month, sum(amount_ore)::bigint AS ore FROM grants_adjustment GROUP BY 1, 2
),
later AS (
    SELECT p.service_line_id, p.month, sum(p.amount_ore)::bigint AS ore, max(n.paid_on) AS paid_on
    FROM ledger_paidpart p JOIN ledger_invoicepayment n ON n.id = p.payment_id
    LEFT JOIN ledger_recordedmonth r ON r.service_line_id = p.service_line_id AND r.month = p.month
    LEFT JOIN adjusted a ON a.service_line_id = p.service_line_id AND a.month = p.month
    WHERE n.noted_at > r.noted_at OR (r.id IS NULL AND a.ore IS NOT NULL AND NOT EXISTS (
        SELECT FROM grants_paidperiod t WHERE t.service_line_id = p.service_line_id AND t.month = p.month))
    GROUP BY 1, 2
)
SELECT l.grant_id, l.unit_id, l.id AS service_id, month, coalesce(a.ore, 0) AS adjusted_ore,
       coalesce(w.ore, 0) AS later_ore, coalesce(a.ore, 0) - coalesce(w.ore, 0) AS open_ore, w.paid_on
FROM adjusted a FULL JOIN later w USING (service_line_id, month)
JOIN grants_serviceline l ON l.id = service_line_id;

GRANT SELECT ON rel_month_balance TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0010_layout_policies")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_month_balance")]
