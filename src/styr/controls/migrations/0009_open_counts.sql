-- The numbers of open findings by kind, kept as findings change, since every start page shows them: counting ninety
-- thousand rows takes 40 ms each time, adding up a few hundred takes one. Changes are added as rows of their own, so that
-- two who decide findings at once never wait for each other; a whole run folds them together again.

REVOKE INSERT, UPDATE, DELETE ON controls_opencount FROM styr_app;
-- Only the functions below write here, as the owner; forced policies bind the owner too.
CREATE POLICY styr_definer ON controls_opencount TO styr_owner USING (true) WITH CHECK (true);
-- Numbers tell of hidden findings as well: whoever is kept from a case counts the rows themselves (see the view).
CREATE POLICY styr_case ON controls_opencount AS RESTRICTIVE TO styr_app USING ((SELECT styr_kept_from_nothing()));

CREATE FUNCTION controls_count_open() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.controls_opencount (id, municipality_id, unit_id, control_code, owner_role, severity, hard_stop,
                                               supplier_id, findings, known, amount_ore)
        SELECT gen_random_uuid(), municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id,
               count(*), count(amount_ore), coalesce(sum(amount_ore), 0)
        FROM new_rows WHERE status = 'open' GROUP BY 2, 3, 4, 5, 6, 7, 8;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO public.controls_opencount (id, municipality_id, unit_id, control_code, owner_role, severity, hard_stop,
                                               supplier_id, findings, known, amount_ore)
        SELECT gen_random_uuid(), municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id,
               -count(*), -count(amount_ore), -coalesce(sum(amount_ore), 0)
        FROM old_rows WHERE status = 'open' GROUP BY 2, 3, 4, 5, 6, 7, 8;
    ELSE
        INSERT INTO public.controls_opencount (id, municipality_id, unit_id, control_code, owner_role, severity, hard_stop,
                                               supplier_id, findings, known, amount_ore)
        SELECT gen_random_uuid(), municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id,
               sum(n), sum(n * (amount_ore IS NOT NULL)::int), coalesce(sum(n * amount_ore), 0)
        FROM (
            SELECT -1 AS n, municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id, amount_ore
            FROM old_rows WHERE status = 'open'
            UNION ALL
            SELECT 1, municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id, amount_ore
            FROM new_rows WHERE status = 'open'
        ) AS changed
        GROUP BY 2, 3, 4, 5, 6, 7, 8
        HAVING sum(n) <> 0 OR sum(n * (amount_ore IS NOT NULL)::int) <> 0 OR sum(n * amount_ore) <> 0;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER styr_count_open_insert AFTER INSERT ON controls_finding REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION controls_count_open();
CREATE TRIGGER styr_count_open_update AFTER UPDATE ON controls_finding
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION controls_count_open();
CREATE TRIGGER styr_count_open_delete AFTER DELETE ON controls_finding REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION controls_count_open();

-- One row a kind again. Whoever folds at the same time finds the rows gone and folds what is left.
CREATE FUNCTION controls_fold_open_counts() RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH folded AS (
        DELETE FROM public.controls_opencount WHERE municipality_id = (SELECT public.styr_municipality()) RETURNING *
    )
    INSERT INTO public.controls_opencount (id, municipality_id, unit_id, control_code, owner_role, severity, hard_stop,
                                           supplier_id, findings, known, amount_ore)
    SELECT gen_random_uuid(), municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id,
           sum(findings), sum(known), sum(amount_ore)
    FROM folded GROUP BY 2, 3, 4, 5, 6, 7, 8
    HAVING sum(findings) <> 0 OR sum(known) <> 0 OR sum(amount_ore) <> 0
$$;

CREATE VIEW rel_open_count WITH (security_invoker = true) AS
SELECT unit_id, control_code::text AS control_code, owner_role::text AS owner_role, severity::text AS severity, hard_stop,
       supplier_id, findings, known, amount_ore
FROM controls_opencount
UNION ALL
SELECT unit_id, control_code::text, owner_role::text, severity::text, hard_stop, supplier_id, count(*), count(amount_ore),
       coalesce(sum(amount_ore), 0)::bigint
FROM controls_finding WHERE status = 'open' AND NOT (SELECT styr_kept_from_nothing())
GROUP BY 1, 2, 3, 4, 5, 6;
GRANT SELECT ON rel_open_count TO styr_app;

-- The findings that are there already. The owner, who migrates, is bound by the forced policy but here.
ALTER TABLE controls_finding NO FORCE ROW LEVEL SECURITY;
INSERT INTO controls_opencount (id, municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id,
                                findings, known, amount_ore)
SELECT gen_random_uuid(), municipality_id, unit_id, control_code, owner_role, severity, hard_stop, supplier_id, count(*),
       count(amount_ore), coalesce(sum(amount_ore), 0)
FROM controls_finding WHERE status = 'open' GROUP BY 2, 3, 4, 5, 6, 7, 8;
ALTER TABLE controls_finding FORCE ROW LEVEL SECURITY;
