"""Let an import that is taken back take along who looked at its invoices; their change history keeps it. People may not."""

from django.db import migrations

BY_JOBS = """
GRANT DELETE ON invoices_invoicelook TO styr_app;
DROP POLICY styr_remove ON invoices_invoicelook;
CREATE POLICY styr_remove ON invoices_invoicelook FOR DELETE USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL);
"""
BY_NOBODY = "REVOKE DELETE ON invoices_invoicelook FROM styr_app"


class Migration(migrations.Migration):
    dependencies = [("invoices", "0007_manual_match")]
    operations = [migrations.RunSQL(BY_JOBS, BY_NOBODY)]
