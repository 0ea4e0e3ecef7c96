"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_grant WITH (security_invoker = true) AS
SELECT id AS grant_id, number::text AS number, citizen_id, unit_id, section::text AS section, status::text AS status,
       starts, ends, contract_id, provider_unit_id, supplier_id, nullif(caseworker, '')::text AS caseworker,
       nullif(account_string, '')::text AS account_string, follow_up_on
FROM grants_grant;

CREATE VIEW rel_service WITH (security_invoker = true) AS
SELECT l.id AS service_id, l.grant_id, l.unit_id, l.line_no, l.service::text AS service, l.measure::text AS unit,
       l.per::text AS per, l.quantity, l.factor, greatest(l.starts, g.starts) AS starts, least(l.ends, g.ends) AS ends,
       l.contract_line_id, coalesce(c.calendar_id, (SELECT calendar_id FROM key_standard_calendar)) AS calendar_id
FROM grants_serviceline l
JOIN grants_grant g ON g.id = l.grant_id
LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
WHERE greatest(l.starts, g.starts) < coalesce(least(l.ends, g.ends), 'infinity');

CREATE VIEW rel_rate WITH (security_invoker = true) AS
SELECT l.id AS service_id, r.valid_from, r.valid_to, r.amount
FROM grants_serviceline l
JOIN rel_contract_rate r ON r.contract_line_id = l.contract_line_id
UNION ALL
SELECT o.service_line_id, o.valid_from, o.valid_to, o.amount
FROM grants_ownrate o
JOIN grants_serviceline l ON l.id = o.service_line_id
WHERE NOT EXISTS (SELECT FROM rel_contract_rate r WHERE r.contract_line_id = l.contract_line_id);

CREATE VIEW rel_absence WITH (security_invoker = true) AS
SELECT id AS absence_id, grant_id, starts, ends, nullif(reason, '')::text AS reason FROM grants_absence;

CREATE VIEW rel_service_absence WITH (security_invoker = true) AS
SELECT l.id AS service_id, a.starts + c.absence_free_days AS starts, a.ends, c.absence_billable AS billable
FROM grants_absence a
JOIN grants_grant g ON g.id = a.grant_id
JOIN rel_contract c ON c.contract_id = g.contract_id
JOIN grants_serviceline l ON l.grant_id = g.id
WHERE c.absence_billable < 1 AND a.starts + c.absence_free_days < coalesce(a.ends, 'infinity');

CREATE VIEW rel_duplicate_rule WITH (security_invoker = true) AS
SELECT section_a::text AS section_a, section_b::text AS section_b, verdict::text AS verdict, valid_from, valid_to
FROM grants_duplicaterule
UNION ALL
SELECT d.section_a::text, d.section_b::text, d.verdict::text, d.valid_from, d.valid_to
FROM grants_defaultduplicaterule d
WHERE NOT EXISTS (SELECT FROM grants_duplicaterule own
                  WHERE own.section_a = d.section_a AND own.section_b = d.section_b);

CREATE VIEW key_grant WITH (security_invoker = true) AS
SELECT source_id::text AS source_id, id AS grant_id FROM grants_grant;

GRANT SELECT ON rel_grant, rel_service, rel_rate, rel_absence, rel_service_absence, rel_duplicate_rule, key_grant
    TO styr_app;
"""
UNDO = """
DROP VIEW key_grant, rel_duplicate_rule, rel_service_absence, rel_absence, rel_rate, rel_service, rel_grant
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0003_reference"), ("contracts", "0004_relations")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
