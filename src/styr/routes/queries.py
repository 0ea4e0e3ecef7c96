"""Route plans as pages show them: with names, places, what changes for each citizen, and what it is all worth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.people.queries import citizen_lines
from styr.routes.core.codes import PlanState, Way
from styr.routes.core.effects import AtAbsence, Change, at_absences, break_even, saving
from styr.routes.models import PlanRide, PlanRoute, PlanVehicle, RoutePlan
from styr.routes.plan_levels import levels_of
from styr.routes.stops import Halt, RideLine, halts_of
from styr.transport.whereabouts import Whereabouts, whereabouts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from styr.people.queries import CitizenLine
    from styr.routes.core.service_level import Level

_NUMBERS: Final = "SELECT grant_id, number, citizen_id FROM rel_grant WHERE grant_id = ANY (%s)"
_WORKED_ON: Final = """
SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE task_name = 'routes.work_out' AND status IN ('todo', 'doing')
               AND args ->> 'plan_id' = %s)
"""
HIDDEN_ADDRESS: Final = "Beskyttet adresse"


class PlanNotVisibleError(LookupError):
    """There is no such plan for the caller."""

    def __init__(self) -> None:
        super().__init__("Ruteplanen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True)
class PlanCard:
    """A plan in the list."""

    plan: RoutePlan
    places: tuple[str, ...]

    @property
    def rides(self) -> int:
        """How many rides it was asked about."""
        return self.plan.driven + self.plan.left_out

    @property
    def state(self) -> PlanState:
        """How far it has come."""
        return PlanState(self.plan.state)

    @property
    def saving_ore(self) -> int | None:
        """A year's saving; None where it cannot be told."""
        return plan_saving(self.plan)


@dataclass(frozen=True)
class RouteLine:
    """One trip of a vehicle with its stops."""

    route: PlanRoute
    vehicle: PlanVehicle
    halts: tuple[Halt, ...]

    @property
    def way(self) -> Way:
        """Which way."""
        return Way(self.route.way)

    @property
    def full(self) -> int:
        """The most aboard as a percentage of the seats."""
        return round(100 * self.route.most_aboard / self.vehicle.seats) if self.vehicle.seats else 0


@dataclass(frozen=True)
class PlanSheet:
    """A whole plan."""

    plan: RoutePlan
    fleet: tuple[PlanVehicle, ...]
    routes: tuple[RouteLine, ...]
    rides: tuple[RideLine, ...]
    places: dict[UUID, Whereabouts]
    absences: tuple[AtAbsence, ...]
    levels: tuple[Level, ...]

    @property
    def state(self) -> PlanState:
        """How far it has come."""
        return PlanState(self.plan.state)

    @property
    def driven(self) -> tuple[RideLine, ...]:
        """The rides that somebody drives."""
        return tuple(row for row in self.rides if row.ride.route_id)

    @property
    def left_out(self) -> tuple[RideLine, ...]:
        """The rides that nobody drives."""
        return tuple(row for row in self.rides if row.ride.left_out)

    @property
    def noticed(self) -> tuple[RideLine, ...]:
        """The rides whose citizen notices the change, the longest rides first."""
        return tuple(
            sorted((row for row in self.driven if row.change.noticed), key=lambda row: -(row.change.longer or 0))
        )

    @property
    def longest(self) -> int:
        """The longest ride in minutes."""
        return max((row.change.minutes or 0 for row in self.driven), default=0)

    @property
    def mean_minutes(self) -> int:
        """The mean ride in minutes."""
        return round((self.plan.ride_minutes or 0) / self.plan.driven) if self.plan.driven else 0

    @property
    def mean_minutes_now(self) -> int | None:
        """The mean ride today, of the rides that are known."""
        known = [row.change.minutes_now for row in self.rides if row.change.minutes_now is not None]
        return round(sum(known) / len(known)) if known else None

    @property
    def saving_ore(self) -> int | None:
        """A year's saving; None where it cannot be told."""
        return plan_saving(self.plan)

    @property
    def break_even(self) -> int | None:
        """From how many per cent at home the plan's ride is no cheaper than today's single trips."""
        plan = self.plan
        if plan.cost_ore is None or plan.own_today:
            return None
        return break_even(
            cost_ore=plan.cost_ore, rides=plan.driven, now_ore=plan.today_cost_ore, rides_now=plan.today_rides or 0
        )

    @property
    def fee_ore(self) -> int:
        """The administration in the plan's price."""
        return sum(route.route.fee_ore for route in self.routes)

    @property
    def unpriced(self) -> tuple[PlanVehicle, ...]:
        """The vehicles that drive at a price for kilometres alone: neither driver nor vehicle is in it."""
        driving = {route.route.vehicle_id for route in self.routes}
        return tuple(row for row in self.fleet if row.id in driving and not row.day_ore and not row.minute_ore)


