"""Search: the indexes, and the function that gives ids; see 0003_search.sql."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
UNDO = """
DROP FUNCTION styr_find(tsquery, text, text, text, text, text, text, int);
DROP POLICY styr_definer ON invoices_invoice; DROP POLICY styr_definer ON grants_grant;
DROP POLICY styr_definer ON contracts_contract; DROP POLICY styr_definer ON people_citizen;
DROP INDEX invoice_number_start, grant_number_start, contract_number_start, citizen_words;
DROP FUNCTION styr_name_words(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workspace", "0002_policies"),
        ("people", "0004_statistics"),
        ("suppliers", "0004_statistics"),
        ("contracts", "0005_statistics"),
        ("grants", "0006_adjoining_absence"),
        ("invoices", "0004_credited"),
    ]
    operations = [migrations.RunSQL(SQL, UNDO)]
