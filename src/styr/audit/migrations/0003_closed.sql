-- The logs are closed: read within the municipality, written by the database, changed by nobody. FORCE and the lack of
-- any policy for UPDATE and DELETE bind the owner as well.

ALTER TABLE audit_readlog ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_readlog FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON audit_readlog FOR SELECT USING (municipality_id = (SELECT styr_municipality()));
CREATE POLICY styr_definer_add ON audit_readlog FOR INSERT TO styr_owner WITH CHECK (true);
CREATE POLICY styr_definer_see ON audit_readlog FOR SELECT TO styr_owner USING (true);
REVOKE ALL ON audit_readlog FROM styr_app;
GRANT SELECT ON audit_readlog TO styr_app;

ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON audit_seal FOR SELECT USING (municipality_id = (SELECT styr_municipality()));
CREATE POLICY styr_add ON audit_seal FOR INSERT
    WITH CHECK (municipality_id = (SELECT styr_municipality()) AND (SELECT styr_purpose()) = 'seal');
REVOKE ALL ON audit_seal FROM styr_app;
GRANT SELECT, INSERT ON audit_seal TO styr_app;

ALTER TABLE audit_sealmark ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_sealmark FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_seal ON audit_sealmark
    USING (municipality_id = (SELECT styr_municipality()) AND (SELECT styr_purpose()) = 'seal');
REVOKE ALL ON audit_sealmark FROM styr_app;
GRANT SELECT, INSERT, UPDATE ON audit_sealmark TO styr_app;

-- Actor, municipality, job and time follow from the token; only what was shown is the caller's to say.
CREATE FUNCTION audit_log_read(shown uuid[], on_page text, for_purpose text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t public.access_token := public.styr_token();
    made bigint;
BEGIN
    IF t.id IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: a read outside any scope cannot be logged';
    END IF;
    INSERT INTO public.audit_readlog (municipality_id, actor_id, job, citizens, page, purpose, read_at)
    VALUES (t.municipality_id, t.user_id, t.purpose, shown, on_page, for_purpose, clock_timestamp())
    RETURNING id INTO made;
    RETURN made;
END
$$;

-- Who saw this citizen: @> is not leakproof, so under a policy its index would lie idle; here the tenant is asked for.
CREATE FUNCTION audit_reads_of(citizen uuid) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT r.id FROM public.audit_readlog AS r
    WHERE r.citizens @> ARRAY[citizen] AND r.municipality_id = (SELECT public.styr_municipality())
$$;

-- How far a log's numbers have come, for any table that the caller may read.
CREATE FUNCTION audit_last_number(source regclass) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
    key text := CASE WHEN source = 'public.audit_readlog'::regclass THEN 'id' ELSE 'pgh_id' END;
BEGIN
    EXECUTE format('SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM %s',
                   pg_get_serial_sequence(source::text, key)) INTO made;
    RETURN made;
END
$$;

-- A temporary table is found before a permanent one of the same name: without a path of its own, a trigger could be led
-- to write its events into one. Run after every migration, since a remade trigger forgets it.
CREATE FUNCTION audit_fix_trigger_paths() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT p.oid::regprocedure FROM pg_proc AS p
             WHERE p.prorettype = 'trigger'::regtype AND p.pronamespace = 'public'::regnamespace
               AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user) AND p.proconfig IS NULL
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
    END LOOP;
END
$$;
REVOKE EXECUTE ON FUNCTION audit_fix_trigger_paths() FROM PUBLIC;
