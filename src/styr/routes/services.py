"""Use cases on route plans: ask for one, lay it away, put it into operation. What it is worked out by is `solving`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app as jobs

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.routes.core.codes import LeftOut, PlanState
from styr.routes.core.day import Terms
from styr.routes.gathering import driven_today, rides_wanted
from styr.routes.models import PlanRide, PlanVehicle, RoutePlan
from styr.routes.queries import PlanNotVisibleError, is_worked_on
from styr.transport.core.codes import OperatorKind
from styr.transport.offers import Offer, offers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.routes.gathering import Wanted

PLAN_TASK: Final = "routes.work_out"
"""The job's name: `ask_for_plan` defers it, `tasks.py` performs it."""
MOST_SECONDS: Final = 600


class UnableToPlanError(Refusal):
    """The plan cannot be made, changed or put into operation; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be planned; `seconds` is processor time.

    `own_day_ore` is what a day with one of our own vehicles costs, driver and vehicle, where the register has no price
    for that: without it a plan with own vehicles looks cheaper than it is. `own_today` is how many of our own drive
    the rides today: they cost the same a day, in the plan and before it.
    """

    name: str
    day: date
    goals: tuple[UUID, ...]
    vehicles: tuple[UUID, ...]
    garage: UUID
    terms: Terms = field(default_factory=Terms)
    own_day_ore: int = 0
    own_today: int = 0
    seconds: int = 30


@transaction.atomic
def ask_for_plan(*, municipality_id: UUID, asked: Asked, actor_id: UUID, today: date, now: datetime) -> UUID:
    """Keep what is to be planned and ask a job to work it out.

    Raises:
        UnableToPlanError: no destination, vehicle or ride, or the actor may not plan transport.
    """
    allow(actor_id, today)
    if not asked.goals or not asked.vehicles:
        raise UnableToPlanError("Vælg mindst ét mål og mindst én vogn.")
    if asked.own_day_ore < 0 or asked.own_today < 0:
        raise UnableToPlanError("En pris eller et antal kan ikke være negativt.")
    if not 1 <= asked.seconds <= MOST_SECONDS:
        raise UnableToPlanError(f"Regnetiden skal være mellem 1 og {MOST_SECONDS} sekunder.")
    rides = rides_wanted(goals=asked.goals, day=asked.day)
    if not rides:
        raise UnableToPlanError("Ingen bevillinger har kørsel til de steder på den ugedag.")
    fleet = offers(vehicles=asked.vehicles, day=asked.day)
    if not fleet:
        raise UnableToPlanError("Ingen af vognene har pladser.")
    if not any(offer.kind == OperatorKind.OWN and not offer.day_ore for offer in fleet):
        asked = replace(asked, own_day_ore=0, own_today=0)  # today's trips have the day's price already
    plan = _kept(municipality_id, asked, rides, actor_id, now)
    PlanVehicle.objects.bulk_create(_vehicle(plan, offer, asked) for offer in fleet)
    PlanRide.objects.bulk_create(_ride(plan, ride) for ride in rides)
    defer(plan)
    return plan.id


def defer(plan: RoutePlan) -> None:
    """Ask for the plan to be worked out, in the caller's transaction."""
    job = jobs.configure_task(PLAN_TASK, lock=f"routes:{plan.id}")
    job.defer(municipality_id=str(plan.municipality_id), plan_id=str(plan.id))


@transaction.atomic
def lay_away(*, plan_id: UUID, actor_id: UUID, today: date) -> None:
    """Take a plan off the list; one that is being worked out stops at its next step.

    Raises:
        PlanNotVisibleError: there is none for the caller.
        UnableToPlanError: it is in operation, or the actor may not.
    """
    plan = plan_for_change(plan_id, actor_id, today)
    if plan.state in {PlanState.PUBLISHED, PlanState.ENDED}:
        raise UnableToPlanError("En plan, der er eller har været i drift, kan ikke fjernes.")
    plan.state = PlanState.DROPPED.value
    plan.save(update_fields=["state"])


@transaction.atomic
def plan_again(*, plan_id: UUID, actor_id: UUID, today: date) -> None:
    """Ask for a plan to be worked out once more; rides that are locked keep their vehicle.

    Raises:
        PlanNotVisibleError: there is none for the caller.
        UnableToPlanError: it is being worked out, is or was in operation, or the actor may not.
    """
    plan = plan_for_change(plan_id, actor_id, today)
    stopped = plan.state == PlanState.ASKED and not is_worked_on(plan_id)
    if plan.state not in {PlanState.PLANNED, PlanState.FAILED} and not stopped:
        raise UnableToPlanError("Kun en plan, der er beregnet og ikke i drift, kan beregnes igen.")
    plan.state, plan.progress, plan.message = PlanState.ASKED.value, 0, ""
    plan.save(update_fields=["state", "progress", "message"])
    defer(plan)


