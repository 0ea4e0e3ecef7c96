"""The management page's figures: prepared ones of the units that the reader sees, added up; two queries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.reports.core.areas import SHARES, Area, together
from styr.reports.core.story import Standing, UnitStanding, since_day
from styr.reports.core.waterfall import PARTS, Waterfall
from styr.reports.freshness import HISTORIES
from styr.reports.models import Prepared

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

NO_UNIT: Final = "Uden enhed"
_OF_UNITS: Final = frozenset({"economy", "unit", "unit_sure"})
_FIGURES: Final = """
SELECT f.unit_id, coalesce(u.name, %(nobody)s), f.topic, f.key, f.ore, f.number, f.persons FROM reports_figure f
LEFT JOIN access_unit u ON u.id = f.unit_id WHERE f.prepared_id = %(prepared)s"""

_STANDING: Final = """
SELECT f.key, sum(f.ore)::bigint FROM reports_figure f JOIN reports_prepared p ON p.id = f.prepared_id
WHERE p.year = %(year)s AND f.topic = 'economy' GROUP BY f.key"""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: øre, how many, and how many persons it certainly is about."""

    ore: int = 0
    number: int = 0
    persons: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """All prepared figures of a year; `figures` by topic and key."""

    year: int
    as_of: date
    made_at: datetime
    data_at: datetime | None
    forecast_at: datetime | None
    seen: Mapping[str, Any]
    figures: Mapping[tuple[str, str], Amount]
    units: tuple[UnitStanding, ...]
    spent_ore: int

    def of(self, topic: str, key: str) -> Amount:
        """A figure; nought where there is none."""
        return self.figures.get((topic, key), Amount())

    @property
    def known(self) -> bool:
        """Whether there is a forecast to tell of."""
        return ("economy", "forecast") in self.figures

    @property
    def since(self) -> date:
        """The day that changes are told from."""
        return since_day(self.as_of)

    @property
    def standing(self) -> Standing:
        """Where the year stands."""
        return _standing(self.figures)

    @property
    def waterfall(self) -> Waterfall:
        """From last year's cost to this year's."""
        parts = [self.of("waterfall", name).ore for name in ("last", "this", *PARTS)]
        return Waterfall(*parts)

    @property
    def areas(self) -> tuple[Area, ...]:
        """The sections, the dearest first."""
        sections = {key for topic, key in self.figures if topic == "cost"}
        found = [self._area(section) for section in sections]
        return tuple(sorted(found, key=lambda area: (-area.cost_ore, area.section)))

    @property
    def area_total(self) -> Area:
        """All sections together."""
        return together(self.areas)

    def _area(self, section: str) -> Area:
        cost = self.of("cost", section)
        amounts = {f"{name}_ore": self.of(name, section).ore for name in SHARES}
        people = {name: (self.of(name, section).persons, self.of(f"{name}_rest", section).persons) for name in SHARES}
        return Area(
            section,
            cost.persons,
            cost.number,
            cost.ore,
            sure=self.of("sure", section).persons,
            people=people,
            **amounts,
        )


def results(*, year: int) -> Results | None:
    """The prepared figures of a year, of the units that the scope sees; None before the first. Two queries."""
    prepared = Prepared.objects.filter(year=year).first()
    if prepared is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, {"prepared": prepared.id, "nobody": NO_UNIT})
        rows = cursor.fetchall()
    figures: dict[tuple[str, str], Amount] = {}
    of_units: dict[tuple[UUID | None, str], dict[tuple[str, str], Amount]] = defaultdict(dict)
    for unit_id, name, topic, key, ore, number, persons in rows:
        before = figures.get((topic, key), Amount())
        figures[topic, key] = Amount(before.ore + ore, before.number + number, before.persons + persons)
        if topic in _OF_UNITS:
            of_units[unit_id, name][topic, key] = Amount(ore, number, persons)
    units = [_unit(unit_id, name, own) for (unit_id, name), own in of_units.items()]
    units.sort(key=lambda one: (-abs(one.standing.over_ore or 0), one.name))
    spent = figures.get(("economy", "spent"), Amount()).ore
    return Results(
        year, prepared.as_of, prepared.made_at, prepared.data_at, prepared.forecast_at, prepared.seen, figures,
        tuple(units), spent,
    )  # fmt: skip


def standing(*, year: int) -> Standing | None:
    """Where the year stands by the prepared figures, of the units that the scope sees; None before the first.

    One query, and as the management page tells it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"year": year})
        found = {("economy", key): Amount(ore) for key, ore in cursor.fetchall()}
    return _standing(found) if ("economy", "forecast") in found else None


def is_old(found: Results | None, *, today: date) -> bool:
    """Whether the figures no longer are what the registers say: they were changed, or a day has passed. One query."""
    return found is None or found.as_of != today or HISTORIES.changed_since(found.seen)


def _unit(unit_id: UUID | None, name: str, own: Mapping[tuple[str, str], Amount]) -> UnitStanding:
    persons, sure = (own.get((topic, ""), Amount()).persons for topic in ("unit", "unit_sure"))
    return UnitStanding(unit_id, name, _standing(own), persons, sure)


def _standing(figures: Mapping[tuple[str, str], Amount]) -> Standing:
    def ore(key: str) -> int:
        return figures.get(("economy", key), Amount()).ore

    before = ore("before") if ("economy", "before") in figures else None
    return Standing(ore("budget") or None, ore("forecast"), before)
