"""Close the tables, keep decisions for ever, and let other domains read findings as a relation."""

from django.db import migrations

from styr.access.rls import EnableTenantPolicy, TieToParent

VIEW = """
CREATE VIEW rel_finding WITH (security_invoker = true) AS
SELECT id AS finding_id, control_code::text, subject_kind::text, subject_id, unit_id, citizen_id, supplier_id, grant_id,
    contract_id, invoice_id, severity::text, hard_stop, nullif(exception_code, '')::text AS exception_code,
    owner_role::text, amount_ore, status::text
FROM controls_finding;
GRANT SELECT ON rel_finding TO styr_app;
"""
# A decision is a person's word: it is added, and never changed or removed (a unit that moves takes it along by the tie).
KEEP_DECISIONS = "REVOKE UPDATE, DELETE ON controls_findingdecision FROM styr_app"
LET_GO = "GRANT UPDATE, DELETE ON controls_findingdecision TO styr_app"


class Migration(migrations.Migration):
    dependencies = [("controls", "0001_findings")]
    operations = [
        EnableTenantPolicy("finding", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("findingdecision", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("controlrun"),
        TieToParent("findingdecision", "finding", "finding_id"),
        migrations.RunSQL(KEEP_DECISIONS, LET_GO),
        migrations.RunSQL(VIEW, "DROP VIEW rel_finding"),
    ]