@transaction.atomic
def publish(*, plan_id: UUID, valid_from: date, note: str, actor_id: UUID, today: date) -> None:
    """Put a plan into operation from a day; plans to the same destinations end on that day.

    Raises:
        PlanNotVisibleError: there is none for the caller.
        UnableToPlanError: it breaks a constraint, leaves somebody out without a reason given, begins in the past, or
            the actor may not.
    """
    plan = plan_for_change(plan_id, actor_id, today)
    if plan.state != PlanState.PLANNED:
        raise UnableToPlanError("Kun en plan, der er beregnet, kan sættes i drift.")
    if plan.faults:
        raise UnableToPlanError("Planen bryder krav og kan ikke sættes i drift.")
    if valid_from < today:
        raise UnableToPlanError("Planen kan tidligst sættes i drift fra i dag.")
    if plan.left_out and not note.strip():
        raise UnableToPlanError("Nogen kører ikke med planen. Skriv, hvordan de bliver kørt.")
    earlier = RoutePlan.objects.select_for_update().filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from),
        state=PlanState.PUBLISHED.value,
        destination_ids__overlap=plan.destination_ids,
    )
    for old in earlier:
        old.state, old.valid_to = PlanState.ENDED.value, max(valid_from, old.valid_from or valid_from)
        old.save(update_fields=["state", "valid_to"])
    plan.state, plan.valid_from, plan.published_by_id = PlanState.PUBLISHED.value, valid_from, actor_id
    plan.published_note = note.strip()
    plan.save(update_fields=["state", "valid_from", "published_by", "published_note"])


def plan_for_change(plan_id: UUID, actor_id: UUID, today: date) -> RoutePlan:
    """The plan, locked until the transaction ends, if there is one that the actor may change."""
    plan = RoutePlan.objects.select_for_update().filter(id=plan_id).first()
    if plan is None:
        raise PlanNotVisibleError
    allow(actor_id, today)
    return plan


def allow(actor_id: UUID, today: date) -> None:
    """Plans belong to no unit, so it takes a role over the whole municipality."""
    if not may_in(user_id=actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=None, on=today):
        raise UnableToPlanError("Det kræver en rolle i hele kommunen at planlægge ruter.")


def _kept(municipality_id: UUID, asked: Asked, rides: Sequence[Wanted], actor_id: UUID, now: datetime) -> RoutePlan:
    known = driven_today(grants=sorted({ride.grant_id for ride in rides}), goals=asked.goals, day=asked.day)
    return RoutePlan.objects.create(
        id=uuid7(),
        municipality_id=municipality_id,
        name=asked.name.strip()[:120] or "Ruteplan",
        day=asked.day,
        destination_ids=list(asked.goals),
        state=PlanState.ASKED.value,
        terms=asdict(asked.terms),
        seconds=asked.seconds,
        asked_by_id=actor_id,
        asked_at=now,
        today_cost_ore=None if known.cost_ore is None else known.cost_ore + asked.own_today * asked.own_day_ore,
        own_day_ore=asked.own_day_ore,
        own_today=asked.own_today,
        today_rides=known.rides,
        today_co2_g=known.co2_g,
        days=known.days,
    )


def _vehicle(plan: RoutePlan, offer: Offer, asked: Asked) -> PlanVehicle:
    return PlanVehicle(
        id=uuid7(),
        municipality_id=plan.municipality_id,
        plan=plan,
        vehicle_id=offer.vehicle_id,
        name=offer.name,
        garage_id=asked.garage,
        seats=offer.seats,
        wheelchairs=offer.wheelchairs,
        lift=offer.lift,
        day_ore=offer.day_ore or (asked.own_day_ore if offer.kind == OperatorKind.OWN else 0),
        km_ore=offer.km_ore,
        minute_ore=offer.minute_ore,
        co2_g_km=offer.co2_g_km,
        start_ore=offer.start_ore,
        lift_ore=offer.lift_ore,
        fee_percent=offer.fee_percent,
    )


def _ride(plan: RoutePlan, ride: Wanted) -> PlanRide:
    missing = "" if ride.on_the_map else LeftOut.NO_PLACE.value
    return PlanRide(
        id=uuid7(),
        municipality_id=plan.municipality_id,
        unit_id=ride.unit_id,
        plan=plan,
        grant_id=ride.grant_id,
        way=ride.way,
        home_id=ride.home_id,
        goal_id=ride.goal_id,
        at=ride.at,
        wheelchair=ride.wheelchair,
        companion=ride.companion,
        solo=ride.solo,
        longest=ride.longest,
        left_out=missing or (LeftOut.NO_TIME.value if ride.at is None else ""),
        today_pickup=ride.today_pickup,
        today_minutes=ride.today_minutes,
    )
