"""Close the tables, and keep people from the drafts of cases that are not theirs."""

from django.db import migrations

from styr.access.hiding import HideCases
from styr.access.rls import EnableTenantPolicy, TieToParent

COMMON = ("ownparty", "contracttemplate", "templateversion")
PARTS = ("draftversion", "draftstep", "qualityanswer", "signedfile")


def _closed(model: str, column: str) -> tuple[EnableTenantPolicy, HideCases]:
    return EnableTenantPolicy(model, unit="unit_id", nullable_unit=True), HideCases(model, {column: "contract"})


class Migration(migrations.Migration):
    dependencies = [("drafting", "0001_drafts"), ("access", "0016_kept_from_nothing")]
    operations = [
        *(EnableTenantPolicy(model) for model in COMMON),
        *_closed("contractdraft", "contract_id"),
        *(operation for model in PARTS for operation in _closed(model, "contract_ref")),
        *(TieToParent(model, "contractdraft", "draft_id") for model in ("draftversion", "draftstep", "signedfile")),
        TieToParent("qualityanswer", "draftversion", "version_id"),
    ]
