"""One citizen's ride as pages show it, and the stops of a route in their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.routes.core.codes import LeftOut, Way

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.routes.core.effects import Change
    from styr.routes.models import PlanRide


@dataclass(frozen=True)
class RideLine:
    """One ride with its citizen; the address is empty words where it is protected."""

    ride: PlanRide
    grant_number: str
    citizen_id: UUID | None
    name: str
    protected: bool
    home: str
    goal: str
    vehicle: str
    change: Change

    @property
    def way(self) -> Way:
        """Which way."""
        return Way(self.ride.way)

    @property
    def first_name(self) -> str:
        """What a driver calls the citizen; a protected name is not handed on (CPR-loven § 28)."""
        return f"Borger {self.grant_number}" if self.protected else self.name.split(" ", maxsplit=1)[0]

    @property
    def brings(self) -> str:
        """What takes room, in words."""
        ride = self.ride
        told = ((ride.wheelchair, "kørestol"), (ride.companion, "ledsager"), (ride.solo, "kører alene"))
        return ", ".join(words for is_so, words in told if is_so)

    @property
    def why_not(self) -> str:
        """Why nobody drives it, in words."""
        return LeftOut(self.ride.left_out).danish if self.ride.left_out else ""


@dataclass(frozen=True)
class Halt:
    """One stop of a route, in order: when, where, and who gets on and off there."""

    minute: int
    place: str
    getting_on: tuple[RideLine, ...]
    getting_off: tuple[RideLine, ...]


def halts_of(lines: Sequence[RideLine]) -> tuple[Halt, ...]:
    """The stops in their order; several citizens at one place one after another are one stop."""
    told: list[tuple[int, int, str, UUID | None, RideLine, bool]] = []
    for line in lines:
        ride, out = line.ride, line.way is Way.OUT
        ends = ((line.home, ride.home_id), (line.goal, ride.goal_id))
        (here, here_id), (there, there_id) = ends if out else ends[::-1]
        told.append((ride.pickup_order or 0, ride.pickup or 0, here, here_id, line, True))
        told.append((ride.dropoff_order or 0, ride.dropoff or 0, there, there_id, line, False))
    halts: list[Halt] = []
    last: UUID | None = None
    for _, minute, place, place_id, line, on in sorted(told, key=lambda row: row[0]):
        if not halts or place_id is None or place_id != last:
            halts.append(Halt(minute, place, (), ()))
        before = halts.pop()
        getting_on = (*before.getting_on, line) if on else before.getting_on
        getting_off = before.getting_off if on else (*before.getting_off, line)
        halts.append(Halt(before.minute, before.place, getting_on, getting_off))
        last = place_id
    return tuple(halts)
