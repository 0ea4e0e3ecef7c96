"""An agreement that was handed in, and a contract on its way to be signed."""

from uuid import UUID

from db.agreements.test_making import CONTRACT
from db.drafting.journey import office
from styr.access.core.roles import Role
from styr.access.scope import service_scope
from styr.agreements.services import HandedIn, take_document
from styr.drafting.models import TemplateVersion
from web.steps.town import Beside

ABOUT: dict[str, dict[str, str]] = {
    "agreement_document": {"document_id": "document"},
    "agreement_part": {"document_id": "document"},
    "agreement_contract": {"document_id": "document"},
    "contract_template": {"template_id": "template"},
    **{
        name: {"draft_id": "draft"}
        for name in ("draft", "draft_version", "draft_anew", "draft_sign", "draft_version_new", "draft_quality")
    },
}


def made(town: Beside) -> dict[str, UUID]:
    """Read a contract in words, and write another of the library's template."""
    with service_scope(town.municipality.id, "test"):
        document = take_document(
            municipality_id=town.municipality.id, contract_id=None, actor_id=town.who(Role.NEGOTIATOR), now=town.now,
            file=HandedIn("aftale.txt", CONTRACT.format(cvr="12345674").encode()),
        )  # fmt: skip
        desk = office(town.municipality)
        template = TemplateVersion.objects.get(id=desk.version_id).template_id
        return {"document": document, "template": template, "draft": desk.draft()}
