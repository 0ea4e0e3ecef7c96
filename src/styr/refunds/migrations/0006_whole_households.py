"""Show a household to whoever sees every child of it alone, and number claims through the whole municipality."""

from django.db import migrations

# Nobody who is kept from one of the children may learn of the family from the others' case.
WHOLE = """
CREATE FUNCTION refunds_sees_household(household uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    whole CONSTANT boolean := public.styr_all_units();
    units CONSTANT uuid[] := public.styr_units();
    hidden CONSTANT uuid[] := public.styr_hidden('citizen');
BEGIN
    RETURN NOT EXISTS (
        SELECT FROM public.refunds_householdmember AS m
        WHERE m.household_id = household
          AND (m.municipality_id IS DISTINCT FROM public.styr_municipality()
               OR NOT (whole OR coalesce(m.unit_id = ANY (units), false))
               OR NOT coalesce(m.citizen_id <> ALL (hidden), false)));
END $$;
CREATE FUNCTION refunds_next_municipal_claim(year integer) RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(max(split_part(k.number, '-', 3)::integer), 0) + 1 FROM public.refunds_municipalclaim AS k
    WHERE k.municipality_id = public.styr_municipality() AND k.number LIKE 'M-' || year || '-%'
$$;
-- The functions above run as the tables' owner, who is under the policies too: it reads the whole municipality here.
CREATE POLICY styr_counted ON refunds_householdmember FOR SELECT TO CURRENT_USER
    USING (municipality_id = (SELECT public.styr_municipality()));
CREATE POLICY styr_counted ON refunds_municipalclaim FOR SELECT TO CURRENT_USER
    USING (municipality_id = (SELECT public.styr_municipality()));
REVOKE ALL ON FUNCTION refunds_sees_household(uuid), refunds_next_municipal_claim(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION refunds_sees_household(uuid), refunds_next_municipal_claim(integer) TO styr_app;
"""
UNDO_WHOLE = """
DROP POLICY styr_counted ON refunds_municipalclaim;
DROP POLICY styr_counted ON refunds_householdmember;
DROP FUNCTION refunds_next_municipal_claim(integer);
DROP FUNCTION refunds_sees_household(uuid);
"""
COLUMNS = {
    "household": "id",
    "householdmember": "household_id",
    "refundmonth": "case_id",
    "refundmember": "case_id",
    "refundclaimline": "case_id",
}
EVENTS = ("household", "householdmember", "refundclaimline")
POLICY = (
    "CREATE POLICY styr_household ON refunds_{table} AS RESTRICTIVE {what}TO styr_app USING "
    "((SELECT styr_all_units() AND styr_kept_from_nothing()) OR refunds_sees_household({column}));\n"
)
CLOSE = "".join(POLICY.format(table=table, what="", column=column) for table, column in COLUMNS.items()) + "".join(
    POLICY.format(table=f"{table}event", what="FOR SELECT ", column=COLUMNS[table]) for table in EVENTS
)
OPEN = "".join(f"DROP POLICY styr_household ON refunds_{table};\n" for table in COLUMNS) + "".join(
    f"DROP POLICY styr_household ON refunds_{table}event;\n" for table in EVENTS
)


class Migration(migrations.Migration):
    dependencies = [("refunds", "0005_derived_rows_go_along"), ("access", "0016_kept_from_nothing")]
    operations = [
        migrations.RunSQL(WHOLE, UNDO_WHOLE),
        migrations.RunSQL(CLOSE, OPEN),
        # Two families may have one name, and a refusal would tell of one that is not to be seen.
        migrations.RemoveConstraint(model_name="household", name="household_name_once"),
    ]
