"""What a person has told about a line, as the waterfall reads it: at most one row a line, and none when withdrawn."""

from django.db import migrations

VIEW = """
CREATE VIEW rel_manual_match WITH (security_invoker = true) AS
SELECT line_id AS invoice_line_id, grant_id, service_id FROM invoices_manualmatch WHERE withdrawn_at IS NULL;
GRANT SELECT ON rel_manual_match TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0006_casework_policies")]
    operations = [migrations.RunSQL(VIEW, "DROP VIEW rel_manual_match")]
