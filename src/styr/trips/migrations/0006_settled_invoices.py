"""Tells the invoice control which invoices ask for the sum of a settlement of rides; see its relations."""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW rel_settled_invoice WITH (security_invoker = true) AS
SELECT i.id AS invoice_id, due.settlement_id, due.number, due.trips, due.settled_ore,
       (sum(i.net_ore) OVER (PARTITION BY due.supplier_id, due.invoice_number))::bigint AS invoiced_ore, due.asked
FROM (
    SELECT o.supplier_id, s.invoice_number, min(s.id::text)::uuid AS settlement_id,
           string_agg(s.number, ', ' ORDER BY s.number) AS number, sum(s.trips)::bigint AS trips,
           sum(s.cost_ore + s.fee_ore - s.user_payment_ore)::bigint AS settled_ore,
           bool_or(s.status = 'asked') AS asked
    FROM trips_settlement s JOIN transport_operator o ON o.id = s.operator_id
    WHERE s.invoice_number <> '' AND o.supplier_id IS NOT NULL
    GROUP BY o.supplier_id, s.invoice_number
) due
JOIN rel_supplier p ON p.supplier_id = due.supplier_id AND p.cvr <> ''
JOIN invoices_invoice i ON i.supplier_cvr = p.cvr AND i.number = due.invoice_number AND i.kind = 'invoice';
"""
EMPTY = """
CREATE OR REPLACE VIEW rel_settled_invoice WITH (security_invoker = true) AS
SELECT NULL::uuid AS invoice_id, NULL::uuid AS settlement_id, NULL::text AS number, NULL::bigint AS trips,
       NULL::bigint AS settled_ore, NULL::bigint AS invoiced_ore, NULL::boolean AS asked
WHERE false;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("trips", "0005_tolerances_and_sections"),
        ("invoices", "0010_settled_invoice"),
        ("suppliers", "0003_relations"),
    ]
    operations = [migrations.RunSQL(VIEW, EMPTY)]
