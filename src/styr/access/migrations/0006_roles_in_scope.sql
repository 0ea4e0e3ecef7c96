-- What each role means to the database: an administrator's opens no unit, and an auditor's closes all writing.

-- The date in Denmark: memberships begin and end at midnight there, and not at midnight UTC.
CREATE FUNCTION styr_today() RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT (now() AT TIME ZONE 'Europe/Copenhagen')::date
$$;

-- True for a job, and for a person who works with cases in the whole municipality.
CREATE OR REPLACE FUNCTION styr_all_units() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT t.user_id IS NULL OR EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.unit_id IS NULL
              AND m.role <> 'administrator'
              AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today()))
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;

-- The units of the person's roles, and everything below them.
CREATE OR REPLACE FUNCTION styr_units() RETURNS uuid[]
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE served AS (
        SELECT m.unit_id AS id
        FROM public.styr_token() AS t
        JOIN public.access_membership AS m ON m.user_id = t.user_id AND m.municipality_id = t.municipality_id
        WHERE m.unit_id IS NOT NULL AND m.role <> 'administrator'
          AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today())
        UNION
        SELECT u.id FROM public.access_unit AS u JOIN served ON u.parent_id = served.id
    )
    SELECT coalesce(array_agg(id), '{}') FROM served
$$;

-- What the token allows, and nothing to an auditor: an audit leaves what it looks at as it is. What is somebody's own (a
-- password, a form sent, a preference) asks styr_may_write_own() instead; the logs are written by the owner's functions.
CREATE OR REPLACE FUNCTION styr_may_write() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT t.may_write AND NOT EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.role = 'auditor'
              AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today()))
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;

CREATE OR REPLACE FUNCTION styr_administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE WHEN t.user_id IS NULL THEN t.purpose IN ('setup', 'demo', 'test') ELSE EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.unit_id IS NULL
              AND m.role = 'administrator'
              AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today())) END
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;

-- An auditor, too, changes their own password, and their login notes its time.
DROP POLICY styr_change_own ON access_user;
CREATE POLICY styr_change_own ON access_user FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND id = (SELECT styr_user()) AND (SELECT styr_may_write_own()));
DROP POLICY styr_write ON account_emailaddress;
CREATE POLICY styr_write ON account_emailaddress USING (
    user_id IN (SELECT id FROM access_user)
    AND ((SELECT styr_administers()) AND (SELECT styr_may_write())
         OR user_id = (SELECT styr_user()) AND (SELECT styr_may_write_own())));
