"""Drafts of supplements (tillæg): to a signed contract, with what changes from a day; signed, they change the register.

A supplement goes the way of every draft. Its contract stays signed meanwhile, the clauses that it does not name stand,
and what it was approved for is the contract's year with the new price.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from styr.contracts import editing
from styr.contracts import queries as contracts
from styr.contracts.core.codes import ContractStatus
from styr.contracts.services import UnableToChangeContractError, sign_contract
from styr.drafting.amending import amend, effect_of
from styr.drafting.changing import changes_in, refuse_unfit_changes
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.written import written_of
from styr.kernel.fingerprint import fingerprint

if TYPE_CHECKING:
    from datetime import date

    from styr.contracts.queries import ContractCard
    from styr.drafting.core.changes import Changes
    from styr.drafting.models import ContractDraft
    from styr.drafting.steps import Actor
    from styr.drafting.written import Written

SUPPLEMENT: Final = "TILLAEG"
"""The code of the supplement's template in the library."""


def is_supplement(draft: ContractDraft) -> bool:
    """Whether the draft is of a supplement."""
    return draft.template_version.template.code == SUPPLEMENT


def changes_of_draft(draft: ContractDraft) -> Changes | None:
    """What a draft changes; None for one that is no supplement."""
    return changes_in(written_of(bytes(draft.facts), draft.id)) if is_supplement(draft) else None


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
    refuse_unfit_changes(card, changes_in(written))


def with_effect(card: ContractCard, written: Written, actor: Actor) -> Written:
    """What was written of a supplement, with what its changes cost as things are now.

    Raises:
        UnableToMoveDraftError: the register would refuse it.
    """
    try:
        effect = effect_of(contract_id=card.id, changes=changes_in(written), actor=actor)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    return replace(written, effect=effect.kept())


def keep_effect(draft: ContractDraft, actor: Actor) -> None:
    """Work out anew what a supplement costs, for those who approve it; nothing for other drafts."""
    if not is_supplement(draft):
        return
    written = written_of(bytes(draft.facts), draft.id)
    draft.facts = with_effect(contracts.contract_card(draft.contract_id), written, actor).sealed(draft.id)
    draft.save(update_fields=["facts"])


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


def contract_signed(draft: ContractDraft, signed_on: date, actor: Actor) -> str:
    """Both have signed: the contract is signed, or the supplement changes it from its day; what came of that, or "".

    Raises:
        UnableToMoveDraftError: the register refuses it, or a grant becomes dearer than it is approved for and than the
            actor may approve.
    """
    changes = changes_of_draft(draft)
    try:
        if changes is not None:
            return amend(contract_id=draft.contract_id, changes=changes, signed_on=signed_on, actor=actor)
        sign_contract(contract_id=draft.contract_id, signed_on=signed_on)
    except UnableToChangeContractError as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    return ""


def _seen(draft: ContractDraft) -> str:
    return fingerprint(contracts.contract_card(draft.contract_id))
