"""Let other domains read how a finding was decided: a disputed one is decided, but not settled."""

from django.db import migrations

READ = """
CREATE OR REPLACE VIEW rel_finding WITH (security_invoker = true) AS
SELECT id AS finding_id, control_code::text, subject_kind::text, subject_id, unit_id, citizen_id, supplier_id, grant_id,
    contract_id, invoice_id, severity::text, hard_stop, nullif(exception_code, '')::text AS exception_code,
    owner_role::text, amount_ore, status::text,
    CASE WHEN status = 'decided' THEN (
        SELECT decision.verdict::text FROM controls_findingdecision AS decision
        WHERE decision.finding_id = controls_finding.id ORDER BY decision.decided_at DESC, decision.id DESC LIMIT 1
    ) END AS verdict
FROM controls_finding;
"""
AS_BEFORE = """
DROP VIEW rel_finding;
CREATE VIEW rel_finding WITH (security_invoker = true) AS
SELECT id AS finding_id, control_code::text, subject_kind::text, subject_id, unit_id, citizen_id, supplier_id, grant_id,
    contract_id, invoice_id, severity::text, hard_stop, nullif(exception_code, '')::text AS exception_code,
    owner_role::text, amount_ore, status::text
FROM controls_finding;
GRANT SELECT ON rel_finding TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("controls", "0005_work_relation")]
    operations = [migrations.RunSQL(READ, AS_BEFORE)]
