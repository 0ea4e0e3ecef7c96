"""A plan worked out by the route planner, in a job: told of its progress, stopped when it is laid away."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from styr.access.scope import service_scope
from styr.routes.core.codes import LeftOut, PlanState, Way
from styr.routes.core.day import Bus, Day, Ride, Spot
from styr.routes.core.planner import UnableToMeasureRoadsError, roads, worked_out
from styr.routes.gathering import positions
from styr.routes.models import PlanRide, PlanRoute, RoutePlan
from styr.routes.plan_levels import terms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.routes.core.outcome import Outcome

PURPOSE: Final = "job"
_PAUSE: Final = 1.0  # seconds between two looks at whether somebody laid the plan away
_NOTHING: Final = "Ingen af turene kan planlægges: borgerne eller målene er ikke på kortet, eller tiden mangler."
_GAVE_UP: Final = (
    "Beregningen gik galt flere gange og er stoppet. Prøv igen. Sker det igen, så prøv med færre mål eller vogne, "
    "eller bed driften om at se i jobbets log."
)
_NO_ROADS: Final = "Ruteberegneren svarer ikke eller kender ingen vej mellem to af stederne. Prøv igen."


def work_out(*, municipality_id: UUID, plan_id: UUID, now: Callable[[], datetime]) -> None:
    """Work out a plan that was asked for, and keep its routes; taken up again after a kill it begins anew."""
    with service_scope(municipality_id, PURPOSE):
        plan = RoutePlan.objects.filter(id=plan_id, state=PlanState.ASKED.value).first()
        if plan is None:
            return
        day = day_of(plan)
    if not day.rides or not day.buses:
        with service_scope(municipality_id, PURPOSE):
            _fail(plan_id, _NOTHING)
        return
    listen = _listener(municipality_id, plan_id)
    try:
        outcome = worked_out(day, roads(settings.STYR_ROUTE_SERVICE), seconds=plan.seconds, listener=listen)
    except UnableToMeasureRoadsError:
        with service_scope(municipality_id, PURPOSE):
            _fail(plan_id, _NO_ROADS)
        return
    with service_scope(municipality_id, PURPOSE):
        keep(plan_id, outcome, now())


def day_of(plan: RoutePlan) -> Day:
    """The rides and vehicles of a plan as the planner's day; rides that cannot be asked about are not in it."""
    fleet = list(plan.fleet.all())
    rides = [row for row in plan.rides.all() if row.left_out not in {LeftOut.NO_PLACE.value, LeftOut.NO_TIME.value}]
    at = positions([*{row.garage_id for row in fleet}, *{p for r in rides for p in (r.home_id, r.goal_id) if p}])
    vehicle = dict(plan.routes.values_list("id", "vehicle_id"))
    return Day(
        rides=tuple(_ride(row, at, vehicle) for row in rides),
        buses=tuple(
            Bus(
                key=str(row.id), garage=_spot(row.garage_id, at), seats=row.seats, wheelchairs=row.wheelchairs,
                lift=row.lift, day_ore=row.day_ore, km_ore=row.km_ore, minute_ore=row.minute_ore,
                co2_g_km=row.co2_g_km, start_ore=row.start_ore, lift_ore=row.lift_ore, fee_percent=row.fee_percent,
            )
            for row in fleet
            if row.garage_id in at
        ),
        terms=terms_of(plan),
    )  # fmt: skip


@transaction.atomic
def keep(plan_id: UUID, outcome: Outcome, now: datetime) -> None:
    """Replace a plan's routes by these; one that was laid away meanwhile keeps none."""
    plan = RoutePlan.objects.select_for_update().filter(id=plan_id, state__in=["asked", "planned"]).first()
    if plan is None:
        return
    rides = {str(row.id): row for row in plan.rides.select_for_update()}
    for row in rides.values():
        row.route = None
    PlanRide.objects.bulk_update(rides.values(), ["route"])
    plan.routes.all().delete()
    routes = [
        PlanRoute(
            municipality_id=plan.municipality_id, plan=plan, vehicle_id=route.bus, way=route.way.value,
            starts=route.starts, ends=route.ends, metres=route.metres, cost_ore=route.cost_ore, fee_ore=route.fee_ore,
            co2_g=route.co2_g,
            riders=route.riders, most_aboard=route.most_aboard,
        )
        for route in outcome.routes
    ]  # fmt: skip
    PlanRoute.objects.bulk_create(routes)
    _note_rides(rides, outcome, routes)
    plan.state, plan.progress, plan.planned_at, plan.message = PlanState.PLANNED.value, 100, now, ""
    plan.estimated, plan.faults = outcome.estimated, list(outcome.faults)
    plan.vehicles, plan.metres, plan.cost_ore = outcome.vehicles, outcome.metres, outcome.cost_ore
    plan.co2_g, plan.ride_minutes = outcome.co2_g, outcome.ride_minutes
    plan.driven, plan.left_out = len(outcome.rides), len(rides) - len(outcome.rides)
    plan.save()


def _note_rides(rides: dict[str, PlanRide], outcome: Outcome, routes: Sequence[PlanRoute]) -> None:
    for ride in outcome.rides:
        row = rides[ride.key]
        row.route, row.left_out = routes[ride.route], ""
        row.pickup, row.dropoff = ride.pickup, ride.dropoff
        row.pickup_order, row.dropoff_order = ride.pickup_order, ride.dropoff_order
    for left in outcome.undriven:
        row = rides[left.key]
        row.route, row.left_out = None, left.reason.value
        row.pickup = row.dropoff = row.pickup_order = row.dropoff_order = None
    changed = ["route", "left_out", "pickup", "dropoff", "pickup_order", "dropoff_order"]
    PlanRide.objects.bulk_update(rides.values(), changed, batch_size=500)


def _ride(row: PlanRide, at: dict[UUID, tuple[float, float]], vehicle: dict[UUID, UUID]) -> Ride:
    driven_by = vehicle.get(row.route_id) if row.route_id else None
    return Ride(
        key=str(row.id), way=Way(row.way), home=_spot(row.home_id, at), goal=_spot(row.goal_id, at), at=row.at or 0,
        wheelchair=row.wheelchair, companion=row.companion, solo=row.solo, longest=row.longest,
        vehicle=str(driven_by or ""), pickup=row.pickup, locked=row.locked,
    )  # fmt: skip


def _spot(place: UUID | None, at: dict[UUID, tuple[float, float]]) -> Spot:
    east, north = at[place]  # type: ignore[index]  # rides without a place were left out before
    return Spot(str(place), east, north)


def _listener(municipality_id: UUID, plan_id: UUID) -> Callable[[float], bool]:
    last = [monotonic()]

    def listen(share: float) -> bool:
        if monotonic() - last[0] < _PAUSE:
            return True
        last[0] = monotonic()
        with service_scope(municipality_id, PURPOSE):
            told = RoutePlan.objects.filter(id=plan_id, state=PlanState.ASKED.value)
            return bool(told.update(progress=min(int(share * 100), 99)))

    return listen


def give_up(*, municipality_id: UUID, plan_id: UUID) -> None:
    """Tell that the job went wrong for the last time; the plan can be asked for again."""
    with service_scope(municipality_id, PURPOSE):
        _fail(plan_id, _GAVE_UP)


@transaction.atomic
def _fail(plan_id: UUID, message: str) -> None:
    RoutePlan.objects.filter(id=plan_id, state=PlanState.ASKED.value).update(
        state=PlanState.FAILED.value, message=message
    )
