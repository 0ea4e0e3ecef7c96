"""Close the tables; lines, keys, matches and claims follow their invoice's unit."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

_OF_INVOICE = ("invoiceline", "invoicekey", "documentfinding", "linematch", "claim", "decision", "supplierquery")
# What was decided is added, and never changed or removed.
KEEP_DECISIONS = "REVOKE UPDATE, DELETE ON invoices_decision FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON invoices_decision TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0001_invoices")]
    operations = [
        *(
            EnableTenantPolicy(model, unit="unit_id", nullable_unit=True)
            for model in ("document", "invoice", *_OF_INVOICE)
        ),
        TieToParent("invoice", "document", "document_id"),
        *(TieToParent(model, "invoice", "invoice_id") for model in _OF_INVOICE),
        migrations.RunSQL(KEEP_DECISIONS, LET_GO),
    ]
