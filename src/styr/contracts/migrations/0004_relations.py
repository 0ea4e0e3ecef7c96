"""The relations that other domains read; see core/relations.py."""

from django.db import migrations

from styr.kernel.calendar import STANDARD_CALENDAR

VIEWS = f"""
CREATE VIEW key_standard_calendar WITH (security_invoker = true) AS
SELECT coalesce((SELECT id FROM contracts_openingcalendar WHERE code = 'standard' LIMIT 1),
                '{STANDARD_CALENDAR}'::uuid) AS calendar_id;

CREATE VIEW rel_contract WITH (security_invoker = true) AS
SELECT id AS contract_id, number::text AS number, kind::text AS kind, supplier_id, provider_unit_id, citizen_id, unit_id,
       section::text AS section, starts, ends, notice_days, status::text AS status, signed_on, absence_free_days,
       absence_billable, coalesce(calendar_id, (SELECT calendar_id FROM key_standard_calendar)) AS calendar_id
FROM contracts_contract;

CREATE VIEW rel_contract_line WITH (security_invoker = true) AS
SELECT id AS contract_line_id, contract_id, line_no, kind::text AS kind, service::text AS service,
       measure::text AS unit, nullif(purpose, '')::text AS purpose, hours, hourly_rate, evaluation_on
FROM contracts_contractline;

CREATE VIEW rel_contract_rate WITH (security_invoker = true) AS
SELECT contract_line_id, valid_from, valid_to, amount FROM contracts_contractrate;

CREATE VIEW rel_calendar WITH (security_invoker = true) AS
SELECT '{STANDARD_CALENDAR}'::uuid AS calendar_id, day, open_before::bigint AS open_before FROM contracts_standardday
UNION ALL
SELECT calendar_id, day, open_before::bigint FROM contracts_calendarday;

CREATE VIEW rel_milestone WITH (security_invoker = true) AS
SELECT id AS contract_id, NULL::uuid AS contract_line_id, unit_id, 'notice'::text AS kind,
       ends - 1 - notice_days AS due_on
FROM contracts_contract WHERE ends IS NOT NULL AND notice_days IS NOT NULL AND status IN ('sent', 'signed')
UNION ALL
SELECT id, NULL::uuid, unit_id, 'expiry', ends - 1
FROM contracts_contract WHERE ends IS NOT NULL AND status IN ('sent', 'signed')
UNION ALL
SELECT c.id, l.id, c.unit_id, 'evaluation', l.evaluation_on
FROM contracts_contractline l JOIN contracts_contract c ON c.id = l.contract_id
WHERE l.evaluation_on IS NOT NULL AND c.status IN ('sent', 'signed');

CREATE VIEW key_contract WITH (security_invoker = true) AS
SELECT number::text AS number, id AS contract_id, supplier_id, provider_unit_id FROM contracts_contract;

CREATE VIEW key_contract_line WITH (security_invoker = true) AS
SELECT contract_id, line_no, id AS contract_line_id FROM contracts_contractline;

GRANT SELECT ON key_standard_calendar, rel_contract, rel_contract_line, rel_contract_rate, rel_calendar, rel_milestone,
    key_contract, key_contract_line TO styr_app;
"""
UNDO = """
DROP VIEW key_contract_line, key_contract, rel_milestone, rel_calendar, rel_contract_rate, rel_contract_line,
    rel_contract, key_standard_calendar
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0003_reference")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
