"""A day of rides and vehicles as the route planner's problem: minutes after midnight, kilometres, øre, grammes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import TYPE_CHECKING, Final

from rideplan.model.fleet import Shift, VehicleType
from rideplan.model.problem import Assignment, Lock, Problem, Travel, Weights
from rideplan.model.requests import Request, Stop
from styr.routes.core.codes import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SEATS_OF_A_WHEELCHAIR: Final = 2
"""Ordinary seats that one wheelchair place takes in use: on the safe side, since registers tell the two apart only."""
LIFT: Final = "lift"

Positions = tuple[tuple[float, float], ...]
"""Longitude and latitude of places, in degrees."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere on the map: longitude and latitude in degrees, and the key of the place."""

    key: str
    longitude: float
    latitude: float


@dataclass(frozen=True, slots=True)
class Ride:
    """One citizen's ride one way.

    Attributes:
        key: Unique in the day.
        way: To the destination, or home.
        home: Where the citizen lives.
        goal: Where the day is spent.
        at: The bell: latest arrival (out) or earliest departure (back), minutes after midnight.
        wheelchair: Takes a wheelchair place, and needs a lift.
        companion: Takes a seat more.
        solo: Nobody else may be aboard.
        longest: Longest time aboard in minutes; the terms' where None.
        vehicle: Who drives it in the plan that is changed; "" where nobody does.
        pickup: When, in that plan.
        locked: The vehicle must stay.
    """

    key: str
    way: Way
    home: Spot
    goal: Spot
    at: int
    wheelchair: bool = False
    companion: bool = False
    solo: bool = False
    longest: int | None = None
    vehicle: str = ""
    pickup: int | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Bus:
    """One vehicle that may be used: its room, where it stands at night, and what it costs in øre.

    Prices as a price agreement has them: `start_ore` a trip of the vehicle, `lift_ore` each citizen in a wheelchair,
    and `fee_percent` administration on top of all.
    """

    key: str
    garage: Spot
    seats: int
    wheelchairs: int = 0
    lift: bool = False
    day_ore: int = 0
    km_ore: int = 0
    minute_ore: int = 0
    co2_g_km: int = 0
    start_ore: int = 0
    lift_ore: int = 0
    fee_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the plan is held to, in minutes.

    Attributes:
        early: How long before the bell one may be there.
        late: How long one may wait to be fetched.
        longest: Longest ride where the grant says nothing.
        stop: How long a vehicle stands at a stop.
        morning: When vehicles may be out before noon.
        afternoon: And after.
        comfort_ore: What a minute aboard weighs beside the price.
        bell: How much later every bell rings than now.
    """

    early: int = 20
    late: int = 20
    longest: int = 60
    stop: int = 2
    morning: tuple[int, int] = (5 * 60, 10 * 60 + 30)
    afternoon: tuple[int, int] = (11 * 60 + 30, 19 * 60)
    comfort_ore: int = 50
    bell: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """All that is planned at once."""

    rides: tuple[Ride, ...]
    buses: tuple[Bus, ...]
    terms: Terms = Terms()

    def spots(self) -> tuple[Spot, ...]:
        """Every place once, in a fixed order: rows of the travel matrices."""
        wanted: Iterable[Spot] = (
            *(bus.garage for bus in self.buses),
            *(spot for ride in self.rides for spot in (ride.home, ride.goal)),
        )
        return tuple({spot.key: spot for spot in wanted}.values())

    def usable(self) -> tuple[Bus, ...]:
        """The vehicles that have room for anybody at all."""
        return tuple(bus for bus in self.buses if bus.seats > 0 or bus.wheelchairs > 0)


def problem_of(day: Day, table: Callable[[Positions], Travel]) -> Problem:
    """The planner's problem; `table` gives the travel times between positions (longitude, latitude)."""
    spots = day.spots()
    row = {spot.key: number for number, spot in enumerate(spots)}
    travel = table(tuple((spot.longitude, spot.latitude) for spot in spots))
    names = {bus.key: f"{bus.key}/1" for bus in day.usable()}
    ways = len({ride.way for ride in day.rides})
    return Problem(
        requests=tuple(_request(ride, day.terms, row) for ride in day.rides),
        vehicles=tuple(_type(bus, day.terms, row, ways) for bus in day.usable()),
        travel=travel,
        dimensions=("plads", "kørestol"),
        weights=Weights(rider_minute=day.terms.comfort_ore),
        existing=tuple(
            Assignment(ride.key, names[ride.vehicle], ride.pickup)
            for ride in day.rides
            if ride.vehicle in names and ride.pickup is not None
        ),
        locks=tuple(Lock(ride.key, names[ride.vehicle]) for ride in day.rides if ride.locked and ride.vehicle in names),
    )


def configurations(seats: int, wheelchairs: int) -> tuple[tuple[int, int], ...]:
    """Every mix of seats and wheelchair places that there is room for at once."""
    return tuple(
        (seats - SEATS_OF_A_WHEELCHAIR * used, used)
        for used in range(wheelchairs + 1)
        if seats >= SEATS_OF_A_WHEELCHAIR * used
    )


def _request(ride: Ride, terms: Terms, row: dict[str, int]) -> Request:
    home, goal, bell = row[ride.home.key], row[ride.goal.key], ride.at + terms.bell
    if ride.way is Way.OUT:
        pickup = Stop(home, service=terms.stop)
        delivery = Stop(goal, open=max(bell - terms.early, 0), close=bell, service=terms.stop)
    else:
        pickup = Stop(goal, open=bell, close=bell + terms.late, service=terms.stop)
        delivery = Stop(home, close=inf, service=terms.stop)
    return Request(
        ride.key,
        pickup,
        delivery,
        load=(int(not ride.wheelchair) + int(ride.companion), int(ride.wheelchair)),
        max_ride=ride.longest or terms.longest,
        needs=frozenset({LIFT}) if ride.wheelchair else frozenset(),
        solo=ride.solo,
    )


def _type(bus: Bus, terms: Terms, row: dict[str, int], ways: int) -> VehicleType:
    """A vehicle that is out at all is taken to be out every way; what a plan costs is reckoned exactly afterwards."""
    garage = row[bus.garage.key]
    with_fee = 1 + float(bus.fee_percent) / 100
    return VehicleType(
        bus.key,
        1,
        configurations=configurations(bus.seats, bus.wheelchairs),
        start=garage,
        end=garage,
        shifts=(Shift(*terms.morning), Shift(*terms.afternoon)),
        features=frozenset({LIFT}) if bus.lift else frozenset(),
        fixed_cost=(bus.day_ore + ways * bus.start_ore) * with_fee,
        per_km=bus.km_ore * with_fee,
        per_minute=bus.minute_ore * with_fee,
        co2_per_km=bus.co2_g_km,
    )
