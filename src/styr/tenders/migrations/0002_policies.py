"""Close the tables, hold rides in their grant's unit, and every row in its tender's municipality."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

WHOLE = (
    "tender", "lot", "lotvolume", "requirement", "servicecriterion", "question", "invitation", "tenderperson", "bid",
    "bidprice", "score", "award",
)  # fmt: skip
OF_TENDER = ("lot", "requirement", "servicecriterion", "question", "invitation", "tenderperson", "bid", "tenderride")
OF_LOT = ("lotvolume", "tenderride", "bidprice", "award")
TIES = """
ALTER TABLE tenders_tenderride
    ADD CONSTRAINT tenders_tenderride_tied_by_grant_id FOREIGN KEY (grant_id, municipality_id, unit_id)
        REFERENCES grants_grant (id, municipality_id, unit_id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    ADD CONSTRAINT tenders_tenderride_tied_by_destination_id FOREIGN KEY (destination_id, municipality_id)
        REFERENCES transport_place (id, municipality_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE tenders_invitation ADD CONSTRAINT tenders_invitation_tied_by_operator_id
    FOREIGN KEY (operator_id, municipality_id) REFERENCES transport_operator (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE tenders_bid ADD CONSTRAINT tenders_bid_tied_by_operator_id
    FOREIGN KEY (operator_id, municipality_id) REFERENCES transport_operator (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE tenders_award ADD CONSTRAINT tenders_award_tied_by_contract_id
    FOREIGN KEY (contract_id, municipality_id) REFERENCES contracts_contract (id, municipality_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
UNDO_TIES = """
ALTER TABLE tenders_award DROP CONSTRAINT tenders_award_tied_by_contract_id;
ALTER TABLE tenders_bid DROP CONSTRAINT tenders_bid_tied_by_operator_id;
ALTER TABLE tenders_invitation DROP CONSTRAINT tenders_invitation_tied_by_operator_id;
ALTER TABLE tenders_tenderride DROP CONSTRAINT tenders_tenderride_tied_by_destination_id,
    DROP CONSTRAINT tenders_tenderride_tied_by_grant_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenders", "0001_tenders"),
        ("transport", "0002_policies"),
        ("trips", "0003_relations"),
        ("routes", "0002_policies"),
        ("grants", "0012_price_requests"),
        ("contracts", "0010_keepers"),
        ("access", "0016_kept_from_nothing"),
    ]
    operations = [
        *(EnableTenantPolicy(model) for model in WHOLE),
        EnableTenantPolicy("tenderride", unit="unit_id"),
        *(TieToParent(model, "tender", "tender_id", unit=False) for model in OF_TENDER),
        *(TieToParent(model, "lot", "lot_id", unit=False) for model in OF_LOT),
        TieToParent("bidprice", "bid", "bid_id", unit=False),
        TieToParent("score", "bid", "bid_id", unit=False),
        TieToParent("score", "servicecriterion", "criterion_id", unit=False),
        TieToParent("score", "tenderperson", "person_id", unit=False),
        TieToParent("award", "bid", "bid_id", unit=False),
        *(HideCases(model) for model in WHOLE),
        HideCases("tenderride", {"grant_id": "grant"}),
        migrations.RunSQL(TIES, UNDO_TIES),
    ]
