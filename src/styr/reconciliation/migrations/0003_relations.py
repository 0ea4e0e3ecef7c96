"""The relations that the controls read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_case_grant WITH (security_invoker = true) AS
SELECT id AS case_grant_id, system::text AS system, source_id::text AS source_id, line_no, unit_id, citizen_id,
       section::text AS section, nullif(service, '')::text AS service, nullif(measure, '')::text AS unit,
       nullif(per, '')::text AS per, quantity, amount, starts, ends, nullif(cvr, '')::text AS cvr, supplier_id,
       nullif(account_string, '')::text AS account_string,
       (SELECT calendar_id FROM key_standard_calendar) AS calendar_id
FROM reconciliation_casegrant
WHERE gone_on IS NULL;

CREATE VIEW rel_case_extract WITH (security_invoker = true) AS
SELECT e.system::text AS system, c.section::text AS section, e.extracted_on
FROM (SELECT DISTINCT ON (system) system, extracted_on FROM reconciliation_caseextract
      ORDER BY system, extracted_on DESC, id DESC) e
JOIN (SELECT DISTINCT system, section FROM reconciliation_casegrant WHERE gone_on IS NULL) c USING (system);

CREATE VIEW rel_account_rule WITH (security_invoker = true) AS
SELECT section::text AS section, service::text AS service, supplier_kind::text AS supplier_kind,
       account_string::text AS account, valid_from, valid_to
FROM grants_accountrule;

CREATE VIEW rel_books WITH (security_invoker = true) AS
SELECT min(month) AS begins FROM ledger_posting;

GRANT SELECT ON rel_case_grant, rel_case_extract, rel_account_rule, rel_books TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reconciliation", "0002_policies"),
        ("contracts", "0004_relations"),
        ("grants", "0010_account_rules"),
        ("ledger", "0001_figures"),
        ("people", "0003_relations"),
        ("suppliers", "0003_relations"),
    ]
    operations = [migrations.RunSQL(VIEWS, "DROP VIEW rel_books, rel_account_rule, rel_case_extract, rel_case_grant")]
