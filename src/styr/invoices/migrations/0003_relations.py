"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_invoice WITH (security_invoker = true) AS
SELECT i.id AS invoice_id, i.document_id, i.unit_id, s.supplier_id, i.supplier_cvr::text AS supplier_cvr,
       i.kind::text AS kind, i.number::text AS number, i.issue_date, i.due_date, i.currency::text AS currency, i.net_ore,
       i.tax_ore, i.payable_ore, i.buyer_ean::text AS buyer_ean, i.payee_account::text AS payee_account,
       credited.id AS credits_invoice_id, i.status::text AS status, i.received_at
FROM invoices_invoice i
LEFT JOIN (SELECT cvr, min(supplier_id::text)::uuid AS supplier_id FROM rel_supplier WHERE cvr <> '' GROUP BY cvr) s
       ON s.cvr = i.supplier_cvr
LEFT JOIN (SELECT DISTINCT ON (municipality_id, supplier_cvr, number) municipality_id, supplier_cvr, number, id
           FROM invoices_invoice WHERE kind = 'invoice' AND number <> ''
           ORDER BY municipality_id, supplier_cvr, number, received_at, id) credited
       ON i.kind = 'credit_note' AND credited.municipality_id = i.municipality_id
      AND credited.supplier_cvr = i.supplier_cvr AND credited.number = i.credits_number;

CREATE VIEW rel_invoice_line WITH (security_invoker = true) AS
SELECT id AS invoice_line_id, invoice_id, line_no, quantity, nullif(measure, '')::text AS unit, unit_price, net_ore,
       period_start, period_end, other_start, other_end, nullif(service, '')::text AS service,
       nullif(service_other, '')::text AS service_other
FROM invoices_invoiceline;

CREATE VIEW rel_invoice_key WITH (security_invoker = true) AS
SELECT invoice_id, line_id AS invoice_line_id, kind::text AS kind, value::text AS value, place::text AS place
FROM invoices_invoicekey;

CREATE VIEW rel_document_finding WITH (security_invoker = true) AS
SELECT invoice_id, finding_no, code::text AS code, severity::text AS severity, message FROM invoices_documentfinding;

CREATE VIEW rel_payer WITH (security_invoker = true) AS
SELECT u.id AS unit_id, u.ean::text AS ean, m.code::text AS code, m.name::text AS name
FROM access_unit u JOIN access_municipality m ON m.id = u.municipality_id;

CREATE VIEW rel_line_match WITH (security_invoker = true) AS
SELECT line_id AS invoice_line_id, invoice_id, grant_id, service_id, contract_id, step::text AS step, candidates,
       contradicted, fit, doubtful
FROM invoices_linematch;

CREATE VIEW rel_claim WITH (security_invoker = true) AS
SELECT line_id AS claim_id, invoice_id, grant_id, service_id, period_start, period_end, lines, quantity, lowest_price,
       highest_price, claimed_ore, verdict::text AS verdict, expected_quantity, expected_ore, expected_price, absent_days,
       difference_ore, other_invoice_id, already_paid
FROM invoices_claim;

GRANT SELECT ON rel_invoice, rel_invoice_line, rel_invoice_key, rel_document_finding, rel_payer, rel_line_match, rel_claim
    TO styr_app;
"""
UNDO = """
DROP VIEW rel_claim, rel_line_match, rel_payer, rel_document_finding, rel_invoice_key, rel_invoice_line, rel_invoice
"""


class Migration(migrations.Migration):
    dependencies = [
        ("invoices", "0002_policies"),
        ("suppliers", "0003_relations"),
        ("grants", "0004_relations"),
        ("people", "0003_relations"),
    ]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
