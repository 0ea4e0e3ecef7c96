"""How long others may wait with a bill for their offers: nobody's own here, filled by the domain with the rules."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_bill_deadline WITH (security_invoker = true) AS
SELECT NULL::integer AS months, NULL::date AS valid_from, NULL::date AS valid_to
WHERE false;
GRANT SELECT ON rel_bill_deadline TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0010_settled_invoice")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_bill_deadline")]
