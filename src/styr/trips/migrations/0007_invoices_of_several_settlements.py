"""Several settlements on one invoice, credit notes, and settlements with findings that nobody has answered.

One row an invoice and settlement; what is invoiced and due is the sum over both, the same on each of an invoice's rows.
"""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW rel_settled_invoice WITH (security_invoker = true) AS
WITH named AS (
    SELECT p.cvr, s.invoice_number, s.id, s.number, s.trips, s.status,
           s.cost_ore + s.fee_ore - s.user_payment_ore AS settled_ore
    FROM trips_settlement s
    JOIN transport_operator o ON o.id = s.operator_id
    JOIN rel_supplier p ON p.supplier_id = o.supplier_id AND p.cvr <> ''
    WHERE s.invoice_number <> ''
), due AS (
    SELECT cvr, invoice_number, sum(settled_ore)::bigint AS due_ore, bool_or(status = 'asked') AS asked
    FROM named GROUP BY cvr, invoice_number
), bill AS (
    SELECT due.*, i.id AS invoice_id,
           (sum(i.net_ore) OVER (PARTITION BY due.cvr, due.invoice_number, i.status = 'rejected'))::bigint
               AS invoiced_ore
    FROM due
    JOIN invoices_invoice i ON i.supplier_cvr = due.cvr
     AND (i.number = due.invoice_number
          OR i.kind = 'credit_note' AND i.credits_number = due.invoice_number
             AND NOT EXISTS (SELECT FROM due own WHERE own.cvr = i.supplier_cvr AND own.invoice_number = i.number)
             AND EXISTS (SELECT FROM invoices_invoice c WHERE c.supplier_cvr = i.supplier_cvr AND c.kind = 'invoice'
                         AND c.number = i.credits_number AND c.status <> 'rejected'))
)
SELECT b.invoice_id, n.id AS settlement_id, n.number::text AS number, n.trips::bigint AS trips,
       n.settled_ore::bigint AS settled_ore, b.invoiced_ore, b.asked, b.due_ore,
       (b.cvr, b.invoice_number) IN (
           SELECT w.cvr, w.invoice_number
           FROM rel_finding f
           LEFT JOIN trips_trip t ON t.id = f.subject_id AND f.subject_kind = 'trip'
           JOIN named w ON w.id = CASE f.subject_kind WHEN 'trip' THEN t.settlement_id ELSE f.subject_id END
           WHERE f.subject_kind IN ('trip', 'settlement') AND w.status <> 'accepted'
             AND (f.status = 'open' OR f.status = 'decided' AND f.verdict IS DISTINCT FROM 'accept'
                  AND (f.hard_stop OR f.verdict IS DISTINCT FROM 'ignore'))
       ) AS doubted
FROM bill b JOIN named n ON n.cvr = b.cvr AND n.invoice_number = b.invoice_number;
"""
BEFORE = """
DROP VIEW rel_settled_invoice;
CREATE VIEW rel_settled_invoice WITH (security_invoker = true) AS
SELECT NULL::uuid AS invoice_id, NULL::uuid AS settlement_id, NULL::text AS number, NULL::bigint AS trips,
       NULL::bigint AS settled_ore, NULL::bigint AS invoiced_ore, NULL::boolean AS asked
WHERE false;
GRANT SELECT ON rel_settled_invoice TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("trips", "0006_settled_invoices"), ("controls", "0006_verdict_relation")]
    operations = [migrations.RunSQL(VIEW, BEFORE)]
