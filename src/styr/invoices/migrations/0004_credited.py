"""A credit note takes back the invoice that was issued nearest before it, and never one that was rejected."""

from django.db import migrations

VIEW = """
CREATE OR REPLACE VIEW rel_invoice WITH (security_invoker = true) AS
SELECT i.id AS invoice_id, i.document_id, i.unit_id, s.supplier_id, i.supplier_cvr::text AS supplier_cvr,
       i.kind::text AS kind, i.number::text AS number, i.issue_date, i.due_date, i.currency::text AS currency, i.net_ore,
       i.tax_ore, i.payable_ore, i.buyer_ean::text AS buyer_ean, i.payee_account::text AS payee_account,
       credited.id AS credits_invoice_id, i.status::text AS status, i.received_at
FROM invoices_invoice i
LEFT JOIN (SELECT cvr, min(supplier_id::text)::uuid AS supplier_id FROM rel_supplier WHERE cvr <> '' GROUP BY cvr) s
       ON s.cvr = i.supplier_cvr
LEFT JOIN (SELECT DISTINCT ON (note.id) note.id AS note_id, c.id
           FROM invoices_invoice note
           JOIN invoices_invoice c
             ON c.municipality_id = note.municipality_id AND c.supplier_cvr = note.supplier_cvr
            AND c.number = note.credits_number
           WHERE note.kind = 'credit_note' AND c.kind = 'invoice' AND c.number <> '' AND c.status <> 'rejected'
           ORDER BY note.id, (c.issue_date <= note.issue_date) DESC NULLS LAST, c.issue_date DESC NULLS LAST,
                    c.received_at, c.id) credited
       ON credited.note_id = i.id;
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0003_relations")]
    operations = [migrations.RunSQL(VIEW, migrations.RunSQL.noop)]
