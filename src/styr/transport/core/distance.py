"""How far it is: the air line between two places, and what may be said of the road before anybody has measured it.

A road is never shorter than the air line. How much longer it is only a measurement tells, so an estimate is a span.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from decimal import Decimal

EARTH_M: Final = 6_371_009
"""The mean radius, IUGG."""
_HALF: Final = 0.5
_HUNDRED: Final = 100


class Basis(StrEnum):
    """Where a road's length is from."""

    MEASURED = "measured"
    PROVIDER = "provider"
    ESTIMATED = "estimated"

    @property
    def danish(self) -> str:
        """As people say it."""
        return {"measured": "målt", "provider": "ruteberegner", "estimated": "skønnet"}[self.value]


@dataclass(frozen=True)
class Point:
    """A place on earth, degrees (WGS 84)."""

    latitude: Decimal
    longitude: Decimal


@dataclass(frozen=True)
class Road:
    """The way between two places, metres one way: between `least` and `most`, which are equal where it is known."""

    metres: int
    basis: Basis
    least: int
    most: int

    @classmethod
    def known(cls, metres: int, basis: Basis) -> Road:
        """A road that was measured, or that a route provider told."""
        return cls(metres, basis, metres, metres)

    def longer_than(self, metres: int, *, ways: int = 1) -> bool | None:
        """Whether the road, that many times, is longer; None where an estimate cannot tell."""
        if self.least * ways > metres:
            return True
        return False if self.most * ways <= metres else None

    def at_least(self, metres: int, *, ways: int = 1) -> bool | None:
        """Whether the road, that many times, is at least so long; None where an estimate cannot tell."""
        return self.longer_than(metres - 1, ways=ways)


def air_line(one: Point, other: Point) -> int:
    """Metres between two points along the earth's surface (haversine), rounded down: a road is at least this."""
    north = math.radians(float(other.latitude - one.latitude)) * _HALF
    east = math.radians(float(other.longitude - one.longitude)) * _HALF
    apart = math.cos(math.radians(float(one.latitude))) * math.cos(math.radians(float(other.latitude)))
    chord = math.sin(north) ** 2 + apart * math.sin(east) ** 2
    return math.floor(2 * EARTH_M * math.asin(min(1.0, math.sqrt(chord))))


def estimated(line: int, *, likely_percent: int, most_percent: int) -> Road:
    """The road as far as the air line tells: never shorter, likely so much longer, hardly more than the most."""
    return Road(
        round_half_away(line * likely_percent, _HUNDRED),
        Basis.ESTIMATED,
        line,
        max(line, round_half_away(line * most_percent, _HUNDRED)),
    )


DENMARK: Final = ((54.5, 57.8), (8.0, 15.3))
"""From and to, degrees north and east, with the sea between."""


def looks_danish(point: Point) -> bool:
    """Whether a place lies about where Denmark does; swapped or broken coordinates do not."""
    return all(
        low <= float(value) <= high
        for value, (low, high) in zip((point.latitude, point.longitude), DENMARK, strict=True)
    )
