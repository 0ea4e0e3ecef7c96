"""What comes and goes beside the grants that are known: learned from the last year, for months ahead.

Somebody new comes every month, and some grants are stopped before their end; nobody knows yet who. In the last twelve
closed months grants began that cost `arrived_ore` a month (what each cost in its first whole month, added up), and
grants were stopped that cost `stopped_ore` a month. As much comes and goes in the months ahead, evenly: half a month's
share in the first, one and a half in the second, and so on for a year, after which it stays as it is. Grants that are
known to begin later are a part of what comes, and count once.
"""

from __future__ import annotations

from calendar import monthrange
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
    """What began and what was stopped in a unit in those months, øre a month, and how many grants that was."""

    arrived_ore: int = 0
    stopped_ore: int = 0
    arrived: int = 0
    stopped: int = 0


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


def trend_of(
    frame: Frame,
    moved: Mapping[UUID | None, Moved],
    known: Mapping[tuple[UUID | None, date], int],
    own: Iterable[OwnWord],
) -> Iterator[tuple[UUID | None, date, int]]:
    """Yield (unit, month, øre), none of them nought; `known` is what grants that begin later cost, by unit and month.

    Where a provision of arrivals (departures) holds, nothing is learned about what comes (goes).
    """
    words = tuple(own)
    for unit_id, facts in moved.items():
        for month, share in shares(frame):
            told = {word.arrivals for word in words if word.holds(unit_id, month)}
            come = 0 if True in told else max(0, _part(facts.arrived_ore, share) - known.get((unit_id, month), 0))
            go = 0 if False in told else _part(facts.stopped_ore, share)
            if come != go:
                yield unit_id, month, come - go


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
