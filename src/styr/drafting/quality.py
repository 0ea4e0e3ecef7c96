"""Quality assurance (kvalitetssikring): the checklist answered about the newest version, and then to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.contracts import editing
from styr.contracts import queries as contracts
from styr.contracts.core.codes import LineKind
from styr.contracts.services import UnableToChangeContractError
from styr.drafting.core.codes import CheckAnswer, DraftState, Making, StepKind
from styr.drafting.models import QualityAnswer
from styr.drafting.reference.load import checklist
from styr.drafting.registering import told_of
from styr.drafting.steps import (
    Actor,
    UnableToMoveDraftError,
    latest_version,
    locked_draft,
    move,
    refuse_outside,
    refuse_state,
    take_step,
)
from styr.kernel.danish import danish_date, danish_number, danish_section
from styr.kernel.fingerprint import fingerprint
from styr.kernel.period import ONE_DAY
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from styr.contracts.queries import ContractCard
    from styr.drafting.reading import Read
    from styr.grants.queries import GrantCard
    from styr.suppliers.queries import ProviderUnitCard, SupplierCard

_OPEN: Final = (DraftState.WORK, DraftState.APPROVAL, DraftState.APPROVED)
_LEFT_OVER: Final = ("{{", "}}", "{%", "[…]", "XXX", "xxxx", "____")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the program can tell about an item: `fine` is None where a person must judge it."""

    text: str
    fine: bool | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the evidence is told from."""

    card: ContractCard
    supplier: SupplierCard
    grant: GrantCard | None
    read: Read

    @property
    def place(self) -> ProviderUnitCard | None:
        """The provider unit that the contract names."""
        return next((one for one in self.supplier.provider_units if one.id == self.card.provider_unit_id), None)


def known_of(card: ContractCard, grant: GrantCard | None, read: Read) -> Known:
    """Gather what the evidence is told from; the supplier's four queries."""
    return Known(card, suppliers.supplier_card(card.supplier_id), grant, read)


def evidence_of(known: Known) -> dict[str, Evidence]:
    """What the program can tell, by the name that the checklist gives it."""
    return {name: tell(known) for name, tell in _TOLD.items()}


