"""Drafts of supplements (tillæg): to a signed contract, with what changes from a day; signed, they change the register.

A supplement goes the way of every draft. Its contract stays signed meanwhile, the clauses that it does not name stand,
and what it was approved for is the contract's year with the new price.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.timezone import localdate

from styr.contracts import editing
from styr.contracts import queries as contracts
from styr.contracts.agreed import Agreement, agreed_card
from styr.contracts.agreeing import Act, NewSupplement, agree_terms, seen_state
from styr.contracts.core.codes import ContractStatus
from styr.contracts.services import UnableToChangeContractError, sign_contract
from styr.drafting.facts import written_of
from styr.drafting.steps import UnableToMoveDraftError
from styr.grants.acting import Actor as Approver
from styr.grants.price_limits import price_within_limits
from styr.kernel.fingerprint import fingerprint

if TYPE_CHECKING:
    from styr.contracts.queries import ContractCard
    from styr.drafting.facts import Written
    from styr.drafting.models import ContractDraft
    from styr.drafting.steps import Actor

SUPPLEMENT: Final = "TILLAEG"
"""The code of the supplement's template in the library."""
_LONGEST_TITLE: Final = 200


@dataclass(frozen=True, slots=True)
class Change:
    """What a supplement changes from a day: a line's price, in kr. per unit, or words alone (`line_id` None)."""

    starts: date
    line_id: UUID | None
    price: Decimal | None


def is_supplement(draft: ContractDraft) -> bool:
    """Whether the draft is of a supplement."""
    return draft.template_version.template.code == SUPPLEMENT


def change_in(written: Written) -> Change:
    """What was written of a supplement's change."""
    line_id = UUID(written.line_id) if written.line_id else None
    price = Decimal(written.price) if written.price else None
    return Change(date.fromisoformat(written.starts), line_id, price)


def change_of(draft: ContractDraft) -> Change | None:
    """What a draft changes; None for one that is no supplement."""
    return change_in(written_of(bytes(draft.facts), draft.id)) if is_supplement(draft) else None


def refuse_unfit(card: ContractCard, written: Written, *, supplement: bool) -> None:
    """Refuse a draft that does not fit what its contract is.

    Raises:
        UnableToMoveDraftError: the contract is signed, or is not; the day or the line is not the contract's.
    """
    if not supplement:
        if card.status != ContractStatus.DRAFT:
            raise UnableToMoveDraftError("Der kan kun skrives et udkast, mens kontrakten er en kladde.")
        return
    if card.status != ContractStatus.SIGNED:
        raise UnableToMoveDraftError("Et tillæg kan kun skrives til en underskrevet kontrakt.")
    if not written.starts:
        raise UnableToMoveDraftError("Skriv, fra hvilken dag tillægget gælder.")
    change = change_in(written)
    if change.starts < card.starts or (card.ends is not None and change.starts >= card.ends):
        raise UnableToMoveDraftError("Tillægget skal gælde fra en dag i kontraktens periode.")
    if (change.line_id is None) != (change.price is None):
        raise UnableToMoveDraftError("En ny pris skal have både en linje og et beløb.")
    if change.line_id is not None and change.line_id not in {line.id for line in card.lines}:
        raise UnableToMoveDraftError("Linjen hører ikke til kontrakten.")


def contract_sent(draft: ContractDraft) -> None:
    """The draft goes to be signed: its contract is sent. A supplement's contract stays signed."""
    if is_supplement(draft):
        return
    try:
        editing.send_contract(contract_id=draft.contract_id, seen=_seen(draft))
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused


def contract_taken_back(draft: ContractDraft) -> None:
    """The draft does not go to be signed after all."""
    if not is_supplement(draft):
        editing.take_back_contract(contract_id=draft.contract_id, seen=_seen(draft))


def contract_signed(draft: ContractDraft, signed_on: date, actor: Actor) -> None:
    """Both have signed: the contract is signed, or the supplement changes it from its day.

    Raises:
        UnableToMoveDraftError: the register refuses it, or a grant becomes dearer than it is approved for and than the
            actor may approve.
    """
    change = change_of(draft)
    try:
        if change is None:
            sign_contract(contract_id=draft.contract_id, signed_on=signed_on)
        else:
            _amend(draft, change, signed_on, actor)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused


def _amend(draft: ContractDraft, change: Change, signed_on: date, actor: Actor) -> None:
    title = written_of(bytes(draft.facts), draft.id).description[:_LONGEST_TITLE]
    held = agreed_card(draft.contract_id).on(change.starts)
    agree_terms(
        contract_id=draft.contract_id,
        terms=held.terms if held else Agreement(),
        valid_from=change.starts,
        act=Act(actor_id=actor.id, today=localdate(actor.now), seen=seen_state(draft.contract_id)),
        supplement=NewSupplement(title=title, signed_on=signed_on),
    )
    if change.line_id is not None and change.price is not None:
        price_within_limits(
            contract_line_id=change.line_id,
            valid_from=change.starts,
            amount=change.price,
            actor=Approver(actor.id, localdate(actor.now), actor.now),
        )


def _seen(draft: ContractDraft) -> str:
    return fingerprint(contracts.contract_card(draft.contract_id))
