"""The grant that a signed draft was written for buys on its contract from the contract's first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.timezone import localdate

from styr.contracts import queries as contracts
from styr.drafting.steps import UnableToMoveDraftError
from styr.grants.acting import Actor as Buyer
from styr.grants.approving import UnableToApproveError
from styr.grants.contracting import UnableToBuyOnContractError, buy_on_contract
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.queries import GrantNotVisibleError, grant_card
from styr.kernel.danish import danish_date

if TYPE_CHECKING:
    from styr.drafting.models import ContractDraft
    from styr.drafting.steps import Actor

_UNSEEN: Final = "Bevillingen kan du ikke se; den køber ikke på kontrakten endnu."


def bought(draft: ContractDraft, actor: Actor) -> str:
    """Let the draft's grant buy on the contract, and tell it in a Danish sentence; "" where there is nothing to do.

    Raises:
        UnableToMoveDraftError: the grant cannot buy on it, or not within what it is approved for.
    """
    if draft.grant_id is None:
        return ""
    try:
        grant = grant_card(draft.grant_id)
    except GrantNotVisibleError:
        return _UNSEEN
    card = contracts.contract_card(draft.contract_id)
    if grant.contract_id == card.id:
        return ""
    buyer = Buyer(actor.id, localdate(actor.now), actor.now)
    try:
        came = buy_on_contract(grant_id=grant.id, contract=card, actor=buyer)
    except (PriceBeyondLimitError, UnableToApproveError, UnableToBuyOnContractError) as refused:
        raise UnableToMoveDraftError(str(refused)) from refused
    told = f"Bevilling {grant.number} bruger kontrakten fra {danish_date(card.starts)}."
    if came.left:
        names = contracts.service_names()
        kept = ", ".join(names.get(one, one).lower() for one in dict.fromkeys(came.left))
        told += f" Uden kontraktlinje, og derfor med bevillingens egen pris: {kept}."
    return told
