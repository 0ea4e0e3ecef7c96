"""What comes and goes beside the grants that are known: learned from the last year, for months ahead.

Somebody new comes every month, and some grants are stopped before their end; nobody knows yet who. In the last twelve
closed months grants began that cost `arrived_ore` a month (what each cost in its first whole month, added up), of which
those that still ran at the end of them cost `stayed_ore`; and grants that had run before were stopped that cost
`stopped_ore` a month. As much comes and goes in the months ahead, evenly: half a month's share in the first, one and a
half in the second, and so on for a year, after which it stays as it is. Of those who come, a part goes again, the more
the longer ago they came: with a share `s` of the year's movement in place, what comes is `s` of what arrived less `s`
squared of what did not stay, so after a year it is what stayed. Who is expected already is a part of what comes, and
counts once: grants that are known to begin later, and the pools for a waiting list, those of a unit in the unit, and
those of no unit in each unit by its part of what comes.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.kernel.period import next_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from uuid import UUID

    from styr.budgets.core.frame import Frame

LEARNED_FROM: Final = 12
"""Closed months that are learned from, and months ahead in which it grows."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What began, and stayed, and was stopped in a unit in those months, øre a month, and how many grants that was."""

    arrived_ore: int = 0
    stayed_ore: int = 0
    stopped_ore: int = 0
    arrived: int = 0
    stayed: int = 0
    stopped: int = 0

    def come_ore(self, share: Fraction) -> int:
        """What those who come cost in a month that holds so much of a year's movement."""
        ore = self.arrived_ore * share - (self.arrived_ore - self.stayed_ore) * share**2
        return round_half_away(ore.numerator, ore.denominator)


@dataclass(frozen=True, slots=True)
class OwnWord:
    """A provision by which the municipality says itself what comes (or goes) in a unit, or (None) everywhere."""

    unit_id: UUID | None
    arrivals: bool
    starts: date
    ends: date | None

    def holds(self, unit_id: UUID | None, month: date) -> bool:
        """Whether it speaks of the unit in that month."""
        return self.unit_id in {None, unit_id} and self.starts <= month and (self.ends is None or month < self.ends)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pool for a waiting list, øre a month, of a unit or (None) of nobody's."""

    unit_id: UUID | None
    starts: date
    ends: date | None
    month_ore: int

    def in_month(self, month: date) -> int:
        """What it holds in a month; a pool that is less than nothing tells of nobody."""
        holds = self.starts <= month and (self.ends is None or month < self.ends)
        return max(0, self.month_ore) if holds else 0


def trend_of(
    frame: Frame,
    moved: Mapping[UUID | None, Moved],
    known: Mapping[tuple[UUID | None, date], int],
    own: Iterable[OwnWord],
    waiting: Iterable[Waiting] = (),
) -> Iterator[tuple[UUID | None, date, int]]:
    """Yield (unit, month, øre), none of them nought; `known` is what grants that begin later cost, by unit and month.

    Where a provision of arrivals (departures) holds, nothing is learned about what comes (goes).
    """
    words, pools = tuple(own), tuple(waiting)
    for month, share in shares(frame):
        told = {unit: {word.arrivals for word in words if word.holds(unit, month)} for unit in moved}
        come = {
            unit: 0 if True in told[unit] else max(0, facts.come_ore(share) - known.get((unit, month), 0))
            for unit, facts in moved.items()
        }
        come = _beside(come, [(pool.unit_id, pool.in_month(month)) for pool in pools])
        for unit, facts in moved.items():
            go = 0 if False in told[unit] else _part(facts.stopped_ore, share)
            if come[unit] != go:
                yield unit, month, come[unit] - go


def _beside(come: Mapping[UUID | None, int], waiting: list[tuple[UUID | None, int]]) -> dict[UUID | None, int]:
    """What comes besides those who wait already."""
    of_unit: dict[UUID | None, int] = defaultdict(int)
    for unit, held in waiting:
        of_unit[unit] += held
    own = {unit: max(0, ore - (of_unit[unit] if unit is not None else 0)) for unit, ore in come.items()}
    whole = sum(own.values())
    left = Fraction(max(0, whole - of_unit[None]), whole) if whole else Fraction(0)
    return {unit: _part(ore, left) for unit, ore in own.items()}


def shares(frame: Frame) -> Iterator[tuple[date, Fraction]]:
    """The frame's open months, each with how much of a year's movement it holds."""
    first = frame.closed_before
    days = monthrange(first.year, first.month)[1]
    passed = Fraction(frame.as_of.day - 1, days) if frame.as_of.replace(day=1) == first else Fraction(0)
    month, ahead = first, 0
    while month < frame.period.until:
        if month >= frame.period.start:
            yield month, _grown(min(ahead, LEARNED_FROM), passed) / LEARNED_FROM
        month, ahead = next_month(month), ahead + 1


def _grown(ahead: int, passed: Fraction) -> Fraction:
    """Months' worth of movement in place in the month so far ahead; `passed` of the first is over, and known."""
    return (1 - passed) ** 2 / 2 if ahead == 0 else ahead + Fraction(1, 2) - passed


def _part(ore: int, share: Fraction) -> int:
    part = ore * share
    return round_half_away(part.numerator, part.denominator)