def plan_saving(plan: RoutePlan) -> int | None:
    """What the plan saves in a year; None before it is worked out, or where today's price is not known.

    None too while somebody is left out: today's price has their rides, the plan's has not.
    """
    if plan.cost_ore is None or plan.left_out:
        return None
    return saving(now_ore=plan.today_cost_ore, plan_ore=plan.cost_ore, days=plan.days)


def plan_cards() -> list[PlanCard]:
    """The plans that are not laid away, the latest first. Two queries."""
    kept = RoutePlan.objects.exclude(state=PlanState.DROPPED.value).order_by("-asked_at", "-id")
    plans = list(kept[:200])
    names = whereabouts({place for plan in plans for place in plan.destination_ids})
    return [
        PlanCard(
            plan,
            tuple(names[place].written for place in plan.destination_ids if place in names),
        )
        for plan in plans
    ]


def plan_card(plan_id: UUID) -> RoutePlan:
    """The plan alone; raises `PlanNotVisibleError`."""
    plan = RoutePlan.objects.filter(id=plan_id).first()
    if plan is None:
        raise PlanNotVisibleError
    return plan


def plan_sheet(plan_id: UUID, *, page: str, today: date) -> PlanSheet:
    """The whole plan; its citizens are logged as shown. Eight queries.

    Raises:
        PlanNotVisibleError: there is no such plan for the caller.
    """
    plan = plan_card(plan_id)
    fleet = {row.id: row for row in plan.fleet.order_by("name", "id")}
    routes = list(plan.routes.order_by("starts", "vehicle_id"))
    rides = list(plan.rides.order_by("way", "pickup", "id"))
    grants = _grants([row.grant_id for row in rides])
    people = citizen_lines(
        citizen_ids={citizen for _, citizen in grants.values()}, page=page, purpose="ruteplanlægning", today=today
    )
    wanted = {place for row in rides for place in (row.home_id, row.goal_id) if place}
    places = whereabouts(wanted | {row.garage_id for row in fleet.values()})
    vehicles = {row.id: fleet[row.vehicle_id].name for row in routes}
    lines = tuple(_line(row, grants, people, places, vehicles) for row in rides)
    return PlanSheet(
        plan=plan,
        fleet=tuple(fleet.values()),
        routes=_routes(routes, fleet, lines),
        rides=lines,
        places=places,
        absences=_absences(plan),
        levels=levels_of(plan, lines),
    )


def is_worked_on(plan_id: UUID) -> bool:
    """Whether a job for the plan waits or runs: one whose worker died over and over does not. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKED_ON, [str(plan_id)])
        return bool(cursor.fetchall()[0][0])


def _grants(grant_ids: Sequence[UUID]) -> dict[UUID, tuple[str, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, [list(grant_ids)])
        return {grant: (number, citizen) for grant, number, citizen in cursor.fetchall()}


def _line(
    row: PlanRide,
    grants: dict[UUID, tuple[str, UUID]],
    people: dict[UUID, CitizenLine],
    places: dict[UUID, Whereabouts],
    vehicles: dict[UUID, str],
) -> RideLine:
    number, citizen_id = grants.get(row.grant_id, ("", None))
    citizen = people.get(citizen_id) if citizen_id else None
    protected = citizen is None or citizen.protected
    home = places.get(row.home_id) if row.home_id else None
    driven = row.route_id is not None
    return RideLine(
        ride=row,
        grant_number=number,
        citizen_id=citizen_id if citizen else None,
        name=citizen.name if citizen else "Borger uden for dit område",
        protected=protected,
        home=HIDDEN_ADDRESS if protected else home.written if home else "Uden adresse",
        goal=places[row.goal_id].written if row.goal_id in places else "Ukendt sted",
        vehicle=vehicles.get(row.route_id, "") if row.route_id else "",
        change=Change(
            pickup_now=row.today_pickup,
            minutes_now=row.today_minutes,
            pickup=row.pickup if driven else None,
            minutes=(row.dropoff or 0) - (row.pickup or 0) if driven else None,
        ),
    )


def _routes(
    routes: Sequence[PlanRoute], fleet: dict[UUID, PlanVehicle], lines: Sequence[RideLine]
) -> tuple[RouteLine, ...]:
    by_route: dict[UUID, list[RideLine]] = defaultdict(list)
    for line in lines:
        if line.ride.route_id:
            by_route[line.ride.route_id].append(line)
    return tuple(RouteLine(row, fleet[row.vehicle_id], halts_of(by_route[row.id])) for row in routes)


def _absences(plan: RoutePlan) -> tuple[AtAbsence, ...]:
    if plan.cost_ore is None:
        return ()
    return at_absences(
        cost_ore=plan.cost_ore,
        rides=plan.driven,
        now_ore=plan.today_cost_ore,
        rides_now=plan.today_rides or 0,
        follows=not plan.own_today,
    )
