"""The right amount, the slow and obvious way: one day at a time, exact fractions, rounded once.

Independent of the program that the town is made for. Amounts are in kroner; a month's amount for a service line is
rounded to the øre, half away from zero.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from exampletown.days import days_in_month, is_opening_day

if TYPE_CHECKING:
    from datetime import date

    from exampletown.model import Contract, Grant, Rate, Service

PERCENT = 100


@dataclass(frozen=True, slots=True)
class Share:
    """``days`` days at one price and one billable percentage. ``first`` is the first of them."""

    first: date
    days: int
    price: Decimal
    percent: int


def round_ore(exact: Fraction) -> Decimal:
    """Kroner with two decimals, half away from zero."""
    ore = exact * PERCENT
    whole = (2 * abs(ore.numerator) + ore.denominator) // (2 * ore.denominator)
    return Decimal(whole if ore >= 0 else -whole) / PERCENT


def billable_percent(grant: Grant, day: date) -> int:
    """100, or what the contract pays from the day when an absence's free days are used up."""
    contract = grant.contract
    if contract is None or contract.absence_days is None or contract.absence_pct is None:
        return PERCENT
    for absence in grant.absences:
        if absence.start + timedelta(days=contract.absence_days) <= day < absence.end:
            return contract.absence_pct
    return PERCENT


def price_on(service: Service, day: date) -> Decimal | None:
    """The unit price that day: from the contract line, or the grant's own."""
    if service.line is None:
        return service.own_rate
    return rate_on(service.line.rates, day)


def rate_on(rates: list[Rate], day: date) -> Decimal | None:
    """The amount that holds on ``day``, or None."""
    for rate in rates:
        if rate.start <= day and (rate.end is None or day < rate.end):
            return rate.amount
    return None


def calendar_of(contract: Contract | None, closed: dict[str, frozenset[date]]) -> frozenset[date] | None:
    """The contract's closed days, or None for the public calendar."""
    return closed[contract.calendar] if contract is not None and contract.calendar else None


def shares(
    grant: Grant,
    service: Service,
    span: tuple[date, date],
    closed: dict[str, frozenset[date]],
    *,
    register: bool = True,
) -> list[Share]:
    """The days of the half-open ``span`` that are owed, grouped by price and percentage, in order of the first day.

    With ``register`` false the grant's own period is not looked at: what a supplier bills that does not know it ended.
    """
    start, end = span
    lower = max(d for d in (start, grant.start if register else None, service.start) if d)
    upper = min(d for d in (end, grant.end if register else None, service.end) if d)
    calendar = calendar_of(grant.contract, closed)
    counted: Counter[tuple[Decimal, int]] = Counter()
    first: dict[tuple[Decimal, int], date] = {}
    day, one = lower, timedelta(days=1)
    while day < upper:
        if service.unit != "åbningsdag" or is_opening_day(day, calendar):
            price = price_on(service, day)
            if price is not None:
                key = (price, billable_percent(grant, day) if grant.absences else PERCENT)
                counted[key] += 1
                first.setdefault(key, day)
        day += one
    return [Share(first[key], days, *key) for key, days in counted.items()]


def daily_quantity(service: Service, month: date) -> Fraction:
    """Units that fall on one (opening) day."""
    quantity = Fraction(service.quantity)
    if service.per == "uge":
        return quantity / 7
    if service.per == "måned":
        return quantity / days_in_month(month)
    return quantity


def month_amount(service: Service, month: date, parts: list[Share]) -> Decimal:
    """What the shares of one month cost together."""
    per_day = daily_quantity(service, month) * Fraction(service.factor)
    exact = sum((Fraction(p.price) * p.days * p.percent * per_day / PERCENT for p in parts), Fraction(0))
    return round_ore(exact)
