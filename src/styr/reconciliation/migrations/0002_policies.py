"""Close the tables, keep people from cases that are not theirs, and let a bulk write count its rows."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

FUNCTION = """
CREATE FUNCTION reconciliation_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'reconciliation\\_%' THEN
        RAISE EXCEPTION '% is no table of reconciliation', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION reconciliation_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reconciliation_analyze(text) TO styr_app;
"""


class Migration(migrations.Migration):
    dependencies = [("reconciliation", "0001_case_grants"), ("access", "0008_hidden_cases")]
    operations = [
        EnableTenantPolicy("caseextract"),
        EnableTenantPolicy("casegrant", unit="unit_id", nullable_unit=True),
        HideCases("casegrant", {"citizen_id": "citizen"}),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION reconciliation_analyze(text)"),
    ]
