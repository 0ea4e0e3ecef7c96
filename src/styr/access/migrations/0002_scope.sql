-- The token scheme. A token is random; the database keeps its SHA-256 and resolves it in functions that run as the
-- owner with a fixed search_path. What the app role may see follows from the token alone, so an injected
-- set_config('styr.token', …) must guess 256 bits to widen anything, and it cannot issue a token of its own: issuing
-- asks for a proof under a key that the app role cannot read.

CREATE FUNCTION styr_token() RETURNS access_token
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT t FROM public.access_token AS t
    WHERE t.token_hash = sha256(convert_to(current_setting('styr.token', true), 'UTF8'))
      AND t.revoked_at IS NULL AND t.expires_at > now()
$$;
REVOKE EXECUTE ON FUNCTION styr_token() FROM PUBLIC;

CREATE FUNCTION styr_municipality() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (public.styr_token()).municipality_id
$$;

CREATE FUNCTION styr_user() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (public.styr_token()).user_id
$$;

CREATE FUNCTION styr_purpose() RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT (public.styr_token()).purpose
$$;

CREATE FUNCTION styr_may_write() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce((public.styr_token()).may_write, false)
$$;

-- True for a job, and for a person whose role is in the whole municipality.
CREATE FUNCTION styr_all_units() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT t.user_id IS NULL OR EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.unit_id IS NULL
              AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date))
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;

-- The units of the person's roles, and everything below them.
CREATE FUNCTION styr_units() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE served AS (
        SELECT m.unit_id AS id FROM public.access_membership AS m
        WHERE m.user_id = public.styr_user() AND m.municipality_id = public.styr_municipality()
          AND m.unit_id IS NOT NULL
          AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date)
        UNION
        SELECT u.id FROM public.access_unit AS u JOIN served ON u.parent_id = served.id
    )
    SELECT coalesce(array_agg(id), '{}') FROM served
$$;

-- Who may say who sees what: an administrator of the whole municipality, and the jobs that found one. People, roles and
-- the tree of units decide the scope of every token, so a token that could write there could widen itself.
CREATE FUNCTION styr_administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE WHEN t.user_id IS NULL THEN t.purpose IN ('setup', 'demo', 'test') ELSE EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.unit_id IS NULL
              AND m.role = 'administrator'
              AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date)) END
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;

-- Units come with the registers as well.
CREATE FUNCTION styr_keeps_units() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT public.styr_administers()
        OR coalesce((SELECT t.user_id IS NULL AND t.purpose = 'import' FROM public.styr_token() AS t), false)
$$;

-- A person may change their own password, and a login notes its time; what they are called and whether they may log in
-- is the administrator's.
CREATE FUNCTION styr_refuse_renaming_oneself() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.styr_administers() AND
       (to_jsonb(NEW) - 'password' - 'last_login') IS DISTINCT FROM (to_jsonb(OLD) - 'password' - 'last_login') THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: only an administrator changes a user';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER styr_own_password_alone BEFORE UPDATE ON access_user
    FOR EACH ROW EXECUTE FUNCTION styr_refuse_renaming_oneself();

-- HMAC-SHA256 from its definition (RFC 2104): the key's two padded blocks are kept, so no extension is needed.
CREATE FUNCTION styr_proof_holds(message text, proof bytea) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT sha256(sha256(k."outer" || sha256(k."inner" || convert_to(message, 'UTF8')))) = sha256(proof)
         FROM public.access_tokenkey AS k),
        false)
$$;
REVOKE EXECUTE ON FUNCTION styr_proof_holds(text, bytea) FROM PUBLIC;

