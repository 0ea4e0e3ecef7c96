-- Who brings a bank account does not also confirm it. The trigger, and not the program, tells who brought it.
CREATE FUNCTION styr_account_is_brought() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.brought_by := coalesce(
            public.styr_user(), nullif(current_setting('styr.brought_by', true), '')::uuid);
        NEW.brought_at := now();
        NEW.confirmed_by := NULL;
        NEW.confirmed_at := NULL;
        -- The accounts that a supplier comes with; those of one transaction come together.
        IF NOT EXISTS (
                SELECT FROM public.suppliers_supplieraccount AS a
                WHERE a.supplier_id = NEW.supplier_id AND a.brought_at < now())
            AND NOT EXISTS (
                SELECT FROM public.suppliers_supplier AS s
                JOIN public.invoices_invoice AS i ON i.municipality_id = s.municipality_id AND i.supplier_cvr = s.cvr
                WHERE s.id = NEW.supplier_id)
            AND (public.styr_user() IS NULL OR public.styr_all_units())  -- who sees them all
        THEN
            NEW.confirmed_at := now();
        END IF;
    ELSIF NEW.brought_by IS DISTINCT FROM OLD.brought_by OR NEW.brought_at IS DISTINCT FROM OLD.brought_at
        OR NEW.account IS DISTINCT FROM OLD.account OR NEW.supplier_id IS DISTINCT FROM OLD.supplier_id
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: an account is not changed into another';
    ELSIF NEW.confirmed_at IS DISTINCT FROM OLD.confirmed_at OR NEW.confirmed_by IS DISTINCT FROM OLD.confirmed_by THEN
        IF OLD.confirmed_at IS NOT NULL OR NEW.confirmed_by IS DISTINCT FROM public.styr_user()
            OR NEW.confirmed_by IS NULL OR NEW.confirmed_by IS NOT DISTINCT FROM OLD.brought_by
        THEN
            RAISE insufficient_privilege USING MESSAGE = 'styr: an account takes two people';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER styr_account_is_brought BEFORE INSERT OR UPDATE ON suppliers_supplieraccount
    FOR EACH ROW EXECUTE FUNCTION styr_account_is_brought();

CREATE OR REPLACE VIEW rel_supplier_account WITH (security_invoker = true) AS
SELECT supplier_id, account::text AS account, valid_from FROM suppliers_supplieraccount WHERE confirmed_at IS NOT NULL;
