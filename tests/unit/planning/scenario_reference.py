"""The slow, obvious reference of a scenario: line by line, month by month, in whole numbers, change after change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from styr.planning.core.changes import Change, ChangeKind
from unit.grants_core.cost_reference import Days, Line, expected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONG_AGO = date(1990, 1, 1)
_FIVE_DAYS = timedelta(days=5)


@dataclass(frozen=True)
class Place:
    """What a line is besides what it costs."""

    section: str
    service: str
    unit_id: UUID
    supplier_id: UUID | None
    provider_unit_id: UUID | None
    grant_id: UUID
    special: bool = False
    measure: str = ""
    """What a line is counted in that has no service: rides."""


@dataclass
class Held:
    """A line in the scenario: its place, the service behind it, and what each month is down to."""

    place: Place
    line: Line | None
    ore: dict[date, int]


def scenario_totals(
    lines: Sequence[tuple[Place, Line]],
    changes: Sequence[Change],
    days: Days,
    rides: Sequence[tuple[Place, dict[date, int]]] = (),
) -> dict[tuple[str, UUID, UUID | None, date], int]:
    """Return øre by (section, unit, supplier, month)."""
    held = [Held(place, line, {m: cost.ore for m, cost in expected(line, days).items()}) for place, line in lines]
    held += [Held(place, None, dict(months)) for place, months in rides]
    for change in changes:
        held += list(_made(held, change, days))
    sums: dict[tuple[str, UUID, UUID | None, date], int] = {}
    for one in held:
        for month, ore in one.ore.items():
            key = (one.place.section, one.place.unit_id, one.place.supplier_id, month)
            sums[key] = sums.get(key, 0) + ore
    return sums


def _made(held: list[Held], change: Change, days: Days) -> Iterator[Held]:
    """Change what is held; yield the lines that the change makes."""
    if change.kind is ChangeKind.ARRIVALS:
        yield _arrivals(change, days)
        return
    for one in [one for one in held if _is_touched(one, change)]:
        if change.kind is ChangeKind.MOVE and one.line is not None:
            place = replace(one.place, supplier_id=change.to_supplier_id, provider_unit_id=change.to_provider_unit_id,
                            special=False)  # fmt: skip
            line = replace(one.line, rates=((_LONG_AGO, None, change.price),))  # type: ignore[arg-type] # a move has one
            after = {m: cost.ore for m, cost in expected(line, days).items() if m >= change.from_month}
            yield Held(place, one.line, after)
        for month in one.ore:
            if month >= change.from_month:
                one.ore[month] = _rounded(Fraction(one.ore[month]) * share(change, month))


def _is_touched(one: Held, change: Change) -> bool:
    touches, place = change.touches, one.place
    pairs = (
        (touches.section or None, place.section),
        (touches.service or None, place.service),
        (touches.supplier_id, place.supplier_id),
        (touches.provider_unit_id, place.provider_unit_id),
        (touches.unit_id, place.unit_id),
    )
    if any(asked is not None and asked != held for asked, held in pairs):
        return False
    if touches.grant_ids and place.grant_id not in touches.grant_ids:
        return False
    unit = place.measure if one.line is None else one.line.unit
    by_kind = {
        ChangeKind.SPECIAL: place.special,
        ChangeKind.HOURS: unit == "hour",
        ChangeKind.RIDES: unit in {"trip", "km"},
        ChangeKind.MOVE: one.line is not None and place.service == (touches.service or "ophold"),
    }
    return by_kind.get(change.kind, True)


def share(change: Change, month: date) -> Fraction:
    """What is left of a month's amount."""
    passed = (month.year - change.from_month.year) * 12 + month.month - change.from_month.month
    if change.kind in (ChangeKind.RATE, ChangeKind.HOURS, ChangeKind.RIDES):
        return 1 + Fraction(change.percent) / 100
    if change.kind is ChangeKind.INDEX:
        grown = (1 + Fraction(change.percent) / 100) ** (1 + month.year - change.from_month.year)
        return Fraction(_rounded(grown * 1_000_000), 1_000_000)
    if change.kind is ChangeKind.SPECIAL:
        return max(Fraction(change.months - passed - 1, change.months), Fraction(0))
    return Fraction(0)


def _arrivals(change: Change, days: Days) -> Held:
    place = Place(change.touches.section, "", change.touches.unit_id, None, None, UUID(int=0))  # type: ignore[arg-type] # given in these tests
    months, month, persons = {}, days.start.replace(day=1), 0
    while month < days.end:
        arriving = change.from_month <= month and (month == change.from_month or month < (change.until or _LONG_AGO))
        persons += change.count * arriving
        if persons:
            months[month] = persons * int((change.price or 0) * 100)
        month = (month.replace(day=28) + _FIVE_DAYS).replace(day=1)
    return Held(place, None, months)


def _rounded(value: Fraction) -> int:
    whole, rest = divmod(abs(value).numerator, abs(value).denominator)
    up = Fraction(rest, value.denominator) >= Fraction(1, 2)
    return (whole + up) * (1 if value >= 0 else -1)