CREATE FUNCTION styr_issue_token(
    new_id uuid, hash bytea, for_municipality uuid, for_user uuid, for_purpose text, writes boolean,
    issued timestamptz, expires timestamptz, proof bytea
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    message text := concat_ws('|', 'issue', new_id, encode(hash, 'hex'), for_municipality, coalesce(for_user::text, '-'),
                              for_purpose, writes::int, extract(epoch FROM expires)::bigint);
BEGIN
    IF NOT public.styr_proof_holds(message, proof) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the token lacks a valid proof';
    END IF;
    INSERT INTO public.access_token
        (id, token_hash, municipality_id, user_id, purpose, may_write, issued_at, expires_at)
    VALUES (new_id, hash, for_municipality, for_user, for_purpose, writes, issued, expires);
END
$$;

-- Whoever holds a token may end it.
CREATE FUNCTION styr_revoke_token(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE public.access_token SET revoked_at = now() WHERE token_hash = hash AND revoked_at IS NULL
$$;

-- Login comes before any token: one user by the whole login name, for the program that proves itself.
CREATE FUNCTION styr_login_candidate(login text, proof bytea)
RETURNS TABLE (id uuid, municipality_id uuid, password text, is_active boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.styr_proof_holds('login|' || login, proof) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the login lacks a valid proof';
    END IF;
    RETURN QUERY SELECT u.id, u.municipality_id, u.password::text, u.is_active
        FROM public.access_user AS u WHERE u.username = login;
END
$$;

-- Jobs that serve every municipality in turn ask for the list, and then for a token for each.
CREATE FUNCTION styr_municipalities(proof bytea) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.styr_proof_holds('municipalities', proof) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the list lacks a valid proof';
    END IF;
    RETURN QUERY SELECT m.id FROM public.access_municipality AS m ORDER BY m.code;
END
$$;

-- Sessions of browsers: whoever knows the key reaches that one session. The data is encrypted by the program under a key
-- that the session's own goes into, so a copy of the table gives no session.
CREATE FUNCTION styr_session_load(session_key text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT data FROM public.access_session
    WHERE key_hash = sha256(convert_to(session_key, 'UTF8')) AND expires_at > now()
$$;

CREATE FUNCTION styr_session_save(session_key text, new_data text, expires timestamptz, must_create boolean)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hash bytea := sha256(convert_to(session_key, 'UTF8'));
BEGIN
    IF must_create THEN
        INSERT INTO public.access_session (key_hash, data, expires_at) VALUES (hash, new_data, expires)
        ON CONFLICT DO NOTHING;
    ELSE
        UPDATE public.access_session SET data = new_data, expires_at = expires WHERE key_hash = hash;
    END IF;
    RETURN FOUND;
END
$$;

CREATE FUNCTION styr_session_delete(session_key text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.access_session WHERE key_hash = sha256(convert_to(session_key, 'UTF8'))
$$;

-- What every process must know of the others for a while: the counts behind the limits on logging in.
CREATE TABLE access_shared (key text PRIMARY KEY, value jsonb NOT NULL, expires_at timestamptz NOT NULL);
CREATE INDEX access_shared_expires_at ON access_shared (expires_at);

CREATE FUNCTION styr_shared_get(of_key text) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT value FROM public.access_shared WHERE key = of_key AND expires_at > clock_timestamp()
$$;

CREATE FUNCTION styr_shared_set(of_key text, new_value jsonb, seconds double precision, only_new boolean)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO public.access_shared AS s (key, value, expires_at)
    VALUES (of_key, new_value, clock_timestamp() + make_interval(secs => seconds))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
        WHERE NOT only_new OR s.expires_at <= clock_timestamp();
    RETURN FOUND;
END
$$;

CREATE FUNCTION styr_shared_delete(of_key text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM public.access_shared WHERE key = of_key;
    RETURN FOUND;
END
$$;

CREATE FUNCTION styr_forget_expired() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM public.access_session WHERE expires_at < now();
    DELETE FROM public.access_shared WHERE expires_at < now();
    DELETE FROM public.access_token WHERE expires_at < now() - interval '30 days';
$$;

-- The context of a change is what the token says, not what a statement claims; only the note beside it is the app's.
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t public.access_token := public.styr_token();
    context uuid := nullif(current_setting('styr.context', true), '')::uuid;
    note jsonb := coalesce(nullif(current_setting('styr.note', true), '')::jsonb, '{}');
    facts jsonb := jsonb_build_object('municipality', t.municipality_id, 'user', t.user_id, 'token', t.id,
                                      'purpose', t.purpose, 'transaction', pg_current_xact_id()::text, 'note', note);
BEGIN
    IF context IS NOT NULL AND EXISTS (
        SELECT FROM public.pghistory_context AS c WHERE c.id = context AND c.metadata = facts) THEN
        RETURN context;
    END IF;
    context := gen_random_uuid();
    INSERT INTO public.pghistory_context (id, metadata, created_at, updated_at)
    VALUES (context, facts, clock_timestamp(), clock_timestamp());
    PERFORM set_config('styr.context', context::text, true);
    RETURN context;
END
$$;

-- --- who reaches what -------------------------------------------------------------------------------------------------
-- New tables and views can be read by the app role; policies (and security_invoker on views) decide which rows.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO styr_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO styr_backup;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO styr_backup;

REVOKE ALL ON access_token, access_tokenkey, access_session, access_shared FROM styr_app;

ALTER TABLE access_municipality ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_municipality FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON access_municipality FOR SELECT USING (id = (SELECT styr_municipality()));
CREATE POLICY styr_found ON access_municipality TO styr_owner USING (true) WITH CHECK (true);
REVOKE ALL ON access_municipality FROM styr_app;
GRANT SELECT ON access_municipality TO styr_app;

ALTER TABLE access_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_token FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_definer ON access_token TO styr_owner USING (true) WITH CHECK (true);

ALTER TABLE access_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_session FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_definer ON access_session TO styr_owner USING (true) WITH CHECK (true);

ALTER TABLE access_shared ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_shared FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_definer ON access_shared TO styr_owner USING (true) WITH CHECK (true);

ALTER TABLE pghistory_context ENABLE ROW LEVEL SECURITY;
ALTER TABLE pghistory_context FORCE ROW LEVEL SECURITY;
CREATE POLICY styr_see ON pghistory_context FOR SELECT
    USING (metadata ->> 'municipality' = (SELECT styr_municipality())::text);
CREATE POLICY styr_definer ON pghistory_context TO styr_owner USING (true) WITH CHECK (true);
GRANT SELECT ON pghistory_context TO styr_app;

-- The login lookup runs as the owner before there is a token.
CREATE POLICY styr_login ON access_user FOR SELECT TO styr_owner USING (true);
