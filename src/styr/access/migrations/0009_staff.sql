-- Whoever the link is for notes that it was used.
CREATE POLICY styr_use_own ON access_passwordlink FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND user_id = (SELECT styr_user()) AND (SELECT styr_may_write_own()));

-- The sessions that somebody has open: one's own, or anybody's to who administers. Tokens themselves stay unreadable.
CREATE FUNCTION styr_sessions(of_user uuid)
RETURNS TABLE (id uuid, issued_at timestamptz, expires_at timestamptz, is_this boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT s.id, s.issued_at, s.expires_at, s.id = t.id
    FROM public.styr_token() AS t
    JOIN public.access_token AS s ON s.municipality_id = t.municipality_id AND s.user_id = of_user
    WHERE (of_user = t.user_id OR public.styr_administers())
      AND s.purpose = 'session' AND s.revoked_at IS NULL AND s.expires_at > now()
    ORDER BY s.issued_at DESC
$$;

-- End one of them, or (only_one null) all but the one that asks; gives how many.
CREATE FUNCTION styr_end_sessions(of_user uuid, only_one uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH ended AS (
        UPDATE public.access_token AS a SET revoked_at = now()
        FROM public.styr_sessions(of_user) AS s
        WHERE a.id = s.id AND CASE WHEN only_one IS NULL THEN NOT s.is_this ELSE s.id = only_one END
        RETURNING 1)
    SELECT count(*) FROM ended
$$;
