"""What the planner answered, in our words: routes with exact money, rides with their times, and who was left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from rideplan.model.plan import Kind
from styr.kernel.money import round_half_away
from styr.routes.core.codes import LeftOut, Way
from styr.transport.core.price import METRES, Driven, Price, planned_ore

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rideplan.model.plan import Result, Route, Violation
    from rideplan.model.problem import Travel
    from styr.routes.core.day import Bus, Day


@dataclass(frozen=True, slots=True)
class DrivenRoute:
    """One trip of a vehicle.

    Attributes:
        bus: The vehicle's key.
        way: Out before noon, or home.
        starts: When it leaves its garage, whole minutes after midnight, rounded down.
        ends: When it is back, rounded up.
        metres: How far it drives.
        cost_ore: The trip at the vehicle's prices, administration included; its price a day is on its first trip.
        fee_ore: The administration of that.
        co2_g: Grammes.
        most_aboard: The most citizens aboard at once.
        riders: How many it drives.
    """

    bus: str
    way: Way
    starts: int
    ends: int
    metres: int
    cost_ore: int
    co2_g: int
    most_aboard: int
    riders: int
    fee_ore: int = 0


@dataclass(frozen=True, slots=True)
class DrivenRide:
    """One citizen's ride on a route: `route` is its index; times in whole minutes, the orders count its stops."""

    key: str
    route: int
    pickup: int
    dropoff: int
    pickup_order: int
    dropoff_order: int


@dataclass(frozen=True, slots=True)
class Undriven:
    """A ride that nobody drives, and why."""

    key: str
    reason: LeftOut
    detail: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A day as planned; `faults` is empty where the independent verifier found every constraint kept."""

    routes: tuple[DrivenRoute, ...]
    rides: tuple[DrivenRide, ...]
    undriven: tuple[Undriven, ...]
    faults: tuple[str, ...]
    estimated: bool

    @property
    def cost_ore(self) -> int:
        """What the day costs."""
        return sum(route.cost_ore for route in self.routes)

    @property
    def metres(self) -> int:
        """How far all vehicles drive."""
        return sum(route.metres for route in self.routes)

    @property
    def co2_g(self) -> int:
        """Grammes of CO2."""
        return sum(route.co2_g for route in self.routes)

    @property
    def vehicles(self) -> int:
        """How many vehicles are used."""
        return len({route.bus for route in self.routes})

    @property
    def ride_minutes(self) -> int:
        """Minutes aboard, all citizens together."""
        return sum(ride.dropoff - ride.pickup for ride in self.rides)


def outcome_of(day: Day, result: Result, travel: Travel) -> Outcome:
    """The planner's result with our money; routes in the order of their vehicles and hours."""
    buses = {bus.key: bus for bus in day.buses}
    lifted = frozenset(ride.key for ride in day.rides if ride.wheelchair)
    row = {spot.key: number for number, spot in enumerate(day.spots())}
    driven = sorted(result.routes, key=lambda route: (route.vehicle, route.shift))
    return Outcome(
        routes=tuple(_routes(driven, buses, lifted, (row, travel))),
        rides=tuple(ride for index, route in enumerate(driven) for ride in _rides(index, route)),
        undriven=tuple(
            Undriven(left.request, LeftOut(left.reason), left.detail)
            for left in sorted(result.unserved, key=lambda left: left.request)
        ),
        faults=tuple(_fault(found) for found in result.violations if found.constraint != "unserved"),
        estimated=result.estimated,
    )


def _routes(
    driven: list[Route], buses: Mapping[str, Bus], lifted: frozenset[str], roads: tuple[Mapping[str, int], Travel]
) -> Iterator[DrivenRoute]:
    row, travel = roads
    out_before: set[str] = set()
    for route in driven:
        bus = buses[route.vehicle.rpartition("/")[0]]
        garage = row[bus.garage.key]
        stops = [garage, *(visit.place for visit in route.visits if visit.kind is not Kind.BREAK), garage]
        legs = (float(travel.distance[here, there]) for here, there in pairwise(stops))
        metres = round(sum(legs) * METRES)
        starts, ends = floor(route.start), ceil(route.end)
        riders = route.requests()
        cost_ore, fee_ore = planned_ore(
            Driven(metres, METRES, ends - starts, lifts=sum(key in lifted for key in riders)),
            _price(bus, first=bus.key not in out_before),
            bus.fee_percent,
        )
        out_before.add(bus.key)
        yield DrivenRoute(
            bus=bus.key,
            way=Way.OUT if route.shift == 0 else Way.BACK,
            starts=starts,
            ends=ends,
            metres=metres,
            cost_ore=cost_ore + fee_ore,
            fee_ore=fee_ore,
            co2_g=round_half_away(metres * bus.co2_g_km, METRES),
            most_aboard=_most_aboard(route),
            riders=len(riders),
        )


def _price(bus: Bus, *, first: bool) -> Price:
    """The vehicle's prices; the day is paid for once. Waiting and bridges are not known before the trip."""
    return Price(
        start=bus.start_ore, km=bus.km_ore, minute=bus.minute_ore, lift=bus.lift_ore, day=bus.day_ore if first else 0
    )


def _most_aboard(route: Route) -> int:
    aboard = most = 0
    for visit in route.visits:
        aboard += {Kind.PICKUP: 1, Kind.DELIVERY: -1}.get(visit.kind, 0)
        most = max(most, aboard)
    return most


def _rides(index: int, route: Route) -> Iterator[DrivenRide]:
    picked: dict[str, tuple[int, int]] = {}
    for order, visit in enumerate(route.visits, start=1):
        if visit.kind is Kind.PICKUP:
            picked[visit.request] = floor(visit.time), order
        elif visit.kind is Kind.DELIVERY:
            at, before = picked[visit.request]
            yield DrivenRide(visit.request, index, at, ceil(visit.time), before, order)


def _fault(found: Violation) -> str:
    return f"{found.constraint}: {found.subject}: {found.detail}"
