-- What no administrator does alone, whatever the program asks: give themselves a role, lift their own block, or become
-- somebody else by a new password and a reset of the second factor. Restrictive: besides the policies there are.
CREATE POLICY styr_not_oneself ON access_membership AS RESTRICTIVE FOR INSERT
    WITH CHECK (user_id IS DISTINCT FROM (SELECT styr_user()));
-- One may lay one's own role down, and not take it up again.
CREATE POLICY styr_not_oneself_again ON access_membership AS RESTRICTIVE FOR UPDATE
    USING (true) WITH CHECK (user_id IS DISTINCT FROM (SELECT styr_user()) OR ends <= (SELECT styr_today()));

CREATE POLICY styr_not_one_s_own ON access_caseblock AS RESTRICTIVE FOR UPDATE
    USING (user_id IS DISTINCT FROM (SELECT styr_user()));
CREATE POLICY styr_not_one_s_own_away ON access_caseblock AS RESTRICTIVE FOR DELETE
    USING (user_id IS DISTINCT FROM (SELECT styr_user()));

CREATE POLICY styr_not_alone ON access_passwordlink AS RESTRICTIVE FOR INSERT WITH CHECK (
    made_by IS NOT DISTINCT FROM (SELECT styr_user()) AND user_id IS DISTINCT FROM (SELECT styr_user())
    AND NOT EXISTS (
        SELECT FROM access_factorchange AS f
        WHERE f.user_id = access_passwordlink.user_id AND f.changed_by = (SELECT styr_user())
          AND NOT f.added AND f.changed_at > now() - interval '7 days'));

CREATE OR REPLACE FUNCTION styr_reset_factors(of_user uuid) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH gone AS (
        DELETE FROM public.mfa_authenticator AS a USING public.access_user AS u
        WHERE u.id = a.user_id AND u.id = of_user AND u.municipality_id = public.styr_municipality()
          AND public.styr_administers() AND public.styr_may_write()
          AND u.id IS DISTINCT FROM public.styr_user()
          AND NOT EXISTS (
              SELECT FROM public.access_passwordlink AS l
              WHERE l.user_id = of_user AND l.made_by = public.styr_user() AND l.made_at > now() - interval '7 days')
        RETURNING 1)
    SELECT count(*) FROM gone
$$;

-- The job that looks for news tells of both.
CREATE POLICY styr_job_reads ON access_passwordlink FOR SELECT USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL);
CREATE POLICY styr_job_reads ON access_factorchange FOR SELECT USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL);
