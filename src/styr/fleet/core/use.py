"""When vehicles are out: use by weekday and hour, the share of the day, and how many are needed at once.

Minutes after midnight; a use that ends after midnight has an end above 1440 and is counted on the day it began.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from styr.fleet.core.codes import Source

WEEK: Final = 7
HOUR: Final = 60
HOURS: Final = range(5, 23)
"""The hours that the heat table shows; what is outside is told beside it."""

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A vehicle out once: on a day, from and to, by whom; `riders` None where nobody says how many.

    `unit` is the name of the unit, "" where no unit is told; `km` None where not known.
    """

    vehicle: str
    day: date
    starts: int
    ends: int
    source: Source
    unit: str = ""
    riders: int | None = None
    wheelchairs: int = 0
    hundredths_km: int | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """The days that are looked at and the hours of a working day, minutes."""

    days: tuple[date, ...]
    starts: int
    ends: int

    @property
    def minutes(self) -> int:
        """Minutes that one vehicle could be used."""
        return len(self.days) * max(self.ends - self.starts, 0)


@dataclass(frozen=True, slots=True)
class Peak:
    """The most vehicles out at once, and the first time that it happened; None where none was ever out."""

    vehicles: int
    day: date | None = None
    minute: int | None = None


def spans(uses: Iterable[Use]) -> dict[tuple[str, date], Spans]:
    """When each vehicle was out each day, without counting a minute twice."""
    told: defaultdict[tuple[str, date], list[tuple[int, int]]] = defaultdict(list)
    for use in uses:
        told[use.vehicle, use.day].append((use.starts, use.ends))
    return {key: _merged(pairs) for key, pairs in told.items()}


def heat(uses: Iterable[Use], hours: Sequence[int] = HOURS) -> tuple[tuple[int, ...], ...]:
    """Minutes out, a row a weekday (Monday first) and a column an hour, all vehicles together."""
    rows = [[0] * len(hours) for _ in range(WEEK)]
    for (_, day), out in spans(uses).items():
        row = rows[day.weekday()]
        for at, hour in enumerate(hours):
            row[at] += sum(_within(span, hour * HOUR, (hour + 1) * HOUR) for span in out)
    return tuple(tuple(row) for row in rows)


def possible(working: Working, vehicles: int) -> tuple[int, ...]:
    """Minutes that could be out in an hour of each weekday."""
    counted = [0] * WEEK
    for day in working.days:
        counted[day.weekday()] += HOUR * vehicles
    return tuple(counted)


def used_minutes(uses: Iterable[Use], working: Working) -> dict[str, int]:
    """Minutes each vehicle was out within the working days and hours."""
    days = set(working.days)
    found: defaultdict[str, int] = defaultdict(int)
    for (vehicle, day), out in spans(uses).items():
        if day in days:
            found[vehicle] += sum(_within(span, working.starts, working.ends) for span in out)
    return dict(found)


def peak(uses: Iterable[Use]) -> Peak:
    """The most vehicles out at once on any day: so many are needed if all units may use all of them."""
    steps: list[tuple[date, int, int]] = []
    for (_, day), out in spans(uses).items():
        for starts, ends in out:
            steps += [(day, starts, 1), (day, ends, -1)]
    found, out_now = Peak(0), 0
    for day, minute, step in sorted(steps):  # an end comes before a start at the same minute
        out_now += step
        if out_now > found.vehicles:
            found = Peak(out_now, day, minute)
    return found


def _within(span: tuple[int, int], starts: int, ends: int) -> int:
    return max(0, min(span[1], ends) - max(span[0], starts))


def _merged(pairs: Iterable[tuple[int, int]]) -> Spans:
    merged: list[tuple[int, int]] = []
    for starts, ends in sorted(pairs):
        if merged and starts <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(ends, merged[-1][1]))
        else:
            merged.append((starts, ends))
    return tuple(merged)
