"""A plan changed by hand: another vehicle for a ride, seen before it is kept; a ride locked to its vehicle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from styr.routes.core.codes import PlanState
from styr.routes.core.planner import UnableToMeasureRoadsError, roads, worked_out
from styr.routes.models import PlanRide, RoutePlan
from styr.routes.queries import PlanNotVisibleError
from styr.routes.services import UnableToPlanError, plan_for_change
from styr.routes.solving import day_of, keep

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.routes.core.outcome import Outcome

_STEPS: Final = 400
"""Everyone keeps the vehicle, so few steps put the stops in order."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move would do: the plan after it, what it costs more, and who gets another time.

    `possible` is False where the ride cannot be driven so; `why` then says what is in the way.
    """

    outcome: Outcome
    more_ore: int
    others_changed: int
    possible: bool
    why: str

    @property
    def less_ore(self) -> int:
        """What it costs less."""
        return -self.more_ore


def try_move(*, ride_id: UUID, vehicle_id: UUID) -> Moved:
    """What it would do to let another vehicle of the plan drive a ride; nothing is kept.

    Raises:
        PlanNotVisibleError: there is no such ride, or vehicle of its plan, for the caller.
        UnableToPlanError: the plan is not worked out, or is in operation.
    """
    ride = PlanRide.objects.select_related("plan").filter(id=ride_id).first()
    if ride is None:
        raise PlanNotVisibleError
    return _moved(ride.plan, ride, vehicle_id)


@transaction.atomic
def move(*, ride_id: UUID, vehicle_id: UUID, actor_id: UUID, today: date, now: datetime) -> Moved:
    """Let another vehicle drive a ride, and lock it there.

    Raises:
        PlanNotVisibleError: there is no such ride, or vehicle of its plan, for the caller.
        UnableToPlanError: it cannot be driven so, or the actor may not.
    """
    ride = _ride_for_change(ride_id, actor_id, today)
    moved = _moved(ride.plan, ride, vehicle_id)
    if not moved.possible:
        raise UnableToPlanError(moved.why)
    keep(ride.plan_id, moved.outcome, now)
    PlanRide.objects.filter(id=ride_id).update(locked=True)
    return moved


@transaction.atomic
def lock(*, ride_id: UUID, locked: bool, actor_id: UUID, today: date) -> None:
    """Hold a ride to its vehicle when the plan is worked out again, or let go of it.

    Raises:
        PlanNotVisibleError: there is no such ride for the caller.
        UnableToPlanError: nobody drives the ride, or the actor may not.
    """
    ride = _ride_for_change(ride_id, actor_id, today)
    if locked and ride.route_id is None:
        raise UnableToPlanError("Turen kører ikke med nogen vogn og kan ikke låses.")
    ride.locked = locked
    ride.save(update_fields=["locked"])


def _ride_for_change(ride_id: UUID, actor_id: UUID, today: date) -> PlanRide:
    ride = PlanRide.objects.filter(id=ride_id).first()
    if ride is None:
        raise PlanNotVisibleError
    ride.plan = plan_for_change(ride.plan_id, actor_id, today)
    _changeable(ride.plan)
    return ride


def _changeable(plan: RoutePlan) -> None:
    if plan.state != PlanState.PLANNED:
        raise UnableToPlanError("Kun en plan, der er beregnet og ikke i drift, kan ændres.")


def _moved(plan: RoutePlan, ride: PlanRide, vehicle_id: UUID) -> Moved:
    _changeable(plan)
    if not plan.fleet.filter(id=vehicle_id).exists():
        raise PlanNotVisibleError
    day, key = day_of(plan), str(ride.id)
    held = replace(
        day,
        rides=tuple(
            replace(row, vehicle=str(vehicle_id) if row.key == key else row.vehicle, locked=True)
            for row in day.rides
            if row.vehicle or row.key == key
        ),
    )
    try:
        outcome = worked_out(held, roads(settings.STYR_ROUTE_SERVICE), steps=_STEPS)
    except UnableToMeasureRoadsError as silent:
        raise UnableToPlanError("Ruteberegneren svarer ikke. Prøv igen.") from silent
    before = {row.key: row.pickup for row in day.rides}
    others = sum(row.pickup != before[row.key] for row in outcome.rides if row.key != key)
    driven = {row.key for row in outcome.rides}
    lost = [row for row in outcome.undriven if row.key in {one.key for one in held.rides}]
    why = lost[0].reason.danish if lost else "; ".join(outcome.faults)
    possible = key in driven and not lost and not outcome.faults
    return Moved(
        outcome, outcome.cost_ore - (plan.cost_ore or 0), others, possible, f"Det kan ikke lade sig gøre: {why}."
    )
