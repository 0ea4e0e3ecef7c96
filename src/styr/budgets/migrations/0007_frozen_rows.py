"""Nothing is added to a forecast that is kept as it was."""

from django.db import migrations

KEPT = """
CREATE FUNCTION budgets_refuse_adding() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT run_id FROM added) AS a JOIN budgets_forecastrun AS r ON r.id = a.run_id
               WHERE r.kind = 'frozen' AND r.state = 'done') THEN
        RAISE EXCEPTION 'a frozen forecast is kept as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER budgets_no_adding AFTER INSERT ON budgets_forecastrow REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_adding();
CREATE TRIGGER budgets_no_adding AFTER INSERT ON budgets_bridgerow REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_adding();
"""
LET_GO = """
DROP TRIGGER budgets_no_adding ON budgets_bridgerow;
DROP TRIGGER budgets_no_adding ON budgets_forecastrow;
DROP FUNCTION budgets_refuse_adding();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0006_round_relation")]
    operations = [migrations.RunSQL(KEPT, LET_GO)]
