"""What the register holds of a contract's terms, told beside the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.contracts.agreed import agreed_card
from styr.kernel.danish import danish_number

if TYPE_CHECKING:
    from styr.contracts.queries import ContractCard
    from styr.drafting.core.said import Registered


def has_terms(card: ContractCard) -> bool:
    """Whether the register knows what is agreed beside price, notice and absence; one query."""
    return bool(agreed_card(card.id).periods)


def told_of(held: Registered) -> str:
    """What the register holds of the contract's terms, in a Danish sentence."""
    terms = held.terms
    share = 100 if terms.billable is None else terms.billable * 100
    told = [
        "intet varsel" if terms.notice_days is None else f"varsel {terms.notice_days} dage {terms.notice_from.danish}",
        f"fravær {terms.free_days or 0} dage fuldt ud, derefter {danish_number(share)} %",
        "død ikke aftalt" if terms.days_after_death is None else f"{terms.days_after_death} dage efter død",
        "regulering ikke aftalt" if terms.index_kind is None else terms.index_kind.danish,
        "ingen faktureringsfrist" if terms.invoice_days is None else f"faktura inden {terms.invoice_days} dage",
    ]
    return f"Registret: {'; '.join(told)}."
