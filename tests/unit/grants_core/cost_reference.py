"""The slow, obvious reference of the expected cost: day by day, in fractions, rounded once a service and month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from uuid import UUID

from styr.kernel.calendar import is_opening_day

OPEN = date(9999, 12, 31)


@dataclass(frozen=True)
class Line:
    """A service line as a person would write it down."""

    unit: str
    per: str
    starts: date
    ends: date | None = None
    quantity: Decimal = Decimal(1)
    factor: Decimal = Decimal(1)
    rates: tuple[tuple[date, date | None, Decimal], ...] = ()
    absence: tuple[tuple[date, date | None, Decimal], ...] = ()
    dates: tuple[date, ...] = ()
    calendar: UUID | None = None


@dataclass
class Month:
    """What one service costs in one month."""

    quantity: Fraction = Fraction(0)
    cost: Fraction = Fraction(0)
    unpriced_days: int = 0
    ore: int = 0


ORIGIN = date(2023, 12, 20)
KNOWN = (ORIGIN, ORIGIN + timedelta(days=700))
STANDARD, OWN = UUID(int=1), UUID(int=2)
_ALL = [ORIGIN + timedelta(days=offset) for offset in range(700)]
OPEN_DAYS = {STANDARD: {day for day in _ALL if is_opening_day(day)}, OWN: {day for day in _ALL if day.day % 3}}
"""Two calendars: the standard one, and one of a place that is closed every third day of a month."""


@dataclass(frozen=True)
class Days:
    """The horizon."""

    start: date
    end: date


def expected(line: Line, days: Days) -> dict[date, Month]:
    """Return the months in which the line runs within the horizon."""
    months = _once(line, days) if line.unit == "once" else _running(line, days)
    for month in months.values():
        month.ore = round_ore(month.cost)
    if line.per == "total" and line.unit != "once" and line.ends:
        _cumulated(line, days, months)
    return months


def _cumulated(line: Line, days: Days, months: dict[date, Month]) -> None:
    """The months of a total: rounded sums from the service's first day, one less the other."""
    before = sum((month.cost for month in _running(line, Days(line.starts, days.start)).values()), Fraction(0))
    for first in sorted(months):
        after = before + months[first].cost
        months[first].ore = round_ore(after) - round_ore(before)
        before = after


def round_ore(kroner: Fraction) -> int:
    """Round kroner to øre, half away from zero, by way of decimals that are wide enough to be exact at the half."""
    ore = abs(kroner) * 100
    whole, rest = divmod(ore.numerator, ore.denominator)
    up = Fraction(rest, ore.denominator) >= Fraction(1, 2)
    return (whole + up) * (1 if kroner >= 0 else -1)


def four_decimals(quantity: Fraction) -> Decimal:
    """Round a quantity to four decimals, half away from zero."""
    with_margin = Decimal(quantity.numerator * 10**9 // quantity.denominator).scaleb(-9)
    return with_margin.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def _running(line: Line, days: Days) -> dict[date, Month]:
    months: dict[date, Month] = {}
    day = max(line.starts, days.start)
    while day < min(line.ends or OPEN, days.end):
        month = months.setdefault(day.replace(day=1), Month())
        amount = _rate(line, day)
        a_day = _quantity_a_day(line, day)
        unpriced = amount is None or a_day is None
        month.unpriced_days += unpriced
        billed = (a_day or 0) * _billable(line, day)
        month.quantity += billed
        if not unpriced:
            month.cost += billed * Fraction(amount) * Fraction(line.factor)
        day += timedelta(days=1)
    return months


def _quantity_a_day(line: Line, day: date) -> Fraction | None:
    quantity = Fraction(line.quantity)
    if line.per == "week":
        return quantity / 7
    if line.per == "month":
        return quantity / _days_in_month(day)
    if line.per == "total":
        return quantity / ((line.ends or OPEN) - line.starts).days if line.ends else Fraction(0)
    if line.unit != "opening_day":
        return quantity
    if line.calendar is None:
        return None
    return quantity if day in OPEN_DAYS[line.calendar] else Fraction(0)


def _rate(line: Line, day: date) -> Decimal | None:
    if line.per == "total" and line.ends is None and line.unit != "once":
        return None
    for start, end, amount in line.rates:
        if start <= day < (end or OPEN):
            return amount
    return None


def _billable(line: Line, day: date) -> Fraction:
    for start, end, share in line.absence:
        if start <= day < (end or OPEN):
            return Fraction(share)
    return Fraction(1)


def _days_in_month(day: date) -> int:
    first = day.replace(day=1)
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def _once(line: Line, days: Days) -> dict[date, Month]:
    dates = sorted(line.dates) or [line.starts]
    amount = next((rate for rate in (_rate(line, day) for day in dates) if rate is not None), None)
    total = round_ore(Fraction(amount or 0) * Fraction(line.quantity) * Fraction(line.factor))
    months: dict[date, Month] = {}
    for number, day in enumerate(dates):
        if days.start <= day < days.end:
            month = months.setdefault(day.replace(day=1), Month())
            month.cost += Fraction(_part(total, number, len(dates)), 100)
            month.quantity += Fraction(_part(int(line.quantity * 10_000), number, len(dates)), 10_000)
            month.unpriced_days += amount is None
    return months


def _part(total: int, number: int, numbers: int) -> int:
    each, rest = divmod(abs(total), numbers)
    return (each + (number < rest)) * (1 if total >= 0 else -1)
