-- Rows of a case leave in one way only: by a job of purpose `erase`, under an erasure that two people have approved.
-- What the app role may never delete (decisions, paid months, events) goes with the case here and nowhere else.

CREATE FUNCTION people_erase(from_table text, ids uuid[], under uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    source CONSTANT regclass := format('public.%I', from_table)::regclass;
    key text := 'id';
    gone bigint;
BEGIN
    IF public.styr_purpose() IS DISTINCT FROM 'erase' THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: only a job of purpose erase erases';
    END IF;
    IF NOT EXISTS (
        SELECT FROM public.people_erasure AS e
        WHERE e.id = under AND e.municipality_id = public.styr_municipality() AND e.state = 'approved'
          AND e.first_approver_id IS NOT NULL AND e.second_approver_id IS NOT NULL
          AND e.first_approver_id <> e.second_approver_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'styr: the erasure is not approved by two';
    END IF;
    IF from_table IN ('people_erasure', 'people_erasureevent') OR from_table LIKE 'access\_%' OR from_table LIKE 'audit\_%'
       OR NOT EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = source AND a.attname = 'municipality_id') THEN
        RAISE insufficient_privilege USING MESSAGE = format('styr: rows of %s are not erased', source);
    END IF;
    IF EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = source AND a.attname = 'pgh_obj_id') THEN
        key := 'pgh_obj_id';
    END IF;
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1) AND municipality_id = public.styr_municipality()', source, key)
        USING ids;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
REVOKE EXECUTE ON FUNCTION people_erase(text, uuid[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION people_erase(text, uuid[], uuid) TO styr_app;
