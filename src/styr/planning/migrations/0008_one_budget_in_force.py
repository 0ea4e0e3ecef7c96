"""One approved budget of a year stands for the same units: held by the database, whoever writes and when."""

from django.db import migrations

# Which units a unit holds is told by the tree, so no index can tell it. Whoever approves waits for whoever approves the
# same year (`in_force.py` takes the same lock), and then sees what they left. The function is the owner's, since
# whoever approves may not see the budgets of other units.
CREATE = """
CREATE POLICY styr_definer ON planning_budgetversion FOR SELECT TO styr_owner USING (true);

CREATE FUNCTION planning_one_in_force() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('budget in force'), hashtext(NEW.municipality_id::text || NEW.year::text));
    IF EXISTS (
        WITH RECURSIVE above AS (
            SELECT v.id AS version_id, v.unit_id AS unit_id FROM public.planning_budgetversion AS v
            WHERE v.municipality_id = NEW.municipality_id AND v.year = NEW.year AND v.state = 'approved'
              AND v.unit_id IS NOT NULL
            UNION
            SELECT a.version_id, u.parent_id FROM above AS a JOIN public.access_unit AS u ON u.id = a.unit_id
            WHERE u.parent_id IS NOT NULL
        )
        SELECT FROM public.planning_budgetversion AS v
        JOIN public.planning_budgetversion AS o
            ON o.municipality_id = v.municipality_id AND o.year = v.year AND o.state = 'approved' AND o.id <> v.id
        WHERE v.id = NEW.id AND v.state = 'approved' AND (
            v.unit_id IS NULL OR o.unit_id IS NULL
            OR EXISTS (SELECT FROM above AS a WHERE a.version_id = v.id AND a.unit_id = o.unit_id)
            OR EXISTS (SELECT FROM above AS a WHERE a.version_id = o.id AND a.unit_id = v.unit_id))
    ) THEN
        RAISE exclusion_violation USING
            MESSAGE = 'styr: another budget of the year is approved for the same units',
            CONSTRAINT = 'budget_version_one_in_force', TABLE = 'planning_budgetversion';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION planning_one_in_force() FROM PUBLIC;

CREATE CONSTRAINT TRIGGER budget_version_one_in_force AFTER INSERT OR UPDATE ON planning_budgetversion
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN (NEW.state = 'approved')
    EXECUTE FUNCTION planning_one_in_force();
"""
DROP = """
DROP TRIGGER budget_version_one_in_force ON planning_budgetversion;
DROP FUNCTION planning_one_in_force();
DROP POLICY styr_definer ON planning_budgetversion;
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0007_from_forecast"), ("access", "0019_opened_without_roles")]
    operations = [migrations.RunSQL(CREATE, DROP)]
