"""Close the tables of what people do about invoices; who looked is added by whoever looks, and never changed."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

_OF_INVOICE = ("question", "followup", "manualmatch", "invoicelook")
# Also an auditor, who writes nothing else, leaves a trace of having looked; nobody leaves one in another's name.
OWN_LOOKS = """
DROP POLICY styr_add ON invoices_invoicelook;
CREATE POLICY styr_add ON invoices_invoicelook FOR INSERT WITH CHECK (
    municipality_id = (SELECT styr_municipality()) AND looked_by_id = (SELECT styr_user())
    AND EXISTS (SELECT FROM invoices_invoice i WHERE i.id = invoice_id));
REVOKE UPDATE, DELETE ON invoices_invoicelook FROM styr_app;
"""
LET_GO = "GRANT UPDATE, DELETE ON invoices_invoicelook TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0005_casework")]
    operations = [
        *(EnableTenantPolicy(model, unit="unit_id", nullable_unit=True) for model in _OF_INVOICE),
        *(TieToParent(model, "invoice", "invoice_id") for model in _OF_INVOICE),
        migrations.RunSQL(OWN_LOOKS, LET_GO),
    ]
