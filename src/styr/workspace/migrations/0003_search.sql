-- Search goes through one function that gives ids. Under a policy PostgreSQL does not use indexes for @@ and LIKE, since
-- those operators are not leakproof; the function is the owner's, reads by the indexes, and applies the same scope
-- itself. Whoever asks then reads the rows under the policies as always, so what those hide besides stays hidden.

-- A citizen's names as words: small letters, å for aa, no accents. Kept in step with `core/searching.py` by a test.
CREATE FUNCTION styr_name_words(first_name text, last_name text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT to_tsvector('pg_catalog.simple'::regconfig, replace(
        lower(translate(first_name || ' ' || last_name, 'ÆÄØÖÅÉÈËÜÁÀÍÓÚÝäöéèëüáàíóúý-''', 'ææøøåeeeuaaiouyæøeeeuaaiouy  ')
              COLLATE "C"), 'aa', 'å'))
$$;
CREATE INDEX citizen_words ON people_citizen USING gin (styr_name_words(first_name, last_name));
CREATE INDEX contract_number_start ON contracts_contract (municipality_id, number text_pattern_ops);
CREATE INDEX grant_number_start ON grants_grant (municipality_id, number text_pattern_ops);
CREATE INDEX invoice_number_start ON invoices_invoice (municipality_id, number text_pattern_ops);

-- Forced policies bind the owner too; for the owner's functions alone (nobody logs in as the owner but migrations) these
-- four tables are open to be read.
CREATE POLICY styr_definer ON people_citizen FOR SELECT TO styr_owner USING (true);
CREATE POLICY styr_definer ON contracts_contract FOR SELECT TO styr_owner USING (true);
CREATE POLICY styr_definer ON grants_grant FOR SELECT TO styr_owner USING (true);
CREATE POLICY styr_definer ON invoices_invoice FOR SELECT TO styr_owner USING (true);

-- What the scope's token sees that begins as asked; a needle that is null is not looked for. `most` rows of each kind.
CREATE FUNCTION styr_find(
    name_words tsquery, name_start text, supplier_start text, cvr_start text, contract_start text, grant_start text,
    invoice_start text, most int
) RETURNS TABLE (kind text, id uuid, place bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here CONSTANT uuid := public.styr_municipality();
    everywhere CONSTANT boolean := public.styr_all_units();
    units CONSTANT uuid[] := public.styr_units();
    beyond CONSTANT text := chr(1114111);
BEGIN
    IF name_words IS NOT NULL THEN
        RETURN QUERY SELECT 'citizen', c.id, row_number() OVER (
                ORDER BY NOT (c.sort_key COLLATE "C" >= name_start AND c.sort_key COLLATE "C" < (name_start || beyond)),
                         c.sort_key, c.id)
            FROM public.people_citizen AS c
            WHERE public.styr_name_words(c.first_name, c.last_name) @@ name_words AND c.municipality_id = here
              AND (everywhere OR c.unit_id = ANY (units))
            ORDER BY 3 LIMIT most;
    END IF;
    IF supplier_start IS NOT NULL OR cvr_start IS NOT NULL THEN
        RETURN QUERY SELECT 'supplier', s.id, row_number() OVER (
                ORDER BY NOT starts_with(lower(s.name), supplier_start), lower(s.name) COLLATE "C", s.id)
            FROM public.suppliers_supplier AS s
            WHERE s.municipality_id = here
              AND (starts_with(lower(s.name), supplier_start) OR strpos(lower(s.name), ' ' || supplier_start) > 0
                   OR starts_with(s.cvr, cvr_start))
            ORDER BY 3 LIMIT most;
    END IF;
    IF contract_start IS NOT NULL THEN
        RETURN QUERY SELECT 'contract', k.id, row_number() OVER (ORDER BY k.number COLLATE "C", k.id)
            FROM public.contracts_contract AS k
            WHERE k.municipality_id = here AND k.number ~>=~ contract_start AND k.number ~<~ (contract_start || beyond)
              AND (everywhere OR k.unit_id IS NULL OR k.unit_id = ANY (units))
            ORDER BY 3 LIMIT most;
    END IF;
    IF grant_start IS NOT NULL THEN
        RETURN QUERY SELECT 'grant', g.id, row_number() OVER (ORDER BY g.number COLLATE "C", g.id)
            FROM public.grants_grant AS g
            WHERE g.municipality_id = here AND g.number ~>=~ grant_start AND g.number ~<~ (grant_start || beyond)
              AND (everywhere OR g.unit_id = ANY (units))
            ORDER BY 3 LIMIT most;
    END IF;
    IF invoice_start IS NOT NULL THEN
        RETURN QUERY SELECT 'invoice', i.id, row_number() OVER (
                ORDER BY i.number <> invoice_start, i.issue_date DESC NULLS LAST, i.id)
            FROM public.invoices_invoice AS i
            WHERE i.municipality_id = here AND i.number ~>=~ invoice_start AND i.number ~<~ (invoice_start || beyond)
              AND (everywhere OR i.unit_id IS NULL OR i.unit_id = ANY (units))
            ORDER BY 3 LIMIT most;
    END IF;
END
$$;
