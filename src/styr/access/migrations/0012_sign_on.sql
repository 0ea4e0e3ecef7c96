-- Login through the municipality's own provider (fælles login): which municipality a provider is for is asked before there
-- is any token, and the job that then makes the person and their roles (purpose 'login') administers.
CREATE FUNCTION styr_login_municipality(of_code text, proof bytea) RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.styr_proof_holds('municipality|' || of_code, proof) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the municipality lacks a valid proof';
    END IF;
    RETURN (SELECT m.id FROM public.access_municipality AS m WHERE m.code = of_code);
END
$$;

CREATE OR REPLACE FUNCTION styr_administers() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(
        (SELECT CASE WHEN t.user_id IS NULL THEN t.purpose IN ('setup', 'demo', 'test', 'login') ELSE EXISTS (
            SELECT FROM public.access_membership AS m
            WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.unit_id IS NULL
              AND m.role = 'administrator'
              AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today())) END
         FROM public.styr_token() AS t WHERE t.id IS NOT NULL),
        false)
$$;
