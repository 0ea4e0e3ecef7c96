"""Let a bulk write bring the planner's statistics up to date: the app role may not, and autovacuum comes too late.

Without them PostgreSQL plans the control that follows an import for a table it believes to be empty.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION deliveries_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'deliveries\\_%' THEN
        RAISE EXCEPTION '% is no table of deliveries', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION deliveries_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deliveries_analyze(text) TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("deliveries", "0002_policies")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION deliveries_analyze(text)")]
