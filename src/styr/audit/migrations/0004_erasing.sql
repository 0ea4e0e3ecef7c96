-- History that must go with an erased citizen leaves holes in sealed runs. Each hole is told: which seal, how many rows
-- were left and what they then hashed to. The seal itself stands, so the chain over the past still holds.

ALTER TABLE audit_gap ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_gap FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON audit_gap FOR SELECT USING (municipality_id = (SELECT styr_municipality()));
CREATE POLICY styr_add ON audit_gap FOR INSERT
    WITH CHECK (municipality_id = (SELECT styr_municipality()) AND (SELECT styr_purpose()) = 'erase');
REVOKE ALL ON audit_gap FROM styr_app;
GRANT SELECT, INSERT ON audit_gap TO styr_app;
GRANT SELECT ON audit_gap TO styr_backup;

-- How far a log's numbers have come: the gaps are a log of their own.
CREATE OR REPLACE FUNCTION audit_last_number(source regclass) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
    key text := CASE WHEN source IN ('public.audit_readlog'::regclass, 'public.audit_gap'::regclass) THEN 'id'
                     ELSE 'pgh_id' END;
BEGIN
    EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM %s',
                   pg_get_serial_sequence(source::text, key)) INTO made;
    RETURN made;
END
$$;

-- Events are removed by the owner's function alone, in a job of purpose `erase`: run after every migration, since a new
-- event table comes without.
CREATE FUNCTION audit_let_events_be_erased() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t regclass;
BEGIN
    FOR t IN SELECT c.oid::regclass FROM pg_class AS c
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relrowsecurity
               AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'pgh_obj_id')
               AND EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = c.oid AND a.attname = 'municipality_id')
               AND NOT EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid AND p.polname = 'styr_erase')
    LOOP
        EXECUTE format('CREATE POLICY styr_erase ON %s FOR DELETE TO styr_owner USING (municipality_id = '
                       '(SELECT public.styr_municipality()) AND (SELECT public.styr_purpose()) = ''erase'')', t);
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION audit_let_events_be_erased() FROM PUBLIC;

-- `audit_fix_trigger_paths` is what a set-up runs last, so the policies follow from there.
CREATE OR REPLACE FUNCTION audit_fix_trigger_paths() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc AS p
             WHERE p.prorettype = 'trigger'::regtype AND p.pronamespace = 'public'::regnamespace
               AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user) AND p.proconfig IS NULL
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
    END LOOP;
    PERFORM public.audit_let_events_be_erased();
END
$$;
