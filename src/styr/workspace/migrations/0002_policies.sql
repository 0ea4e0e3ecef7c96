-- A filter that its owner shares is seen by the unit it is shared with (without one: by all), and changed by nobody else.
CREATE POLICY styr_shared ON workspace_savedfilter FOR SELECT USING (
    municipality_id = (SELECT styr_municipality()) AND shared
    AND (unit_id IS NULL OR (SELECT styr_all_units()) OR unit_id = ANY ((SELECT styr_units())::uuid[])));

-- A colleague's act tells others of it, and so does the job that looks for news; only the receiver reads.
CREATE POLICY styr_tell ON workspace_notice FOR INSERT WITH CHECK (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_may_write()));

-- The job that writes the daily mail reads whom to write to, and notes the day; it has no rows of its own.
CREATE POLICY styr_job_reads ON workspace_mailchoice FOR SELECT USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL);
CREATE POLICY styr_job_notes ON workspace_mailchoice FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL AND (SELECT styr_may_write()));

-- A calendar program shows the secret and nothing else: whose calendar it is, for the program that proves itself.
CREATE FUNCTION styr_calendar_of(hash bytea, proof bytea) RETURNS TABLE (user_id uuid, municipality_id uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT public.styr_proof_holds('calendar|' || encode(hash, 'hex'), proof) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the calendar lacks a valid proof';
    END IF;
    RETURN QUERY SELECT f.user_id, f.municipality_id
        FROM public.workspace_calendarfeed AS f JOIN public.access_user AS u ON u.id = f.user_id
        WHERE f.secret_hash = hash AND u.is_active;
END
$$;
-- The function reads as the owner, whom forced policies bind as well.
CREATE POLICY styr_definer ON workspace_calendarfeed FOR SELECT TO styr_owner USING (true);
