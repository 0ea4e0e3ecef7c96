-- A closed account is opened without its roles where there are two administrators: they are given anew, and that takes
-- both. Else one alone could open the account of somebody who has left, choose its password, and act with its roles.
CREATE FUNCTION styr_opened_without_roles() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF public.styr_user() IS NOT NULL AND public.styr_others_administer(NEW.id) AND EXISTS (
        SELECT FROM public.access_membership AS m
        WHERE m.user_id = NEW.id AND (m.ends IS NULL OR m.ends > public.styr_today())
    ) THEN
        RAISE EXCEPTION 'an account is opened without its roles' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION styr_opened_without_roles() FROM PUBLIC;
CREATE TRIGGER styr_opened_without_roles BEFORE UPDATE OF is_active ON access_user
    FOR EACH ROW WHEN (NEW.is_active AND NOT OLD.is_active) EXECUTE FUNCTION styr_opened_without_roles();
