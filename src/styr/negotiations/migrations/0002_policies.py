"""Close the tables, keep roles apart, let nobody move without consent, and let nothing be counted twice."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

NEGOTIATES = """
CREATE FUNCTION styr_negotiates() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    t CONSTANT public.access_token := public.styr_token();
    today CONSTANT date := public.styr_today();
BEGIN
    RETURN t.id IS NOT NULL AND (t.user_id IS NULL OR EXISTS (
        SELECT FROM public.access_membership AS m
        WHERE m.user_id = t.user_id AND m.municipality_id = t.municipality_id AND m.role IN ('negotiator', 'manager')
          AND m.starts <= today AND (m.ends IS NULL OR m.ends > today)));
END
$$;
REVOKE ALL ON FUNCTION styr_negotiates() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION styr_negotiates() TO styr_app;
"""
TIES = """
ALTER TABLE negotiations_negotiation
    ADD CONSTRAINT negotiations_negotiation_of_grant FOREIGN KEY (grant_id, municipality_id, unit_id)
        REFERENCES grants_grant (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT negotiations_negotiation_of_supplier FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE negotiations_saving
    ADD CONSTRAINT negotiations_saving_of_grant FOREIGN KEY (grant_id, municipality_id, unit_id)
        REFERENCES grants_grant (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT negotiations_saving_of_supplier FOREIGN KEY (supplier_id, municipality_id)
        REFERENCES suppliers_supplier (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE negotiations_saving DROP CONSTRAINT negotiations_saving_of_supplier,
    DROP CONSTRAINT negotiations_saving_of_grant;
ALTER TABLE negotiations_negotiation DROP CONSTRAINT negotiations_negotiation_of_supplier,
    DROP CONSTRAINT negotiations_negotiation_of_grant;
"""
APART = """
CREATE FUNCTION negotiations_roles_apart() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (
        SELECT FROM grants_grant g JOIN access_user u ON u.id = NEW.negotiator_id
        WHERE (g.id = NEW.grant_id OR g.contract_id = NEW.contract_id) AND g.status IN ('granted', 'expected')
          AND lower(btrim(g.caseworker)) IN (lower(btrim(u.name)), lower(btrim(u.username))) AND btrim(g.caseworker) <> ''
    ) THEN
        RAISE EXCEPTION 'the negotiator is the caseworker of the grant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'negotiation_roles_apart';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER negotiation_roles_apart BEFORE INSERT OR UPDATE ON negotiations_negotiation
    FOR EACH ROW EXECUTE FUNCTION negotiations_roles_apart();
"""
UNDO_APART = """
DROP TRIGGER negotiation_roles_apart ON negotiations_negotiation;
DROP FUNCTION negotiations_roles_apart();
"""
HELD = """
CREATE FUNCTION negotiations_saving_held() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $$
BEGIN
    -- Two at once about one grant wait for each other, so that neither is blind to the other.
    PERFORM pg_advisory_xact_lock(hashtextextended('negotiations_saving ' || NEW.grant_id::text, 0));
    IF NEW.service_line_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM grants_serviceline l WHERE l.id = NEW.service_line_id AND l.grant_id = NEW.grant_id
    ) THEN
        RAISE EXCEPTION 'the line is none of the grant'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'saving_line_of_grant';
    END IF;
    IF NEW.status <> 'dropped' AND EXISTS (
        SELECT FROM negotiations_saving s
        WHERE s.grant_id = NEW.grant_id AND s.id <> NEW.id AND s.status <> 'dropped'
          AND (s.measure = 'sum' OR NEW.measure = 'sum')
          AND s.starts < coalesce(NEW.ends, 'infinity') AND NEW.starts < coalesce(s.ends, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a sum and another saving on the same days of a grant'
            USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'saving_sum_stands_alone';
    END IF;
    IF NEW.kind = 'relocation' AND NEW.status IN ('agreed', 'realised') AND NOT EXISTS (
        SELECT FROM people_consent c JOIN grants_grant g ON g.citizen_id = c.citizen_id
        WHERE c.id = NEW.consent_id AND g.id = NEW.grant_id AND lower(c.purpose) = 'flytning'
          AND c.given_on <= NEW.agreed_on AND (c.withdrawn_on IS NULL OR c.withdrawn_on > NEW.agreed_on)
    ) THEN
        RAISE EXCEPTION 'nobody is moved without a consent that holds'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'saving_moves_by_consent';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER saving_held BEFORE INSERT OR UPDATE ON negotiations_saving
    FOR EACH ROW EXECUTE FUNCTION negotiations_saving_held();
"""
UNDO_HELD = """
DROP TRIGGER saving_held ON negotiations_saving;
DROP FUNCTION negotiations_saving_held();
"""
VIEW = """
CREATE VIEW rel_saving WITH (security_invoker = true) AS
SELECT id AS saving_id, agreed_key, unit_id, grant_id, service_line_id AS service_id, supplier_id, kind::text AS kind,
       status::text AS status, measure::text AS measure, baseline, agreed, baseline_quantity, agreed_quantity,
       starts, ends
FROM negotiations_saving;
GRANT SELECT ON rel_saving TO styr_app;
"""
ANALYZE = """
CREATE FUNCTION negotiations_analyze(name text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public SET lock_timeout = '1s' AS $$
BEGIN
    IF name NOT LIKE 'negotiations\\_%' THEN
        RAISE EXCEPTION '% is no table of negotiations', name;
    END IF;
    EXECUTE format('ANALYZE public.%I', name);
EXCEPTION WHEN lock_not_available THEN
    -- Somebody else is counting the same table at this moment, which does as well.
    RETURN;
END $$;
REVOKE ALL ON FUNCTION negotiations_analyze(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION negotiations_analyze(text) TO styr_app;
"""
PARTS = ("caseentry", "caseargument")


def _closed(model: str, column: str) -> tuple[EnableTenantPolicy, HideCases]:
    return EnableTenantPolicy(model, unit="unit_id"), HideCases(model, {column: "grant"})


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0001_savings_and_cases"),
        ("deliveries", "0002_policies"),
        ("grants", "0004_relations"),
        ("people", "0002_policies"),
        ("suppliers", "0002_policies"),
        ("access", "0016_kept_from_nothing"),
    ]
    operations = [
        migrations.RunSQL(NEGOTIATES, "DROP FUNCTION styr_negotiates()"),
        EnableTenantPolicy("argumenttemplate"),
        EnableTenantPolicy("pastresult"),
        *_closed("negotiation", "grant_id"),
        *_closed("saving", "grant_id"),
        *(operation for model in PARTS for operation in _closed(model, "grant_ref")),
        EnableTenantPolicy(
            "caselimit", unit="unit_id", readers="(SELECT styr_negotiates())", writers="(SELECT styr_negotiates())"
        ),
        HideCases("caselimit", {"grant_ref": "grant"}),
        HideCases("pastresult"),
        HideCases("argumenttemplate"),
        *(TieToParent(model, "negotiation", "negotiation_id") for model in (*PARTS, "caselimit", "saving")),
        migrations.RunSQL(TIES, UNDO_TIES),
        migrations.RunSQL(APART, UNDO_APART),
        migrations.RunSQL(HELD, UNDO_HELD),
        migrations.RunSQL(VIEW, "DROP VIEW rel_saving"),
        migrations.RunSQL(ANALYZE, "DROP FUNCTION negotiations_analyze(text)"),
    ]
