-- A key opens as much as its owner may: so a person's is made by that person, at the pages, and a program's by who
-- administers. Restrictive: besides the policies there are. A job has no person to show a key to.
CREATE POLICY styr_own_or_program ON access_apikey AS RESTRICTIVE FOR INSERT WITH CHECK (
    user_id = (SELECT styr_user_in_person()) OR (SELECT styr_user()) IS NULL
    OR EXISTS (SELECT FROM access_user AS u WHERE u.id = access_apikey.user_id AND u.is_program));
CREATE POLICY styr_add_own ON access_apikey FOR INSERT WITH CHECK (
    municipality_id = (SELECT styr_municipality()) AND user_id = (SELECT styr_user_in_person())
    AND (SELECT styr_may_write_own()));
CREATE POLICY styr_end_own ON access_apikey FOR UPDATE USING (
    municipality_id = (SELECT styr_municipality()) AND user_id = (SELECT styr_user_in_person())
    AND (SELECT styr_may_write_own()));
-- Nobody is handed another's key by its changing hands.
CREATE POLICY styr_not_another_s ON access_apikey AS RESTRICTIVE FOR UPDATE USING (true) WITH CHECK (
    user_id = (SELECT styr_user_in_person()) OR revoked_at IS NOT NULL OR (SELECT styr_user()) IS NULL);
-- The job that looks for news tells of programs' keys.
CREATE POLICY styr_job_reads ON access_apikey FOR SELECT USING (
    municipality_id = (SELECT styr_municipality()) AND (SELECT styr_user()) IS NULL);

-- A program has no login: no link to a password, and nobody the municipality's own login knows.
CREATE POLICY styr_no_program ON access_passwordlink AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM access_user AS u WHERE u.id = access_passwordlink.user_id AND u.is_program));
CREATE POLICY styr_no_program ON access_loginidentity AS RESTRICTIVE FOR INSERT WITH CHECK (
    NOT EXISTS (SELECT FROM access_user AS u WHERE u.id = access_loginidentity.user_id AND u.is_program));
