"""Close the tables, keep frozen forecasts as they were, and let go of ids whose rows are gone."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy

# Rows are counted by one statement and never changed; a frozen forecast that is done is never taken away either.
KEPT = """
REVOKE UPDATE ON budgets_forecastrow, budgets_bridgerow FROM styr_app;

CREATE FUNCTION budgets_refuse_thawing() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_TABLE_NAME = 'budgets_forecastrun' THEN
        IF EXISTS (SELECT FROM gone WHERE kind = 'frozen' AND state = 'done') THEN
            RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM gone) AS g JOIN budgets_forecastrun AS r ON r.id = g.run_id
                  WHERE r.kind = 'frozen' AND r.state = 'done') THEN
        RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER budgets_no_thawing AFTER DELETE ON budgets_forecastrun REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_thawing();
CREATE TRIGGER budgets_no_change AFTER UPDATE ON budgets_forecastrun REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_thawing();
CREATE TRIGGER budgets_no_thawing AFTER DELETE ON budgets_forecastrow REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_thawing();
CREATE TRIGGER budgets_no_thawing AFTER DELETE ON budgets_bridgerow REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_thawing();

-- A forecast names citizens and grants by plain ids, for speed: what is erased is forgotten here too, its amount stays.
CREATE FUNCTION budgets_forget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_TABLE_NAME = 'people_citizen' THEN
        UPDATE budgets_forecastrow SET citizen_id = NULL WHERE citizen_id IN (SELECT id FROM gone);
        UPDATE budgets_bridgerow SET citizen_id = NULL WHERE citizen_id IN (SELECT id FROM gone);
    ELSE
        UPDATE budgets_forecastrow SET grant_id = NULL WHERE grant_id IN (SELECT id FROM gone);
        UPDATE budgets_bridgerow SET grant_id = NULL WHERE grant_id IN (SELECT id FROM gone);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION budgets_forget() FROM PUBLIC;
CREATE TRIGGER budgets_forget AFTER DELETE ON people_citizen REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_forget();
CREATE TRIGGER budgets_forget AFTER DELETE ON grants_grant REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_forget();
"""
LET_GO = """
DROP TRIGGER budgets_forget ON grants_grant;
DROP TRIGGER budgets_forget ON people_citizen;
DROP FUNCTION budgets_forget();
DROP TRIGGER budgets_no_thawing ON budgets_bridgerow;
DROP TRIGGER budgets_no_thawing ON budgets_forecastrow;
DROP TRIGGER budgets_no_change ON budgets_forecastrun;
DROP TRIGGER budgets_no_thawing ON budgets_forecastrun;
DROP FUNCTION budgets_refuse_thawing();
GRANT UPDATE ON budgets_forecastrow, budgets_bridgerow TO styr_app;
"""
CASE = {"citizen_id": "citizen", "grant_id": "grant"}


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0001_forecasts"),
        ("people", "0003_relations"),
        ("grants", "0010_account_rules"),
        ("access", "0008_hidden_cases"),
    ]
    operations = [
        EnableTenantPolicy("forecastrun"),
        EnableTenantPolicy("forecastrow", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("bridgerow", unit="unit_id", nullable_unit=True),
        EnableTenantPolicy("indexrate"),
        EnableTenantPolicy("provision", unit="unit_id", nullable_unit=True),
        HideCases("forecastrow", CASE),
        HideCases("bridgerow", CASE),
        migrations.RunSQL(KEPT, LET_GO),
    ]
