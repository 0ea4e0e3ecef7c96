"""Plants what negotiation could bring: offers dearer than all others, and special rates nobody looked at again.

Runs on random streams of its own, so that everything else in the town stays as it was. What is there is told in
``potential.csv``, found by looking through the true state.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.catalogue import OFFERS
from exampletown.reckoning import rate_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.model import Contract, ContractLine, Grant, Provider, Service, Town

POTENTIAL_COLUMNS = ("subject_kind", "subject", "reason", "note")
Row = tuple[str, str, str, str]
DEAR_OFFERS = ("midlertidigt", "længerevarende", "opholdssted", "beskyttet", "aktivitet")
SERIES = 5
"""Every so many providers of such an offer, at least one, is dear."""

_DEAR_HOURLY, _GOOD_NOTICE = 800, 60
_YEAR, _HALF_YEAR = timedelta(days=366), timedelta(days=184)


def plant_dear_offers(rng: Random, town: Town, providers: dict[str, list[Provider]]) -> None:
    """Let one in some providers cost half as much again as the dearest believable offer, on the portal too."""
    by_key = {offer.key: offer for offer in OFFERS}
    for key in DEAR_OFFERS:
        known = providers.get(key, [])
        if len(known) < SERIES:
            continue
        for provider in rng.sample(known, max(1, len(known) // (SERIES * 3))):
            goal = Decimal(by_key[key].high) * Decimal(rng.randrange(150, 180)) / 100
            factor = goal / provider.portal[-1].amount
            for rate in provider.portal:
                rate.amount = Decimal(round(rate.amount * factor))
            town.dear.add(provider.number)


def plant_special_rates(rng: Random, town: Town) -> None:
    """Let some clean special rates run without end past their evaluation, and some cost beyond belief an hour."""
    lines = [line for grant in town.grants if grant.flaw is None for line in special_lines(grant)]
    for place, line in enumerate(lines):
        if place % 4 == 1:
            line.evaluated_on = town.today - timedelta(days=rng.randrange(60, 400))
            line.rates[-1].end = None
        elif place % 4 == 2 and line.hours is not None:  # noqa: PLR2004 - the other half of every second one
            line.hourly = Decimal(rng.randrange(900, 1200))
            line.rates[-1].amount = line.hours * line.hourly


def potential(town: Town) -> Iterator[Row]:
    """``(subject kind, its number, reason, note)`` of all that is there to be negotiated, of grants that run today."""
    for grant in town.grants:
        runs = grant.start <= town.today and (grant.end is None or grant.end > town.today)
        if grant.status != "bevilget" or not runs or grant.supplier is None:
            continue
        if grant.contract is None:
            yield "grant", grant.number, "no_contract", ""
        else:
            yield from contract_reasons(grant, grant.contract, town)


def contract_reasons(grant: Grant, contract: Contract, town: Town) -> Iterator[Row]:
    """What is there on one contract that a grant buys by."""
    number = contract.number
    if contract.provider.number in town.dear:
        yield "contract", number, "price_peers", contract.provider.p_number
    if contract.notice_days > _GOOD_NOTICE:
        yield "contract", number, "terms_notice", str(contract.notice_days)
    if above_portal_today(grant, town):
        yield "contract", number, "above_portal", ""
    for line in special_lines(grant):
        if any(one.line is line and runs_today(one, town) for one in grant.services):
            yield from special_reasons(number, line, town)


def special_lines(grant: Grant) -> list[ContractLine]:
    """The special rates of the grant's contract."""
    return [] if grant.contract is None else [line for line in grant.contract.lines if line.kind == "særtakst"]


def runs_today(service: Service, town: Town) -> bool:
    """The grant buys it today."""
    begun = service.start is None or service.start <= town.today
    return begun and (service.end is None or service.end > town.today)


def special_reasons(number: str, line: ContractLine, town: Town) -> Iterator[Row]:
    """What is wrong with a special rate that is still paid."""
    if line.unpriced or rate_on(line.rates, town.today) is None:
        return
    where = f"linje {line.number}"
    if line.hours is None or line.hourly is None:
        yield "contract", number, "special_no_hours", where
    elif line.hourly > _DEAR_HOURLY:
        yield "contract", number, "special_hourly", where
    until = line.rates[-1].end
    if line.rates[0].start <= town.today - _YEAR and (until is None or until > town.today + _HALF_YEAR):
        yield "contract", number, "special_constant", where
    if line.evaluated_on is not None and line.evaluated_on < town.today:
        yield "contract", number, "special_overdue", where


def above_portal_today(grant: Grant, town: Town) -> bool:
    """The base price is above the unit's own on the portal."""
    if grant.contract is None or grant.contract.lines[0].unpriced:
        return False
    price = rate_on(grant.contract.lines[0].rates, town.today)
    reported = rate_on(grant.contract.provider.portal, town.today)
    return price is not None and reported is not None and price > reported
