-- Whether another than the one who asks, and than the one it is for, administers. One who was put out of office within
-- seven days still counts: else nobody would need a second person but to close their access first.
CREATE FUNCTION styr_others_administer(besides uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.access_membership AS m JOIN public.access_user AS u ON u.id = m.user_id
        WHERE m.municipality_id = public.styr_municipality() AND m.role = 'administrator' AND m.unit_id IS NULL
          AND NOT u.is_program AND m.user_id IS DISTINCT FROM public.styr_user() AND m.user_id IS DISTINCT FROM besides
          AND m.starts <= public.styr_today() AND (m.ends IS NULL OR m.ends > public.styr_today() - 7)
          AND (u.is_active OR EXISTS (
              SELECT FROM public.access_userevent AS e
              WHERE e.pgh_obj_id = u.id AND NOT e.is_active AND e.pgh_created_at > now() - interval '7 days')))
$$;
REVOKE ALL ON FUNCTION styr_others_administer(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION styr_others_administer(uuid) TO styr_app;

-- A role, and a job-function role that gives one, take two administrators where there are two. Jobs are no person:
-- login through the municipality, `styr setup` and imports give roles as before.
CREATE POLICY styr_two_for_a_role ON access_membership AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT styr_user()) IS NULL OR NOT styr_others_administer(user_id) OR EXISTS (
        SELECT FROM access_rolerequest AS r
        WHERE r.user_id = access_membership.user_id AND r.unit_id IS NOT DISTINCT FROM access_membership.unit_id
          AND r.role = access_membership.role AND r.answer = 'waiting'
          AND access_membership.starts = greatest(r.starts, (SELECT styr_today()))
          AND r.ends IS NOT DISTINCT FROM access_membership.ends
          AND r.asked_by_id IS DISTINCT FROM (SELECT styr_user())));
CREATE POLICY styr_two_for_a_mapping ON access_jobrole AS RESTRICTIVE FOR INSERT WITH CHECK (
    (SELECT styr_user()) IS NULL OR NOT styr_others_administer(NULL) OR EXISTS (
        SELECT FROM access_rolerequest AS r
        WHERE r.pattern = access_jobrole.pattern AND r.role = access_jobrole.role
          AND r."constraint" = access_jobrole."constraint" AND r.answer = 'waiting'
          AND r.asked_by_id IS DISTINCT FROM (SELECT styr_user())));
CREATE POLICY styr_mappings_are_made_anew ON access_jobrole AS RESTRICTIVE FOR UPDATE
    USING ((SELECT styr_user()) IS NULL);

-- Whoever asks is who they are, and nothing but the answer changes afterwards.
CREATE POLICY styr_asked_by_oneself ON access_rolerequest AS RESTRICTIVE FOR INSERT WITH CHECK (
    asked_by_id IS NOT DISTINCT FROM (SELECT styr_user())
    AND (answer = 'waiting' OR (answer = 'alone' AND NOT styr_others_administer(user_id))));
CREATE POLICY styr_answered_by_oneself ON access_rolerequest AS RESTRICTIVE FOR UPDATE
    USING (answer = 'waiting') WITH CHECK (answered_by_id IS NOT DISTINCT FROM (SELECT styr_user()));
REVOKE UPDATE, DELETE ON access_rolerequest FROM styr_app;
GRANT UPDATE (answer, answered_by_id, answered_at) ON access_rolerequest TO styr_app;

-- A role that is held is ended, never made into another: that would be a new one.
CREATE FUNCTION styr_roles_are_only_ended() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF styr_user() IS NOT NULL AND NEW.user_id IS DISTINCT FROM styr_user() AND NOT (
        NEW.user_id = OLD.user_id AND NEW.role = OLD.role AND NEW.unit_id IS NOT DISTINCT FROM OLD.unit_id
        AND NEW.starts >= OLD.starts
        AND (NEW.ends IS NOT DISTINCT FROM OLD.ends OR NEW.ends < coalesce(OLD.ends, 'infinity'))
    ) THEN
        RAISE EXCEPTION 'a role is only ended; a new one is given' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER styr_roles_are_only_ended BEFORE UPDATE ON access_membership
    FOR EACH ROW EXECUTE FUNCTION styr_roles_are_only_ended();
