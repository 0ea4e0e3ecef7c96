"""Route lists that name nobody (ruteliste): every line stands for at least five citizens, at area level, times rounded.

A group that is too small is put together with its neighbours, step by step: first without times, then without the
vehicle's need, then from anywhere, then to anywhere. What is then left alone takes the smallest line with it, so that
nothing can be worked out by subtracting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from styr.tenders.core.rides import Ride

FEWEST: Final = 5
"""Groups of fewer citizens are never told of (kontrollér: the municipality's own practice)."""
ANYWHERE: Final = "Flere områder"
ANY_GOAL: Final = "Flere mål"
ANY_NEED: Final = "blandet"
_QUARTER: Final = 15
_HOUR: Final = 60

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """Citizens who ride alike: from an area to a place, about when; `trips` a year, rounded to tens."""

    area: str
    destination: str
    need: str
    out: str
    back: str
    riders: int
    trips: int


_STEPS: Final[tuple[Callable[[Key], Key], ...]] = (
    lambda key: (key[0], key[1], key[2], "", ""),
    lambda key: (key[0], key[1], ANY_NEED, "", ""),
    lambda key: (ANYWHERE, key[1], ANY_NEED, "", ""),
    lambda _: (ANYWHERE, ANY_GOAL, ANY_NEED, "", ""),
)


def route_list(rides: Sequence[Ride]) -> tuple[RouteLine, ...]:
    """Return the lines; none at all where all the rides together are of fewer than five citizens."""
    told: dict[Key, list[Ride]] = {}
    waiting: dict[Key, list[Ride]] = _grouped([(_exactly(ride), ride) for ride in rides])
    for step in (None, *_STEPS):
        if step is not None:
            waiting = _grouped([(step(key), ride) for key, held in waiting.items() for ride in held])
        enough = {key: held for key, held in waiting.items() if _riders(held) >= FEWEST}
        for key, held in enough.items():
            told[key] = [*told.get(key, []), *held]
        waiting = {key: held for key, held in waiting.items() if key not in enough}
    left = [ride for held in waiting.values() for ride in held]
    if left and told:
        smallest = min(told, key=lambda key: (_riders(told[key]), key))
        left += told.pop(smallest)
        last = _STEPS[-1](smallest)
        told[last] = [*told.get(last, []), *left]
    lines = (_line(key, held) for key, held in told.items())
    return tuple(sorted(lines, key=lambda line: (line.destination, line.area, line.out, line.need)))


def rounded_time(told: str) -> str:
    """A clock time to the nearest quarter of an hour: 08:22 is 08:15."""
    if not told:
        return ""
    minutes = int(told[:2]) * _HOUR + int(told[3:5])
    near = (minutes + _QUARTER // 2) // _QUARTER * _QUARTER % (24 * _HOUR)
    return f"{near // _HOUR:02d}:{near % _HOUR:02d}"


def _exactly(ride: Ride) -> Key:
    times = rounded_time(ride.out_arrive), rounded_time(ride.back_leave)
    return (ride.area or ANYWHERE, ride.destination or ANY_GOAL, ride.need.danish, *times)


def _grouped(pairs: Sequence[tuple[Key, Ride]]) -> dict[Key, list[Ride]]:
    made: defaultdict[Key, list[Ride]] = defaultdict(list)
    for key, ride in pairs:
        made[key].append(ride)
    return dict(made)


def _riders(rides: Sequence[Ride]) -> int:
    citizens: set[UUID] = {ride.citizen_id for ride in rides}
    return len(citizens)


def _line(key: Key, rides: Sequence[Ride]) -> RouteLine:
    area, destination, need, out, back = key
    trips = (sum(ride.trips for ride in rides) + 5) // 10 * 10
    return RouteLine(
        area=area, destination=destination, need=need, out=out, back=back, riders=_riders(rides), trips=trips
    )
