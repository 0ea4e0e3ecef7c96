"""Close the table of corrections, and let supplements change notice, absence and vacancy from their day on."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

NO_UNIT = "00000000-0000-0000-0000-000000000000"
SAME_UNIT = f"""
ALTER TABLE contracts_correction ADD COLUMN unit_key uuid
    GENERATED ALWAYS AS (coalesce(unit_id, '{NO_UNIT}')) STORED NOT NULL;
ALTER TABLE contracts_correction ADD CONSTRAINT contracts_correction_same_unit FOREIGN KEY (contract_id, unit_key)
    REFERENCES contracts_contract (id, unit_key) DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_SAME_UNIT = "ALTER TABLE contracts_correction DROP COLUMN unit_key CASCADE"

# `rel_absence_terms`: what holds of absence by period: the contract's own before the first agreed terms, then theirs.
# `rel_vacancy`: the days before somebody in fact moved in, with the share that is paid of them; `rel_move_in` as before,
# where any of those days is paid with less than the whole.
VIEWS = """
CREATE OR REPLACE VIEW rel_contract_terms WITH (security_invoker = true) AS
SELECT contract_id, valid_from, valid_to, days_after_death, days_after_move, vacancy_billable,
       notice_from::text AS notice_from, nullif(index_kind, '')::text AS index_kind, index_percent, invoice_days,
       notice_days, absence_free_days, absence_billable
FROM contracts_agreedterms;

CREATE OR REPLACE VIEW rel_notice WITH (security_invoker = true) AS
SELECT c.id AS contract_id, c.notice_given_on AS given_on,
       (CASE WHEN t.notice_from = 'month_end'
             THEN (date_trunc('month', c.notice_given_on) + interval '1 month')::date - 1
             ELSE c.notice_given_on END + coalesce(t.notice_days, c.notice_days)) AS last_day
FROM contracts_contract c
LEFT JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from <= c.notice_given_on
    AND (t.valid_to IS NULL OR t.valid_to > c.notice_given_on)
WHERE c.notice_given_on IS NOT NULL AND coalesce(t.notice_days, c.notice_days) IS NOT NULL;

CREATE VIEW rel_absence_terms WITH (security_invoker = true) AS
SELECT c.id AS contract_id, NULL::date AS valid_from,
       (SELECT min(t.valid_from) FROM contracts_agreedterms t WHERE t.contract_id = c.id) AS valid_to,
       c.absence_free_days AS free_days, c.absence_billable AS billable
FROM contracts_contract c
UNION ALL
SELECT c.id, t.valid_from, t.valid_to, coalesce(t.absence_free_days, c.absence_free_days),
       coalesce(t.absence_billable, c.absence_billable)
FROM contracts_agreedterms t JOIN contracts_contract c ON c.id = t.contract_id;

CREATE VIEW rel_vacancy WITH (security_invoker = true) AS
SELECT c.id AS contract_id, greatest(c.starts, t.valid_from) AS starts, least(c.moved_in_on, t.valid_to) AS ends,
       t.vacancy_billable
FROM contracts_contract c
JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from < c.moved_in_on
    AND (t.valid_to IS NULL OR t.valid_to > c.starts)
WHERE c.moved_in_on > c.starts AND t.vacancy_billable < 1;

CREATE OR REPLACE VIEW rel_move_in WITH (security_invoker = true) AS
SELECT contract_id, max(ends) AS moved_in_on, min(vacancy_billable)::numeric(9, 4) AS vacancy_billable
FROM rel_vacancy
GROUP BY contract_id;

CREATE OR REPLACE VIEW rel_milestone WITH (security_invoker = true) AS
SELECT c.id AS contract_id, NULL::uuid AS contract_line_id, c.unit_id, 'notice'::text AS kind,
       CASE WHEN t.notice_from = 'month_end'
            THEN date_trunc('month', c.ends - coalesce(t.notice_days, c.notice_days))::date - 1
            ELSE c.ends - 1 - coalesce(t.notice_days, c.notice_days) END AS due_on
FROM contracts_contract c
LEFT JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from < c.ends
    AND (t.valid_to IS NULL OR t.valid_to >= c.ends)
WHERE c.ends IS NOT NULL AND coalesce(t.notice_days, c.notice_days) IS NOT NULL AND c.status IN ('sent', 'signed')
{others}
GRANT SELECT ON rel_absence_terms, rel_vacancy TO styr_app;
"""
OTHERS = """UNION ALL
SELECT id, NULL::uuid, unit_id, 'expiry', ends - 1
FROM contracts_contract WHERE ends IS NOT NULL AND status IN ('sent', 'signed')
UNION ALL
SELECT c.id, l.id, c.unit_id, 'evaluation', l.evaluation_on
FROM contracts_contractline l JOIN contracts_contract c ON c.id = l.contract_id
WHERE l.evaluation_on IS NOT NULL AND c.status IN ('sent', 'signed')
UNION ALL
SELECT c.id, NULL::uuid, c.unit_id, d.kind::text, d.due_on
FROM contracts_duty d JOIN contracts_contract c ON c.id = d.contract_id
WHERE d.done_on IS NULL AND c.status IN ('sent', 'signed') AND (c.ends IS NULL OR d.due_on < c.ends)
UNION ALL
SELECT c.id, NULL::uuid, c.unit_id, 'approval', p.approved_to - 1
FROM rel_provider_unit p JOIN contracts_contract c ON c.provider_unit_id = p.provider_unit_id
WHERE p.approved_to IS NOT NULL AND c.status IN ('sent', 'signed') AND c.starts < p.approved_to
    AND (c.ends IS NULL OR c.ends > p.approved_to);
"""
UNDO = """
CREATE OR REPLACE VIEW rel_milestone WITH (security_invoker = true) AS
SELECT c.id AS contract_id, NULL::uuid AS contract_line_id, c.unit_id, 'notice'::text AS kind,
       CASE WHEN t.notice_from = 'month_end'
            THEN date_trunc('month', c.ends - c.notice_days)::date - 1
            ELSE c.ends - 1 - c.notice_days END AS due_on
FROM contracts_contract c
LEFT JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from < c.ends
    AND (t.valid_to IS NULL OR t.valid_to >= c.ends)
WHERE c.ends IS NOT NULL AND c.notice_days IS NOT NULL AND c.status IN ('sent', 'signed')
{others}
CREATE OR REPLACE VIEW rel_move_in WITH (security_invoker = true) AS
SELECT c.id AS contract_id, c.moved_in_on, t.vacancy_billable
FROM contracts_contract c
JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from <= c.starts
    AND (t.valid_to IS NULL OR t.valid_to > c.starts)
WHERE c.moved_in_on > c.starts AND t.vacancy_billable < 1;
DROP VIEW rel_vacancy, rel_absence_terms;
CREATE OR REPLACE VIEW rel_notice WITH (security_invoker = true) AS
SELECT c.id AS contract_id, c.notice_given_on AS given_on,
       (CASE WHEN t.notice_from = 'month_end'
             THEN (date_trunc('month', c.notice_given_on) + interval '1 month')::date - 1
             ELSE c.notice_given_on END + c.notice_days) AS last_day
FROM contracts_contract c
LEFT JOIN contracts_agreedterms t ON t.contract_id = c.id AND t.valid_from <= c.notice_given_on
    AND (t.valid_to IS NULL OR t.valid_to > c.notice_given_on)
WHERE c.notice_given_on IS NOT NULL AND c.notice_days IS NOT NULL;
DROP VIEW rel_contract_terms;
CREATE VIEW rel_contract_terms WITH (security_invoker = true) AS
SELECT contract_id, valid_from, valid_to, days_after_death, days_after_move, vacancy_billable,
       notice_from::text AS notice_from, nullif(index_kind, '')::text AS index_kind, index_percent, invoice_days
FROM contracts_agreedterms;
GRANT SELECT ON rel_contract_terms TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("contracts", "0012_what_supplements_change")]
    operations = [
        EnableTenantPolicy("correction", unit="unit_id", nullable_unit=True),
        TieToParent("correction", "contract", "contract_id"),
        HideCases("correction", {"contract_id": "contract"}),
        migrations.RunSQL(SAME_UNIT, UNDO_SAME_UNIT),
        migrations.RunSQL(VIEWS.replace("{others}", OTHERS), UNDO.replace("{others}", OTHERS)),
    ]
