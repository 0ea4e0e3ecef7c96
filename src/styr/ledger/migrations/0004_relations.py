"""The relations that other domains read (see core/relations.py), and statistics for the planner after a bulk write."""

from django.db import migrations

# A year's amount comes to its months as differences of rounded sums, half away from zero: they add up to it exactly.
VIEWS = """
CREATE VIEW rel_posting WITH (security_invoker = true) AS
SELECT id AS posting_id, unit_id, citizen_id, grant_id, supplier_id, invoice_id, account_string::text AS account,
       posted_on, month, amount_ore, kind::text AS kind, voucher::text AS voucher
FROM ledger_posting;

CREATE VIEW rel_budget WITH (security_invoker = true) AS
SELECT b.id AS budget_line_id, b.unit_id, b.citizen_id, b.grant_id, b.account_string::text AS account, m.month,
       CASE WHEN b.kind = 'original' THEN m.ore ELSE 0 END AS original_ore,
       CASE WHEN b.kind = 'revised' OR NOT b.is_revised THEN m.ore ELSE 0 END AS revised_ore
FROM (SELECT l.*, bool_or(l.kind = 'revised') OVER (
                 PARTITION BY l.municipality_id, l.year, l.account_string, l.unit_number, l.citizen_number,
                              l.grant_number) AS is_revised
      FROM ledger_budgetline l) b
CROSS JOIN LATERAL (
    SELECT b.month, b.amount_ore AS ore WHERE b.month IS NOT NULL
    UNION ALL
    SELECT make_date(b.year, n, 1),
           (round(b.amount_ore::numeric * n / 12) - round(b.amount_ore::numeric * (n - 1) / 12))::bigint
    FROM generate_series(1, 12) AS n WHERE b.month IS NULL) m;

CREATE VIEW rel_cost_centre WITH (security_invoker = true) AS
SELECT code::text AS cost_centre, unit_id, valid_from, valid_to FROM ledger_costcentre;

CREATE VIEW rel_account_treatment WITH (security_invoker = true) AS
SELECT function::text AS function, cost_type::text AS cost_type, ownership::text AS ownership, name::text AS name,
       state_refund::text AS state_refund, vat_treatment::text AS vat_treatment, vat_share, valid_from, valid_to,
       true AS own
FROM ledger_accounttreatment
UNION ALL
SELECT d.function::text, d.cost_type::text, d.ownership::text, d.name::text, d.state_refund::text,
       d.vat_treatment::text, d.vat_share, d.valid_from, d.valid_to, false
FROM ledger_defaultaccounttreatment d
WHERE NOT EXISTS (SELECT FROM ledger_accounttreatment own WHERE own.function = d.function
                  AND own.cost_type = d.cost_type AND own.ownership = d.ownership);

GRANT SELECT ON rel_posting, rel_budget, rel_cost_centre, rel_account_treatment TO styr_app;

CREATE FUNCTION ledger_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'ledger\\_%' THEN
        RAISE EXCEPTION '% is no table of ledger', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION ledger_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ledger_analyze(text) TO styr_app;
"""
UNDO = """
DROP FUNCTION ledger_analyze(text);
DROP VIEW rel_account_treatment, rel_cost_centre, rel_budget, rel_posting;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_reference")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
