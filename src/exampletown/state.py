"""Codes that follow from the registers' true state, for any bill and independent of what was planted where."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from exampletown.words import TOWN_CODE

if TYPE_CHECKING:
    from datetime import date

    from exampletown.bills import Bill
    from exampletown.model import Citizen, Grant

AMOUNTS = "rate_high rate_low quantity uncontracted_extra"


def tell_state(bill: Bill) -> None:
    """Add to the bill's truth what a reader of the registers would find for it."""
    for grant in {entry.grant.number: entry.grant for entry in bill.entries}.values():
        until = max(entry.end for entry in bill.entries if entry.grant is grant)
        if grant.flaw == "orphan":
            bill.truth.refuse("kontrakt uden bevilling", must="no_grant", may="citizen_unclear no_contract")
            bill.truth.expected = None
            continue
        tell_contract(bill, grant, until)
        tell_citizen(bill, grant.citizen, until)
        tell_doubts(bill, grant, until)


def tell_contract(bill: Bill, grant: Grant, until: date) -> None:
    """No contract, unsigned, expired or without a price."""
    contract, truth = grant.contract, bill.truth
    if contract is None:
        truth.refuse("bevilling uden kontrakt", must="no_contract", hard="contract_unsigned?")
        return
    if contract.status != "underskrevet":
        truth.refuse("kontrakt ikke underskrevet", hard="contract_unsigned", may=f"no_contract {AMOUNTS}")
    if contract.end is not None and until > contract.end:
        truth.refuse("kontrakt udløbet", must="no_contract", may=f"outside_period {AMOUNTS}", hard="contract_unsigned?")
    if any(entry.service.line is not None and entry.service.line.unpriced for entry in bill.entries):
        truth.refuse("kontrakt uden takst", one_of="no_contract rate_high uncontracted_extra", may="quantity")
        truth.expected = None


def tell_citizen(bill: Bill, citizen: Citizen, until: date) -> None:
    """Dead, moved, or paid for by another municipality."""
    last = until - timedelta(days=1)
    if citizen.died is not None and last > citizen.died:
        bill.truth.refuse("efter dødsfald", hard="citizen_dead_or_moved", may="outside_period quantity")
    if citizen.moved_out is not None and last >= citizen.moved_out:
        bill.truth.refuse("efter fraflytning", hard="citizen_dead_or_moved", may="outside_period quantity")
    if citizen.paying != TOWN_CODE:
        bill.truth.refuse("anden betalingskommune", must="wrong_payer")


def tell_doubts(bill: Bill, grant: Grant, until: date) -> None:
    """Faults of the registers that make neither the price nor the days of this bill wrong."""
    if grant.flaw is not None and grant.flaw.startswith("double"):
        bill.truth.excuse("dobbeltbevilling", may="duplicate")
    if grant.flaw == "above_portal":
        bill.truth.excuse("takst over Tilbudsportalens", may="rate_high")
    if grant.flaw == "special":
        bill.truth.excuse("mangelfuld særtakst", may="uncontracted_extra")
    provider = grant.provider
    if provider is not None and provider.approved_to is not None and until > provider.approved_to:
        bill.truth.excuse("tilbud ikke godkendt")
    if grant.account is None:
        bill.truth.excuse("uden kontering")
