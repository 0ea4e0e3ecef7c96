"""A unit that is moved brings its budget in force along: refused while one of the year stands above its new place."""

from django.db import migrations

# Approving and moving wait for each other: whoever approves shares a lock that whoever moves a unit holds alone, so
# each sees what the other has left. Budgets of years that have ended keep no unit where it was. Whoever moves units may
# see no budget, so the function is the owner's; its hint is Danish, for `access.units` to show.
CREATE = """
CREATE FUNCTION planning_tree_keeps_one_in_force() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    beside record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('budgets by unit'), hashtext(NEW.municipality_id::text));
    WITH RECURSIVE below AS (
        SELECT NEW.id AS id
        UNION
        SELECT u.id FROM below AS b JOIN public.access_unit AS u ON u.parent_id = b.id
    ), above AS (
        SELECT NEW.parent_id AS id
        UNION
        SELECT u.parent_id FROM above AS a JOIN public.access_unit AS u ON u.id = a.id WHERE u.parent_id IS NOT NULL
    )
    SELECT v.year, moved.name AS moved, larger.name AS larger INTO beside
    FROM public.planning_budgetversion AS v
    JOIN public.planning_budgetversion AS o
        ON o.municipality_id = v.municipality_id AND o.year = v.year AND o.state = 'approved'
    JOIN public.access_unit AS moved ON moved.id = v.unit_id
    JOIN public.access_unit AS larger ON larger.id = o.unit_id
    WHERE v.municipality_id = NEW.municipality_id AND v.state = 'approved'
      AND v.year >= extract(year FROM now() AT TIME ZONE 'Europe/Copenhagen')
      AND v.unit_id IN (SELECT id FROM below) AND o.unit_id IN (SELECT id FROM above)
    ORDER BY v.year, moved.name LIMIT 1;
    IF FOUND THEN
        RAISE exclusion_violation USING
            MESSAGE = 'styr: a unit with a budget in force would lie below another with one',
            CONSTRAINT = 'budget_version_one_in_force', TABLE = 'access_unit',
            HINT = format('Både »%s« og »%s« har et godkendt budget for %s, og enheden kan ikke stå i to. Lad en leder '
                          'sætte det ene ud af kraft under Budgetlægning, og flyt så enheden.',
                          beside.moved, beside.larger, beside.year);
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION planning_tree_keeps_one_in_force() FROM PUBLIC;

CREATE CONSTRAINT TRIGGER unit_one_budget_in_force AFTER UPDATE OF parent_id ON access_unit
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW
    WHEN (NEW.parent_id IS NOT NULL AND NEW.parent_id IS DISTINCT FROM OLD.parent_id)
    EXECUTE FUNCTION planning_tree_keeps_one_in_force();

CREATE FUNCTION planning_waits_for_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtext('budgets by unit'), hashtext(NEW.municipality_id::text));
    RETURN NEW;
END
$$;
CREATE TRIGGER budget_version_waits_for_moves BEFORE INSERT OR UPDATE ON planning_budgetversion
    FOR EACH ROW WHEN (NEW.state = 'approved') EXECUTE FUNCTION planning_waits_for_moves();
"""
DROP = """
DROP TRIGGER budget_version_waits_for_moves ON planning_budgetversion;
DROP FUNCTION planning_waits_for_moves();
DROP TRIGGER unit_one_budget_in_force ON access_unit;
DROP FUNCTION planning_tree_keeps_one_in_force();
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0009_rides_in_scenarios"), ("access", "0019_opened_without_roles")]
    operations = [migrations.RunSQL(CREATE, DROP)]
