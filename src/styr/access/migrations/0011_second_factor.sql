-- The second factor (ekstra login-trin). Between the password and the code somebody holds half a login: a token of purpose
-- 'second_factor' (has a factor, shows it) or 'enrolment' (has none yet, makes one). Such a token opens no municipality, no
-- unit and no row but its person's own line and factors: styr_token(), which every policy asks, does not know it.

CREATE OR REPLACE FUNCTION styr_token() RETURNS access_token
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t FROM public.access_token AS t
    WHERE t.token_hash = sha256(convert_to(current_setting('styr.token', true), 'UTF8'))
      AND t.revoked_at IS NULL AND t.expires_at > now() AND t.purpose NOT IN ('second_factor', 'enrolment')
$$;

-- Whose half login it is, of those purposes; null for any other token.
CREATE FUNCTION styr_half_user(of_purposes text[]) RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t.user_id FROM public.access_token AS t
    WHERE t.token_hash = sha256(convert_to(current_setting('styr.token', true), 'UTF8'))
      AND t.revoked_at IS NULL AND t.expires_at > now()
      AND t.purpose IN ('second_factor', 'enrolment') AND t.purpose = ANY (of_purposes)
$$;

-- The roles of whoever holds half a login: the municipality may ask a second factor of some roles alone.
CREATE FUNCTION styr_half_roles() RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT DISTINCT m.role::text FROM public.access_membership AS m
    WHERE m.user_id = public.styr_half_user('{second_factor,enrolment}')
      AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today())
$$;

CREATE POLICY styr_login ON access_membership FOR SELECT TO styr_owner USING (true);

-- A person at the pages; not a job, nor another program with that person's key.
CREATE FUNCTION styr_user_in_person() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN t.purpose = 'session' THEN t.user_id END FROM public.styr_token() AS t
$$;

CREATE POLICY styr_see_half ON access_user FOR SELECT
    USING (id = (SELECT styr_half_user('{second_factor,enrolment}')));

ALTER TABLE mfa_authenticator ENABLE ROW LEVEL SECURITY;
ALTER TABLE mfa_authenticator FORCE ROW LEVEL SECURITY;
REVOKE ALL ON mfa_authenticator FROM styr_app;
CREATE POLICY styr_see ON mfa_authenticator FOR SELECT USING (
    user_id = (SELECT styr_user_in_person()) OR user_id = (SELECT styr_half_user('{second_factor,enrolment}')));
CREATE POLICY styr_add ON mfa_authenticator FOR INSERT WITH CHECK (
    user_id = (SELECT styr_user_in_person()) AND (SELECT styr_may_write_own())
    OR user_id = (SELECT styr_half_user('{enrolment}')));
-- That it was used, and which of the spare codes are.
CREATE POLICY styr_change ON mfa_authenticator FOR UPDATE USING (
    user_id = (SELECT styr_user_in_person()) AND (SELECT styr_may_write_own())
    OR user_id = (SELECT styr_half_user('{second_factor,enrolment}')));
CREATE POLICY styr_remove ON mfa_authenticator FOR DELETE USING (
    user_id = (SELECT styr_user_in_person()) AND (SELECT styr_may_write_own()));
CREATE POLICY styr_definer ON mfa_authenticator TO styr_owner USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO styr_app;
GRANT USAGE ON SEQUENCE mfa_authenticator_id_seq TO styr_app;
GRANT SELECT ON mfa_authenticator TO styr_backup;

-- Every factor that comes or goes leaves a line, whoever did it and however.
CREATE FUNCTION styr_note_factor() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held public.mfa_authenticator := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    INSERT INTO public.access_factorchange (id, municipality_id, user_id, kind, added, changed_at, changed_by)
    SELECT gen_random_uuid(), u.municipality_id, u.id, held.type, TG_OP = 'INSERT', clock_timestamp(),
           coalesce(public.styr_user(), public.styr_half_user('{second_factor,enrolment}'))
    FROM public.access_user AS u WHERE u.id = held.user_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER styr_note_factor AFTER INSERT OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION styr_note_factor();

-- Policies of its own: written by the trigger alone.
DROP POLICY styr_add ON access_factorchange;
DROP POLICY styr_change ON access_factorchange;
DROP POLICY styr_remove ON access_factorchange;
CREATE POLICY styr_definer ON access_factorchange TO styr_owner USING (true) WITH CHECK (true);
REVOKE ALL ON access_factorchange FROM styr_app;
GRANT SELECT ON access_factorchange TO styr_app;

-- Whether somebody has a second factor: told of oneself, and of anybody to who administers.
CREATE FUNCTION styr_has_factor(of_user uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.mfa_authenticator AS a JOIN public.access_user AS u ON u.id = a.user_id
        WHERE u.id = of_user AND u.municipality_id = public.styr_municipality()
          AND (public.styr_administers() OR u.id = public.styr_user()))
$$;

-- Take somebody's factors away, when a phone is lost: by who administers. Gives how many.
CREATE FUNCTION styr_reset_factors(of_user uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        DELETE FROM public.mfa_authenticator AS a USING public.access_user AS u
        WHERE u.id = a.user_id AND u.id = of_user AND u.municipality_id = public.styr_municipality()
          AND public.styr_administers() AND public.styr_may_write()
        RETURNING 1)
    SELECT count(*) FROM gone
$$;
