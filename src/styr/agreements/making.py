"""From a document to the register: confirmed facts become a draft contract, or amend the one it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.agreements.core.codes import FieldState
from styr.agreements.core.proposing import Proposal, proposal_of
from styr.agreements.models import AgreementDocument
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.sealed import opened_text
from styr.contracts import editing
from styr.contracts import queries as contracts
from styr.contracts.agreeing import Act, agree_terms, seen_state
from styr.contracts.services import AbsenceTerms, NewContractLine, UnableToChangeContractError, register_contract
from styr.grants.acting import Actor
from styr.grants.price_limits import change_price
from styr.kernel.clock import danish_day
from styr.kernel.cpr import Cpr, InvalidCprError
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.refusal import Refusal
from styr.people import queries as people
from styr.suppliers import queries as suppliers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.contracts.core.agreement import Agreement

_CPR_LIKE = re.compile(r"(?<!\d)(\d{6})\s?[-–]?\s?(\d{4})(?!\d)")
_PERCENT = Decimal(100)
_AS_WRITTEN = "Registret er rettet, så det svarer til kontraktens dokument."


class UnableToMakeContractError(Refusal):
    """The document cannot become a contract as asked; the message says why."""


@dataclass(frozen=True)
class Matched:
    """A document's proposal with whom the registers know: supplier, provider unit and citizen, None where unknown.

    `undecided` facts still wait; `suppliers` are all that can be chosen, with CVR numbers.
    """

    document_id: UUID
    document_name: str
    contract_id: UUID | None
    undecided: int
    proposal: Proposal
    suppliers: tuple[tuple[UUID, str], ...]
    supplier_id: UUID | None
    provider_unit_id: UUID | None
    citizen_id: UUID | None


@dataclass(frozen=True)
class Difference:
    """Where a registered contract and its document differ; `code` names what can be taken over."""

    code: str
    name: str
    registered: str
    written: str


@dataclass(frozen=True, kw_only=True)
class NewContract:
    """The contract to be made, as a person left it in the form; `agreed` are its terms beside price and absence."""

    number: str
    supplier_id: UUID
    section: str
    period: Period
    lines: Sequence[NewContractLine]
    citizen_id: UUID | None
    provider_unit_id: UUID | None
    notice_days: int | None
    absence: AbsenceTerms
    agreed: Agreement | None = None


def contract_proposal(document_id: UUID) -> Matched:
    """What a document's confirmed facts say, held against the registers; five queries.

    Raises:
        DocumentNotVisibleError: there is none for the caller.
    """
    document = AgreementDocument.objects.defer("content").filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    facts = list(document.fields.order_by("position"))
    decided = {FieldState.CONFIRMED.value, FieldState.CORRECTED.value}
    proposal = proposal_of((one.name, one.final) for one in facts if one.state in decided)
    known = suppliers.all_suppliers()
    supplier_id = next((line.id for cvr in proposal.cvr for line in known if line.cvr == cvr), None)
    return Matched(
        document_id=document.id,
        document_name=document.name,
        contract_id=document.contract_id,
        undecided=sum(one.state == FieldState.PROPOSED.value for one in facts),
        proposal=proposal,
        suppliers=tuple((line.id, f"{line.name} ({line.cvr})") for line in known),
        supplier_id=supplier_id,
        provider_unit_id=_provider_unit(supplier_id, proposal.p_number),
        citizen_id=_citizen(document, proposal.citizen),
    )


def _provider_unit(supplier_id: UUID | None, p_number: str) -> UUID | None:
    if supplier_id is None or not p_number:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT provider_unit_id FROM rel_provider_unit WHERE supplier_id = %s AND p_number = %s ORDER BY 1",
            [supplier_id, p_number],
        )
        found = cursor.fetchone()
        return None if found is None else found[0]


def _citizen(document: AgreementDocument, masked: str) -> UUID | None:
    """The citizen whose number stands in the text where the confirmed fact shows its date; None for a stranger."""
    if not masked or document.text is None:
        return None
    text = opened_text(document.id, document.text)
    for match in _CPR_LIKE.finditer("\n".join(page.text for page in text.pages)):
        try:
            cpr = Cpr.parse(match[1] + match[2])
        except InvalidCprError:
            continue
        if cpr.masked == masked and (found := people.citizen_with_cpr(cpr)) is not None:
            return found
    return None


@transaction.atomic
def make_contract(*, document_id: UUID, contract: NewContract, actor_id: UUID, today: date) -> UUID:
    """Register a draft contract of a document, and tie the document to it; return the contract's id.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToMakeContractError: facts wait to be decided, it has a contract already, or the role does not reach.
        UnableToRegisterContractError, UnableToChangeContractError: the register refuses it.
    """
    document = _document(document_id)
    if document.contract_id is not None:
        raise UnableToMakeContractError("Dokumentet hører allerede til en kontrakt.")
    if document.fields.filter(state=FieldState.PROPOSED.value).exists():
        raise UnableToMakeContractError("Bekræft, ret eller udelad alle oplysninger først.")
    unit_id = None if contract.citizen_id is None else people.unit_of(contract.citizen_id)
    _require_editor(actor_id, unit_id, today)
    contract_id = register_contract(
        municipality_id=document.municipality_id,
        number=contract.number,
        supplier_id=contract.supplier_id,
        section=contract.section,
        period=contract.period,
        lines=contract.lines,
        citizen_id=contract.citizen_id,
        provider_unit_id=contract.provider_unit_id,
        notice_days=contract.notice_days,
        absence=contract.absence,
    )
    if contract.agreed is not None:
        act = Act(actor_id=actor_id, today=today, seen=seen_state(contract_id))
        agree_terms(contract_id=contract_id, terms=contract.agreed, valid_from=contract.period.start, act=act)
    _tie(document, contract_id, unit_id)
    return contract_id


def differences(card: contracts.ContractCard, proposal: Proposal) -> tuple[Difference, ...]:
    """Where the register and the document differ in what computes."""
    found = []
    last_day = None if card.ends is None else card.ends - ONE_DAY
    if proposal.last_day is not None and proposal.last_day != last_day:
        shown = "løber" if last_day is None else danish_date(last_day)
        found.append(Difference("last_day", "Sidste dag", shown, danish_date(proposal.last_day)))
    if proposal.notice_days is not None and proposal.notice_days != card.notice_days:
        shown = "ikke registreret" if card.notice_days is None else f"{card.notice_days} dage"
        found.append(Difference("notice_days", "Opsigelsesvarsel", shown, f"{proposal.notice_days} dage"))
    if proposal.free_days is not None and proposal.free_days != card.absence_free_days:
        found.append(
            Difference(
                "free_days", "Fraværsdage med fuld betaling", f"{card.absence_free_days}", f"{proposal.free_days}"
            )
        )
    registered = card.absence_billable * _PERCENT
    if proposal.billable_percent is not None and proposal.billable_percent != registered:
        shown, written = f"{registered.normalize():f} %", f"{proposal.billable_percent.normalize():f} %"
        found.append(Difference("billable", "Betaling ved fravær derefter", shown, written))
    return tuple(found)


@transaction.atomic
def amend_contract(
    *, document_id: UUID, taken: Collection[str], seen: str, actor_id: UUID, now: datetime
) -> tuple[Difference, ...]:
    """Take over some of the document's terms in its contract; returns what was changed.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToMakeContractError: it has no contract, nothing is chosen, or the role does not reach.
        UnableToChangeContractError, ContractChangedMeanwhileError: as `contracts.editing.change_terms`.
    """
    document = _document(document_id)
    if document.contract_id is None:
        raise UnableToMakeContractError("Dokumentet hører ikke til en kontrakt.")
    _require_editor(actor_id, document.unit_id, danish_day(now))
    card = contracts.contract_card(document.contract_id)
    said = contract_proposal(document_id).proposal
    chosen = tuple(one for one in differences(card, said) if one.code in taken)
    if not chosen:
        raise UnableToMakeContractError("Vælg, hvad der skal overføres.")
    codes = {one.code for one in chosen}
    last_day = None if card.ends is None else card.ends - ONE_DAY
    share = card.absence_billable
    if "billable" in codes and said.billable_percent is not None:
        share = said.billable_percent / _PERCENT
    calendars = {code: one for one, code in contracts.calendar_choices()}
    free_days = said.free_days if "free_days" in codes and said.free_days is not None else card.absence_free_days
    terms = editing.Terms(
        last_day=said.last_day if "last_day" in codes else last_day,
        notice_days=said.notice_days if "notice_days" in codes else card.notice_days,
        absence=AbsenceTerms(free_days=free_days, billable=share),
        provider_unit_id=card.provider_unit_id,
        calendar_id=calendars.get(card.calendar),
    )
    put_right = editing.PutRight(reason=_AS_WRITTEN, actor_id=actor_id, now=now)
    editing.change_terms(contract_id=card.id, terms=terms, seen=seen, put_right=put_right)
    return chosen


@transaction.atomic
def amend_price(  # noqa: PLR0913 - a price and where it belongs, all by keyword
    *, document_id: UUID, line_id: UUID, valid_from: date, amount: Decimal, seen: str, actor_id: UUID, now: datetime
) -> None:
    """Give a line of the document's contract a price of the document from a day; paid months are settled.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnableToMakeContractError: it has no contract with that line, or the role does not reach.
        UnableToChangeContractError, ContractChangedMeanwhileError: the contract refuses it.
    """
    document = _document(document_id)
    if document.contract_id is None:
        raise UnableToMakeContractError("Dokumentet hører ikke til en kontrakt.")
    _require_editor(actor_id, document.unit_id, danish_day(now))
    editing.require_seen(document.contract_id, seen)
    card = contracts.contract_card(document.contract_id)
    if line_id not in {line.id for line in card.lines}:
        raise UnableToMakeContractError("Linjen hører ikke til kontrakten.")
    if valid_from < card.starts or (card.ends is not None and valid_from >= card.ends):
        raise UnableToChangeContractError("Prisen skal begynde i kontraktens periode.")
    # Held to what the grants on the line are approved within: PriceBeyondLimitError is a refusal of the contract.
    change_price(
        contract_line_id=line_id, valid_from=valid_from, amount=amount, actor=Actor(actor_id, localdate(now), now)
    )


def _document(document_id: UUID) -> AgreementDocument:
    document = AgreementDocument.objects.defer("content", "text").filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    return document


def _require_editor(actor_id: UUID, unit_id: UUID | None, on: date) -> None:
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=unit_id, on=on):
        raise UnableToMakeContractError("Du har ikke en rolle i enheden, som må oprette og ændre kontrakter.")


def _tie(document: AgreementDocument, contract_id: UUID, unit_id: UUID | None) -> None:
    """Let a document, and what was read in it, belong to a contract and its unit."""
    for parts in (document.fields, document.clauses, document.scanned_pages):
        parts.update(contract_ref=contract_id, unit_id=unit_id)
    document.contract_id, document.unit_id = contract_id, unit_id
    document.save(update_fields=["contract", "unit"])
