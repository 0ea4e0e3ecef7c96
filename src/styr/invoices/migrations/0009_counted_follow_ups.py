"""Count a follow-up's version in the database, as a grant's: every way of writing it counts (docs/adr/0024)."""

from django.db import migrations

VERSION = """
CREATE FUNCTION invoices_count_version() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    NEW.version := OLD.version + 1;
    RETURN NEW;
END $$;
CREATE TRIGGER styr_version BEFORE UPDATE ON invoices_followup FOR EACH ROW EXECUTE FUNCTION invoices_count_version();
"""
UNDO = """
DROP TRIGGER styr_version ON invoices_followup;
DROP FUNCTION invoices_count_version();
"""


class Migration(migrations.Migration):
    dependencies = [("invoices", "0008_looks_go_with_invoice")]
    operations = [migrations.RunSQL(VERSION, UNDO)]
