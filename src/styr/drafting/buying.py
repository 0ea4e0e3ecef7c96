"""The grant that a signed draft was written for buys on its contract from the contract's first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.contracts import queries as contracts
from styr.grants.contracting import buy_on_contract
from styr.grants.queries import GrantNotVisibleError, grant_card
from styr.kernel.danish import danish_date

if TYPE_CHECKING:
    from styr.drafting.models import ContractDraft
    from styr.drafting.steps import Actor


def bought(draft: ContractDraft, actor: Actor) -> str:
    """Let the draft's grant buy on the contract, and tell it in a Danish sentence; "" where there is nothing to do."""
    if draft.grant_id is None:
        return ""
    try:
        grant = grant_card(draft.grant_id)
    except GrantNotVisibleError:
        return ""
    card = contracts.contract_card(draft.contract_id)
    if grant.contract_id == card.id:
        return ""
    came = buy_on_contract(grant_id=grant.id, contract=card, now=actor.now)
    told = f"Bevilling {grant.number} køber på kontrakten fra {danish_date(card.starts)}."
    if came.left:
        names = contracts.service_names()
        kept = ", ".join(names.get(one, one).lower() for one in came.left)
        told += f" Uden kontraktlinje, og derfor med bevillingens egen pris: {kept}."
    return told
