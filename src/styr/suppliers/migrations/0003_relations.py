"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_supplier WITH (security_invoker = true) AS
SELECT id AS supplier_id, cvr::text AS cvr, kind::text AS kind FROM suppliers_supplier;

CREATE VIEW rel_supplier_account WITH (security_invoker = true) AS
SELECT supplier_id, account::text AS account, valid_from FROM suppliers_supplieraccount;

CREATE VIEW rel_provider_unit WITH (security_invoker = true) AS
SELECT id AS provider_unit_id, supplier_id, nullif(p_number, '')::text AS p_number, section::text AS section,
       approved_from, approved_to
FROM suppliers_providerunit;

CREATE VIEW rel_portal_rate WITH (security_invoker = true) AS
SELECT provider_unit_id, service::text AS service, measure::text AS unit, valid_from, valid_to, amount
FROM suppliers_portalrate;

CREATE VIEW key_supplier WITH (security_invoker = true) AS
SELECT source_id::text AS source_id, id AS supplier_id FROM suppliers_supplier;

CREATE VIEW key_provider_unit WITH (security_invoker = true) AS
SELECT source_id::text AS source_id, id AS provider_unit_id, supplier_id FROM suppliers_providerunit;

GRANT SELECT ON rel_supplier, rel_supplier_account, rel_provider_unit, rel_portal_rate, key_supplier, key_provider_unit
    TO styr_app;
"""
UNDO = """
DROP VIEW rel_supplier, rel_supplier_account, rel_provider_unit, rel_portal_rate, key_supplier, key_provider_unit
"""


class Migration(migrations.Migration):
    dependencies = [("suppliers", "0002_policies")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
