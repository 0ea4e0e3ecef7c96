"""What a citizen costs in a year, month by month: expected, actual and forecast (forventet, forbrug, prognose).

The forecast's rule: a closed month counts with what was paid for it. Every other month counts with what the grants are
expected to cost, or with what has been invoiced and found in order already, where that is more. A month is closed when
`CLOSES_AFTER` days have passed since its last day: suppliers invoice afterwards, so a month that has just ended would
otherwise look too cheap.

Amounts are øre.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from styr.kernel.money import round_half_away
from styr.kernel.period import Period, next_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CLOSES_AFTER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class MonthCost:
    """One month (its first day). `waiting_ore` is invoiced for it, but not yet found in order."""

    month: date
    expected_ore: int
    actual_ore: int
    waiting_ore: int
    closed: bool

    @property
    def forecast_ore(self) -> int:
        """What the month is expected to end at."""
        return self.actual_ore if self.closed else max(self.expected_ore, self.actual_ore)

    @property
    def difference_ore(self) -> int:
        """Actual less expected; of meaning for a closed month."""
        return self.actual_ore - self.expected_ore


@dataclass(frozen=True, slots=True)
class CitizenYear:
    """The twelve months of a year."""

    year: int
    months: tuple[MonthCost, ...]

    @property
    def expected_ore(self) -> int:
        """What the grants are expected to cost in the year: the sum of the expected-cost relation."""
        return sum(month.expected_ore for month in self.months)

    @property
    def actual_ore(self) -> int:
        """What is invoiced for the year and found in order, credit notes subtracted."""
        return sum(month.actual_ore for month in self.months)

    @property
    def waiting_ore(self) -> int:
        """What is invoiced for the year and waits for somebody to look at it."""
        return sum(month.waiting_ore for month in self.months)

    @property
    def forecast_ore(self) -> int:
        """What the year is expected to end at, by the rule above."""
        return sum(month.forecast_ore for month in self.months)

    @property
    def closed(self) -> tuple[MonthCost, ...]:
        """The months that count with what was paid."""
        return tuple(month for month in self.months if month.closed)

    @property
    def closed_difference_ore(self) -> int:
        """Actual less expected over the closed months."""
        return sum(month.difference_ore for month in self.closed)


def citizen_year(
    year: int,
    *,
    expected: Mapping[date, int],
    actual: Mapping[date, int],
    waiting: Mapping[date, int],
    today: date,
) -> CitizenYear:
    """Put the year together from øre by month (first days); months that are not named cost nothing."""
    months = tuple(
        MonthCost(
            month=month,
            expected_ore=expected.get(month, 0),
            actual_ore=actual.get(month, 0),
            waiting_ore=waiting.get(month, 0),
            closed=is_closed(month, today),
        )
        for month in months_of(year)
    )
    return CitizenYear(year, months)


def months_of(year: int) -> Iterator[date]:
    """The first days of the year's months."""
    return (date(year, number, 1) for number in range(1, 13))


def is_closed(month: date, today: date) -> bool:
    """Whether the invoices for a month ought to be there."""
    return next_month(month) + CLOSES_AFTER <= today


def split_by_month(amount_ore: int, period: Period) -> dict[date, int]:
    """Divide an amount over the months of a closed period by days; the parts sum to the amount exactly.

    Each month gets what is due by its end less what was due by its start, both rounded half away from zero.
    """
    days = (period.until - period.start).days
    parts: dict[date, int] = {}
    before = 0
    for part in period.months():
        due = round_half_away(amount_ore * (part.until - period.start).days, days)
        parts[part.start.replace(day=1)] = due - before
        before = due
    return parts