@transaction.atomic
def answer(*, draft_id: UUID, code: str, said: CheckAnswer | None, note: str, actor: Actor) -> None:
    """Answer an item about the newest version, or take the answer back (None).

    Raises:
        UnableToMoveDraftError: the draft is not open, there is no such item, or it must be answered with yes.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, _OPEN)
    item = checklist().item(code)
    if item is None:
        raise UnableToMoveDraftError("Det punkt findes ikke på tjeklisten.")
    version = latest_version(draft)
    if said is None:
        QualityAnswer.objects.filter(version=version, code=code).delete()
        return
    if said is CheckAnswer.NOT_RELEVANT and not item.optional:
        raise UnableToMoveDraftError("Det punkt skal altid være i orden.")
    facts = {"answer": said.value, "note": note.strip()[:300], "answered_at": actor.now, "answered_by_id": actor.id}
    of_draft = {"municipality_id": draft.municipality_id, "unit_id": draft.unit_id, "contract_ref": draft.contract_id}
    QualityAnswer.objects.update_or_create(
        version=version, code=code, defaults=facts, create_defaults={**facts, **of_draft}
    )


@transaction.atomic
def send_to_signing(*, draft_id: UUID, actor: Actor) -> None:
    """Say that the approved draft is quality-assured and goes to be signed; the contract of the register is sent.

    Raises:
        UnableToMoveDraftError: it is not approved, an item is unanswered, its PDF is not made, or the contract of the
            register is no draft.
    """
    draft = locked_draft(draft_id)
    refuse_outside(draft.unit_id, Permission.EDIT_CONTRACTS, actor)
    refuse_state(draft, (DraftState.APPROVED,))
    version = latest_version(draft)
    answered = set(version.answers.values_list("code", flat=True))
    missing = [item.question for item in checklist().items if item.code not in answered]
    if missing:
        raise UnableToMoveDraftError(f"Kvalitetssikringen mangler {len(missing)} punkter, først: {missing[0]}")
    if version.making == Making.WAITING:
        raise UnableToMoveDraftError("PDF-filen dannes stadig. Vent et øjeblik, og prøv igen.")
    try:
        seen = fingerprint(contracts.contract_card(draft.contract_id))
        editing.send_contract(contract_id=draft.contract_id, seen=seen)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    move(draft, DraftState.READY, actor)
    take_step(draft, StepKind.READY, actor, version=version)


def _supplier(known: Known) -> Evidence:
    kind = "enkeltmandsvirksomhed" if known.supplier.kind == "sole_proprietor" else ""
    told = f"{known.supplier.name}, CVR {known.supplier.cvr}" + (f" ({kind})" if kind else "")
    if kind:
        return Evidence(f"{told}. Enkeltmandsvirksomheder må ikke drive tilbud fra 2025.", fine=False)
    return Evidence(told + (f", {known.place.name}, P-nr. {known.place.p_number}" if known.place else ""), fine=None)


def _approval(known: Known) -> Evidence:
    place = known.place
    if place is None:
        return Evidence("Kontrakten nævner intet tilbud.", fine=False)
    first = known.card.starts
    if place.approved_from is None or place.approved_from > first:
        return Evidence(f"{place.name} er ikke godkendt på kontraktens første dag.", fine=False)
    if place.approved_to is not None and place.approved_to <= first:
        return Evidence(f"Godkendelsen udløb {danish_date(place.approved_to - ONE_DAY)}.", fine=False)
    told = f"{place.name} er godkendt til {danish_section(place.section)} fra {danish_date(place.approved_from)}"
    return Evidence(told + ".", fine=place.section == known.card.section)


def _grant(known: Known) -> Evidence:
    grant = known.grant
    if grant is None:
        return Evidence("Udkastet er ikke knyttet til en bevilling.", fine=False)
    told = f"Bevilling {grant.number} efter {danish_section(grant.section)} fra {danish_date(grant.starts)}"
    covers = grant.starts <= known.card.starts and (
        grant.ends is None or (known.card.ends is not None and known.card.ends <= grant.ends)
    )
    same = grant.section == known.card.section
    return Evidence(told + ("." if covers and same else ", men paragraf eller periode er en anden end kontraktens."),
                    fine=covers and same)  # fmt: skip


def _portal(known: Known) -> Evidence:
    base = next((one for one in known.card.lines if one.kind == LineKind.BASE and one.rates), None)
    if base is None:
        return Evidence("Kontrakten har ingen grundtakst.", fine=False)
    agreed, first = base.rates[-1].amount, known.card.starts
    listed = [
        rate.amount
        for rate in (known.place.portal_rates if known.place else ())
        if rate.service == base.service and rate.unit == base.unit and rate.valid_from <= first
        and (rate.valid_to is None or rate.valid_to > first)
    ]  # fmt: skip
    if not listed:
        return Evidence(f"Aftalt {danish_number(agreed)} kr.; Tilbudsportalens takst kendes ikke.", fine=None)
    told = f"Aftalt {danish_number(agreed)} kr.; på Tilbudsportalen {danish_number(listed[0])} kr."
    return Evidence(told, fine=agreed <= listed[0])


def _special(known: Known) -> Evidence:
    special = [line for line in known.card.lines if line.kind == LineKind.SPECIAL]
    if not special:
        return Evidence("Kontrakten har ingen særtakst.", fine=None)
    loose = [one for one in special if not (one.hours and one.hourly_rate and one.purpose and one.evaluation_on)]
    if loose:
        return Evidence(f"{len(loose)} af {len(special)} særtakster mangler timer, timepris, formål eller dato.",
                        fine=False)  # fmt: skip
    return Evidence("Alle særtakster har timer, timepris, formål og dato for evaluering.", fine=True)


def _terms(known: Known) -> Evidence:
    red, missing = known.read.red, known.read.missing
    if not red and not missing:
        return Evidence("Ingen risici og ingen manglende vilkår.", fine=True)
    return Evidence(f"Risici: {red}. Manglende vilkår: {missing}.", fine=None)


def _text(known: Known) -> Evidence:
    left = next((sign for line in known.read.lines for sign in _LEFT_OVER if sign in line.text), None)
    if left is not None:
        return Evidence(f"Teksten har en rest af skabelonen: »{left}«.", fine=False)
    return Evidence("Ingen rester af skabelonen fundet.", fine=None)


_TOLD: Final[Mapping[str, Callable[[Known], Evidence]]] = {
    "supplier": _supplier,
    "approval": _approval,
    "grant": _grant,
    "portal": _portal,
    "special": _special,
    "terms": _terms,
    "text": _text,
    "register": lambda known: Evidence(told_of(known.card), fine=None),
}
