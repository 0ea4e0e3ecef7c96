"""A year's economy as people look at it: budget, actual, forecast and deviation, by unit and by month (øre)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from styr.kernel.danish import MONTHS, danish_number
from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

_THOUSAND, _MILLION = 100_000, 100_000_000
_MILLIONS = " mio. kr."
_MILLIONS_FROM = 10_000_000_00 // 10


@dataclass(frozen=True, slots=True)
class Sums:
    """What something costs, øre. A budget is None where nobody has laid one; `expected_ore` is part of the forecast.

    `actual_ore` is booked and `accrual_ore` delivered and not yet invoiced; `expected_ore` is what nobody has granted:
    days that wait for a decision, provisions, what recurs without a grant, and those who come and go.
    """

    original_ore: int | None = None
    budget_ore: int | None = None
    actual_ore: int = 0
    accrual_ore: int = 0
    forecast_ore: int = 0
    expected_ore: int = 0

    @property
    def over_ore(self) -> int | None:
        """What the forecast is over the budget; None without a budget."""
        return None if self.budget_ore is None else self.forecast_ore - self.budget_ore

    @property
    def over_share(self) -> float | None:
        """The deviation as a share of the budget."""
        return self.over_ore / self.budget_ore if self.over_ore is not None and self.budget_ore else None

    @property
    def spent_ore(self) -> int:
        """Booked and accrued."""
        return self.actual_ore + self.accrual_ore

    def __add__(self, other: Sums) -> Sums:
        """Both together; a budget that nobody laid adds none."""
        added = {}
        for one in fields(self):
            mine, theirs = getattr(self, one.name), getattr(other, one.name)
            added[one.name] = theirs if mine is None else mine if theirs is None else mine + theirs
        return Sums(**added)


def added(sums: Iterable[Sums]) -> Sums:
    """All of them together."""
    total = Sums()
    for one in sums:
        total = total + one
    return total


@dataclass(frozen=True, slots=True)
class MonthSums:
    """A month (its first day)."""

    month: date
    sums: Sums
    closed: bool


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's months; `unit_id` is None for what belongs to no unit."""

    unit_id: UUID | None
    name: str
    months: tuple[MonthSums, ...]

    @property
    def sums(self) -> Sums:
        """The whole year."""
        return added(month.sums for month in self.months)


@dataclass(frozen=True, slots=True)
class YearPicture:
    """A year of one or more units."""

    year: int
    units: tuple[UnitYear, ...]

    @property
    def months(self) -> tuple[MonthSums, ...]:
        """All units together, month by month."""
        return tuple(
            MonthSums(same[0].month, added(one.sums for one in same), same[0].closed)
            for same in zip(*(unit.months for unit in self.units), strict=True)
        )

    @property
    def sums(self) -> Sums:
        """The whole year."""
        return added(unit.sums for unit in self.units)

    @property
    def to_date(self) -> Sums:
        """The closed months."""
        return added(month.sums for month in self.months if month.closed)

    @property
    def last_closed(self) -> date | None:
        """The last closed month of the year; None while none is."""
        return next((month.month for month in reversed(self.months) if month.closed), None)

    @property
    def empty(self) -> bool:
        """Whether there is neither a budget nor a forecast."""
        sums = self.sums
        return sums.budget_ore is None and not sums.forecast_ore


def about(ore: int) -> str:
    """An amount as one says it in a meeting: "3,2 mio. kr.", "312.000 kr."; its sign is left out."""
    size = abs(ore)
    if size >= _MILLIONS_FROM:
        return f"{danish_number(_tenths(size))}{_MILLIONS}"
    if size >= 10 * _THOUSAND:
        return f"{danish_number(round_half_away(size, _THOUSAND) * 1000)} kr."
    return f"{danish_number(round_half_away(size, 100))} kr."


def _tenths(ore: int) -> Decimal:
    return Decimal(round_half_away(ore, _MILLION // 10)) / 10


def full_years(days: int, year: int) -> str:
    """Days as full-year persons (helårspersoner) of the year, with one decimal: "12,5"."""
    of_year = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return danish_number(Decimal(round_half_away(days * 10, of_year)) / 10)


def verdict(sums: Sums, *, year_over: bool = False) -> str:
    """How the year ends, or ended, in one sentence; "" without a budget."""
    over, share = sums.over_ore, sums.over_share
    if over is None:
        return ""
    ends = "endte" if year_over else "ventes at ende"
    in_share = f" ({_per_cent(abs(share))})" if share is not None else ""
    if abs(over) < _THOUSAND:
        return f"Året {ends} på budgettet."
    return f"Året {ends} {about(over)} {'over' if over > 0 else 'under'} budgettet{in_share}."


def _per_cent(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")


def pool_words(nobodys_ore: int) -> str:
    """Where the bridge has what is budgeted on no citizen, and those whom it is meant for; "" where nothing is."""
    if nobodys_ore <= 0:
        return ""
    return (
        f"{about(nobodys_ore).capitalize()} af budgettet er lagt på konti og ikke på borgere: "
        "det står under »Uden bevilling«, og de borgere, det dækker, under »Mængde« og »Sammensætning«."
    )


def range_words(low_ore: int, high_ore: int, budget_ore: int | None) -> str:
    """Between which deviations the year may end, by how earlier forecasts hit; without a budget, between which sums."""
    low, high = low_ore - (budget_ore or 0), high_ore - (budget_ore or 0)
    words = [about(one) if budget_ore is None else _signed_about(one) for one in (low, high)]
    if all(word.endswith(_MILLIONS) for word in words):
        words[0] = words[0].removesuffix(_MILLIONS)
    return f"formentlig {words[0]} til {words[1]}"


def _signed_about(ore: int) -> str:
    return f"{'+' if ore > 0 else '−' if ore < 0 else ''}{about(ore)}"


def month_word(month: date) -> str:
    """The month's name, "oktober"."""
    return MONTHS[month.month - 1]
