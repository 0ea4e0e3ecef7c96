"""Contracts: individual ones for a citizen, frameworks for a provider unit; rates, supplements, absence terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.catalogue import DAILY_HOURS, NIGHT_WATCH, SPECIAL_HOURLY, Offer
from exampletown.days import holidays, month_start
from exampletown.habits import chance
from exampletown.model import Contract, ContractLine, Rate
from exampletown.words import SPECIAL_PURPOSES

if TYPE_CHECKING:
    from random import Random

    from exampletown.model import Citizen, Provider, Town

NO_TERMS_SHARE = 0.25
MID_MONTH_SHARE = 0.08
NIGHT_SHARE = 0.16
SPECIAL_SHARE = 0.12
ONCE_SHARE = 0.2
CALENDAR_SHARE = 0.4
SATURDAY = 5
SUMMER_WEEKS = {29, 30}


def make_calendars(town: Town) -> None:
    """Two calendars that close more than the public holidays.

    They list every closed day, weekends too, so that nobody has to guess what else is closed.
    """
    first, last = date(town.window_start.year, 1, 1), date(town.today.year + 1, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    always = {day for day in days if day.weekday() >= SATURDAY or day in holidays(day.year)}
    summer = {day for day in days if day.isocalendar().week in SUMMER_WEEKS}
    christmas = {day for day in days if (day.month, day.day) >= (12, 24) or (day.month, day.day) == (6, 5)}
    town.closed = {
        "Værksted med sommerlukning": frozenset(always | summer | christmas),
        "Jul og grundlovsdag lukket": frozenset(always | christmas),
    }


def clip_rates(rates: list[Rate], start: date) -> list[Rate]:
    """The rates that hold from ``start`` on, the first beginning there."""
    kept = [rate for rate in rates if rate.end is None or rate.end > start]
    return [
        Rate(max(rate.start, start) if n == 0 else rate.start, rate.end, rate.amount) for n, rate in enumerate(kept)
    ]


class Contracting:
    """Signs contracts in a town."""

    def __init__(self, rng: Random, town: Town) -> None:
        self.rng, self.town = rng, town

    def add(self, offer: Offer, provider: Provider, citizen: Citizen | None, start: date, end: date | None) -> Contract:
        """A signed contract with its base line; ``citizen`` is None for a framework."""
        rng, town = self.rng, self.town
        rates = clip_rates(provider.portal, start)
        if citizen is not None and chance(rng, MID_MONTH_SHARE) and start < town.window_start:
            rates = self.negotiate_down(rates)
        days, pct = self.absence_terms(offer)
        calendar = rng.choice(sorted(town.closed)) if offer.own_calendar and chance(rng, CALENDAR_SHARE) else None
        contract = Contract(
            number=f"K-{min(start, town.today).year}-{len(town.contracts) + 101:04d}",
            kind="ramme" if citizen is None else "individuel",
            supplier=provider.supplier,
            provider=provider,
            citizen=citizen,
            section=offer.section,
            start=start,
            end=end,
            notice_days=rng.choice((30, 30, 30, 60, 90)),
            status="underskrevet",
            signed=start - timedelta(days=rng.randrange(3, 60)),
            absence_days=days,
            absence_pct=pct,
            calendar=calendar,
            lines=[ContractLine(1, "basis", offer.service, offer.unit, rates)],
        )
        if citizen is not None and offer.supplements:
            self.add_supplements(contract)
        town.contracts.append(contract)
        return contract

    def negotiate_down(self, rates: list[Rate]) -> list[Rate]:
        """A lower price from a day inside a month of the window, as when the support need has become smaller."""
        rng, months = self.rng, self.town.months
        change = months[rng.randrange(2, len(months) - 1)] + timedelta(days=rng.randrange(7, 21))
        changed: list[Rate] = []
        for rate in rates:
            if rate.end is not None and rate.end <= change:
                changed.append(rate)
                continue
            lower = Decimal(round(rate.amount * Decimal(rng.randrange(90, 98)) / 100))
            if rate.start < change:
                changed.append(Rate(rate.start, change, rate.amount))
            changed.append(Rate(max(rate.start, change), rate.end, lower))
        return changed

    def absence_terms(self, offer: Offer) -> tuple[int | None, int | None]:
        """Days paid in full at the start of each absence, then the percentage that is paid."""
        if not offer.absence or chance(self.rng, NO_TERMS_SHARE):
            return None, None
        return self.rng.choice((0, 3, 5, 7, 14, 30)), self.rng.choice((0, 0, 50, 75, 80, 90))

    def add_supplements(self, contract: Contract) -> None:
        """A night watch, a special rate or a sum once at the start; a special rate tells hours, purpose and end."""
        rng, today = self.rng, self.town.today
        if chance(rng, NIGHT_SHARE):
            rates = [Rate(contract.start, None, Decimal(rng.randrange(*NIGHT_WATCH, 5)))]
            contract.lines.append(ContractLine(len(contract.lines) + 1, "tillæg", "nattevagt", "døgn", rates))
        if chance(rng, SPECIAL_SHARE):
            hours, hourly = rng.choice(DAILY_HOURS), Decimal(rng.randrange(*SPECIAL_HOURLY))
            ends = month_start(max(today, contract.start), rng.randrange(3, 14))
            rates = [Rate(contract.start, ends, hours * hourly)]
            line = ContractLine(len(contract.lines) + 1, "særtakst", "saertakst", "døgn", rates)
            line.purpose, line.hours, line.hourly = rng.choice(SPECIAL_PURPOSES), hours, hourly
            line.evaluated_on = month_start(today, rng.randrange(1, 3))
            contract.lines.append(line)
        if contract.start >= self.town.window_start and chance(rng, ONCE_SHARE):
            rates = [Rate(contract.start, None, Decimal(rng.randrange(1500, 9000, 50)))]
            contract.lines.append(ContractLine(len(contract.lines) + 1, "tillæg", "tillaeg", "engang", rates))
