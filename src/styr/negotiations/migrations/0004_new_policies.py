"""Close the new tables; letters and meetings lie where their negotiation does, and a letter that was sent stays."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

PARTS = ("caseletter", "casemeeting")
SENT = """
CREATE FUNCTION negotiations_letter_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
    -- The sealed words change with the key alone: `rotate_keys` writes the same under a new one.
    IF OLD.sent_on IS NOT NULL
        AND (NEW.subject, NEW.sent_on, NEW.sent_to) IS DISTINCT FROM (OLD.subject, OLD.sent_on, OLD.sent_to) THEN
        RAISE EXCEPTION 'a letter that was sent is not changed'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'case_letter_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_letter_stays BEFORE UPDATE ON negotiations_caseletter
    FOR EACH ROW EXECUTE FUNCTION negotiations_letter_stays();
"""
UNDO_SENT = """
DROP TRIGGER case_letter_stays ON negotiations_caseletter;
DROP FUNCTION negotiations_letter_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("negotiations", "0003_prepared_potential_and_letters"),
        ("negotiations", "0002_policies"),
        ("access", "0018_two_for_a_role"),
    ]
    operations = [
        EnableTenantPolicy("ownshare"),
        EnableTenantPolicy("potentialstand"),
        EnableTenantPolicy("potentialrow", unit="unit_id"),
        HideCases("potentialrow", {"grant_id": "grant"}),
        EnableTenantPolicy("potentialvolume", unit="unit_id"),
        HideCases("potentialvolume"),
        *(EnableTenantPolicy(model, unit="unit_id") for model in PARTS),
        *(HideCases(model, {"grant_ref": "grant"}) for model in PARTS),
        *(TieToParent(model, "negotiation", "negotiation_id") for model in PARTS),
        migrations.RunSQL(SENT, UNDO_SENT),
    ]
