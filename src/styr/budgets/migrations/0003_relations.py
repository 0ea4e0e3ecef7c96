"""The municipality's assumptions as relations, and statistics for the planner after a forecast has been written."""

from django.db import migrations

VIEWS = """
CREATE VIEW rel_provision WITH (security_invoker = true) AS
SELECT id AS provision_id, unit_id, section::text AS section, account_string::text AS account, kind::text AS kind,
       starts, ends, round(persons * price_ore)::bigint AS month_ore
FROM budgets_provision;
GRANT SELECT ON rel_provision TO styr_app;

CREATE FUNCTION budgets_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'budgets\\_%' THEN
        RAISE EXCEPTION '% is no table of budgets', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION budgets_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION budgets_analyze(text) TO styr_app;
"""
UNDO = "DROP FUNCTION budgets_analyze(text); DROP VIEW rel_provision"


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_policies"), ("ledger", "0004_relations")]
    operations = [migrations.RunSQL(VIEWS, UNDO)]
