"""A contract and the people around it, for the tests of drafts: who writes, who approves, who decides the terms."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID

from docx import Document

from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.contracts.editing import Terms, change_terms
from styr.contracts.models import Contract
from styr.contracts.queries import contract_card
from styr.contracts.services import AbsenceTerms
from styr.drafting import making, template_services
from styr.drafting.models import TemplateVersion
from styr.drafting.steps import Actor
from styr.drafting.written import Written
from styr.grants.models import Grant
from styr.kernel.fingerprint import fingerprint

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
WRITTEN = Written(
    description="socialpædagogisk støtte i hverdagen", hours="20", night_watch="vågen", trial="3 måneder",
    days_after_death="14",
)  # fmt: skip


@dataclass(frozen=True)
class Office:
    """Mads negotiates, Lone is the lawyer, Henrik the manager; the contract K-2026-0001 is a draft of the register."""

    mads: Persona
    lone: Persona
    henrik: Persona
    contract_id: UUID
    grant_id: UUID
    version_id: UUID

    def wanted(self) -> making.Wanted:
        """A draft for the contract."""
        return making.Wanted(self.contract_id, self.grant_id, self.version_id, WRITTEN, "/udkast/ny/", registers=True)

    def draft(self) -> UUID:
        """A draft, made by Mads."""
        return making.make_draft(wanted=self.wanted(), actor=at(self.mads))


def at(who: Persona, minutes: int = 0) -> Actor:
    """Somebody acting so many minutes past nine."""
    return Actor(who.user.id, NOW + timedelta(minutes=minutes))


def office(municipality: Municipality) -> Office:
    """The people, the contract as a draft, and the § 107 template in use. Call it in a scope that may write."""
    mads = persona("mads", municipality, Role.NEGOTIATOR)
    lone = persona("lone", municipality, Role.LAWYER)
    henrik = persona("henrik", municipality, Role.MANAGER)
    contract = Contract.objects.get(number="K-2026-0001")
    Contract.objects.filter(id=contract.id).update(status="draft", signed_on=None)
    card = contract_card(contract.id)
    terms = Terms(
        last_day=None, notice_days=30, absence=AbsenceTerms(free_days=14, billable=card.absence_billable),
        provider_unit_id=card.provider_unit_id, calendar_id=None,
    )  # fmt: skip
    change_terms(contract_id=contract.id, terms=terms, seen=fingerprint(card))
    by = template_services.By(municipality.id, lone.user.id, NOW)
    template_services.bring_library(by)
    template_services.name_own_party(cvr="12345674", ean="5798000000018", by=by)
    version = TemplateVersion.objects.get(template__code="SEL-107")
    template_services.take_into_use(version_id=version.id, by=by)
    grant = Grant.objects.get(source_id="B0000017-9")
    return Office(mads, lone, henrik, contract.id, grant.id, version.id)


def changed(word: bytes, before: str, after: str) -> bytes:
    """The Word file with some words of its paragraphs changed, as a supplier would send it back."""
    document = Document(BytesIO(word))
    for paragraph in document.paragraphs:
        if before in paragraph.text:
            paragraph.text = paragraph.text.replace(before, after)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
