"""How full the vehicles of a place's standing rides are, and how few would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from styr.fleet.core.sharing import Room

HUNDRED: Final = 100
SEATS_OF_A_WHEELCHAIR: Final = 2
"""Ordinary seats that a wheelchair place takes in use, as route plans have it."""


@dataclass(frozen=True, slots=True)
class Run:
    """All who ride to a place together once: a day, which way, from the first to the last bell, how many."""

    place: str
    day: date
    way: str
    first: int
    last: int
    riders: int
    wheelchairs: int


@dataclass(frozen=True, slots=True)
class Filled:
    """How full a place's vehicles are.

    Attributes:
        vehicles: How many drive there.
        seats: Their seats together.
        runs: How often they drove in the period.
        riders: Everybody who rode, all runs together.
        most: The most on one run.
        percent: Of the seats that were taken, on average, rounded.
        enough: The fewest of the vehicles that have room for the fullest run; None where all of them have not.
    """

    vehicles: int
    seats: int
    runs: int
    riders: int
    most: int
    percent: int
    enough: int | None

    @property
    def spare(self) -> int:
        """How many vehicles could stay."""
        return 0 if self.enough is None else self.vehicles - self.enough


def filled(runs: Iterable[Run], rooms: Sequence[Room]) -> Filled | None:
    """How full the vehicles are on a place's runs; None where nobody rode or there is no seat."""
    every = tuple(runs)
    seats = sum(room.seats for room in rooms)
    if not every or not seats:
        return None
    riders = sum(run.riders for run in every)
    return Filled(
        vehicles=len(rooms),
        seats=seats,
        runs=len(every),
        riders=riders,
        most=max(run.riders for run in every),
        percent=round_half_away(riders * HUNDRED, len(every) * seats),
        enough=_enough(every, rooms),
    )


def _enough(runs: Sequence[Run], rooms: Sequence[Room]) -> int | None:
    """The fewest vehicles, those for wheelchairs and the largest first, that hold every run."""
    needs = {(_seats(run), run.wheelchairs) for run in runs}
    by_room = sorted(rooms, key=lambda room: (-room.wheelchairs, -room.seats))
    largest = sorted(rooms, key=lambda room: -room.seats)
    for many in range(1, len(rooms) + 1):
        for order in (by_room, largest):
            seats = sum(room.seats for room in order[:many])
            places = sum(room.wheelchairs for room in order[:many])
            if all(seats >= wanted and places >= wheelchairs for wanted, wheelchairs in needs):
                return many
    return None


def _seats(run: Run) -> int:
    return run.riders + run.wheelchairs * (SEATS_OF_A_WHEELCHAIR - 1)
