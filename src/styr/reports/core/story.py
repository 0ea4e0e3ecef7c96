"""The page's sentences: what a director is to take away in two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from styr.budgets.core.picture import about
from styr.kernel.danish import danish_date
from styr.reports.core.small import apart, certain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.reports.core.waterfall import Waterfall

_PARTS = {
    "price": "priserne", "volume": "mængden", "mix": "sammensætningen", "negotiation": "forhandlingerne",
    "transport": "befordringen", "other": "andet",
}  # fmt: skip
_SMALL_ORE = 100_000
_EARLY_DAYS = 10
OTHER_UNITS: Final = "Øvrige enheder"
ALL_UNITS: Final = "Alle enheder"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the year stands, øre; a budget or the forecast of last month may be missing."""

    budget_ore: int | None
    forecast_ore: int
    before_ore: int | None

    @property
    def over_ore(self) -> int | None:
        """Forecast less budget."""
        return None if self.budget_ore is None else self.forecast_ore - self.budget_ore

    @property
    def moved_ore(self) -> int | None:
        """How much the forecast has moved since last month's."""
        return None if self.before_ore is None else self.forecast_ore - self.before_ore

    def __add__(self, other: Standing) -> Standing:
        """Both together; what nobody has told adds nothing."""
        return Standing(
            _sum(self.budget_ore, other.budget_ore), self.forecast_ore + other.forecast_ore,
            _sum(self.before_ore, other.before_ore),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where a unit stands, and of how many persons; `unit_id` None is what belongs to no unit.

    `sure` are the persons who are counted in no other unit.
    """

    unit_id: UUID | None
    name: str
    standing: Standing
    persons: int = 0
    sure: int = 0


def units_for_others(units: Sequence[UnitStanding]) -> tuple[UnitStanding, ...]:
    """The units as they may be given to others: no row of fewer than five persons, or all of them as one row."""
    kept, rest = apart(units)
    if not kept and not rest:
        rest = list(units)
    if not rest:
        return tuple(kept)
    standing = rest[0].standing
    for unit in rest[1:]:
        standing = standing + unit.standing
    name = OTHER_UNITS if kept else ALL_UNITS
    return (*kept, UnitStanding(None, name, standing, certain(rest), sum(unit.sure for unit in rest)))


def since_day(today: date) -> date:
    """The first of a month that changes are told from: this month's, and in its first ten days last month's."""
    first = today.replace(day=1)
    return first if today.day > _EARLY_DAYS else (first - timedelta(days=1)).replace(day=1)


def moved_words(standing: Standing, since: date) -> str:
    """How the forecast has moved since a day."""
    moved, then = standing.moved_ore, danish_date(since)
    if moved is None:
        return f"Der er ikke gemt en prognose fra {then} at holde den op mod."
    if abs(moved) < _SMALL_ORE:
        return f"Prognosen er som {then}"
    return f"Prognosen er {'steget' if moved > 0 else 'faldet'} {about(moved)} siden {then}"


def _sum(one: int | None, other: int | None) -> int | None:
    return one if other is None else other if one is None else one + other


def waterfall_words(waterfall: Waterfall) -> str:
    """What moved the cost most from last year; "" where nothing did."""
    name, ore = max(waterfall.parts, key=lambda part: abs(part[1]))
    change = waterfall.change_ore
    if abs(change) < _SMALL_ORE and abs(ore) < _SMALL_ORE:
        return ""
    way = "mere" if change > 0 else "mindre"
    whole = f"Udgiften er {about(change)} {way} end sidste år. " if abs(change) >= _SMALL_ORE else ""
    return f"{whole}Størst betydning har {_PARTS[name]}: {about(ore)} {'mere' if ore > 0 else 'mindre'}."
