"""Which invoices ask for the sum of a settlement: empty here, and filled by whichever domain has settlements."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_settled_invoice WITH (security_invoker = true) AS
SELECT NULL::uuid AS invoice_id, NULL::uuid AS settlement_id, NULL::text AS number, NULL::bigint AS trips,
       NULL::bigint AS settled_ore, NULL::bigint AS invoiced_ore, NULL::boolean AS asked
WHERE false;
GRANT SELECT ON rel_settled_invoice TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0009_counted_follow_ups")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_settled_invoice")]
