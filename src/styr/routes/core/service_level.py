"""What a plan was held to, and how near it comes: shown before anybody decides. Minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.routes.core.codes import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from styr.routes.core.day import Terms


@dataclass(frozen=True, slots=True)
class Planned:
    """One driven ride: which way, its bell, when it is fetched and set down, and its own longest ride if any."""

    way: Way
    bell: int
    pickup: int
    dropoff: int
    longest: int | None
    solo: bool
    wheelchair: bool


@dataclass(frozen=True, slots=True)
class Level:
    """One constraint: what it allows at most, how far the plan goes, and how many rides it is for."""

    name: str
    most: int | None
    worst: int | None
    rides: int

    @property
    def slack(self) -> int | None:
        """What is left; None where nobody is held to it, or it has no number."""
        return None if self.most is None or self.worst is None else self.most - self.worst


def levels(rides: Iterable[Planned], terms: Terms) -> tuple[Level, ...]:
    """Each constraint of the service with the ride that comes nearest to it."""
    every = tuple(rides)
    out = [ride.bell + terms.bell - ride.dropoff for ride in every if ride.way is Way.OUT]
    back = [ride.pickup - ride.bell - terms.bell for ride in every if ride.way is Way.BACK]
    usual = [ride.dropoff - ride.pickup for ride in every if ride.longest is None]
    own = [(ride.longest, ride.dropoff - ride.pickup) for ride in every if ride.longest is not None]
    return (
        _level("Fremme før ringetid", terms.early, out),
        _level("Venter efter ringetid", terms.late, back),
        _level("Køretid, hvor bevillingen ikke fastsætter den", terms.longest, usual),
        _nearest("Køretid, hvor bevillingen fastsætter den", own),
        Level("Kører alene", None, None, sum(ride.solo for ride in every)),
        Level("Kørestol, med lift og plads", None, None, sum(ride.wheelchair for ride in every)),
    )


def _level(name: str, most: int, minutes: Sequence[int]) -> Level:
    return Level(name, most, max(minutes, default=None), len(minutes))


def _nearest(name: str, pairs: Sequence[tuple[int, int]]) -> Level:
    """Of rides that each have their own limit, the one with least left."""
    if not pairs:
        return Level(name, None, None, 0)
    most, took = min(pairs, key=lambda pair: pair[0] - pair[1])
    return Level(name, most, took, len(pairs))
