"""Use cases on the own vehicles: what becomes of one, what it costs, where it drives by duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.fleet.core.codes import Alternative
from styr.fleet.gathering import cars
from styr.fleet.models import Choice, Duty, VehicleCost
from styr.fleet.queries import VehicleNotVisibleError, car_line, fleet_sheet
from styr.kernel.refusal import Refusal
from styr.transport.whereabouts import whereabouts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID


LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, where, and when."""

    municipality_id: UUID
    actor_id: UUID
    today: date
    now: datetime


class UnableToChangeFleetError(Refusal):
    """It cannot be done so; the message says why."""


def chosen(vehicle_id: UUID) -> tuple[Alternative, str]:
    """What is to become of a vehicle, and why; kept as it is until somebody chooses. One query."""
    held = Choice.objects.filter(vehicle_id=vehicle_id).first()
    return (Alternative(held.alternative), held.reason) if held else (Alternative.KEEP, "")


@transaction.atomic
def choose(*, vehicle_id: UUID, alternative: Alternative, reason: str, by: By) -> None:
    """Note what is to become of a vehicle, and why.

    Raises:
        VehicleNotVisibleError: there is no such own vehicle for the caller.
        UnableToChangeFleetError: it cannot be had, no reason is given, or the actor may not.
    """
    line = car_line(fleet_sheet(by.today), vehicle_id)
    _allow(by)
    offered = next(one for one in line.offered if one.alternative is alternative)
    if not offered.possible:
        raise UnableToChangeFleetError(offered.why_not)
    words = " ".join(reason.split())
    if not words:
        raise UnableToChangeFleetError("Skriv en begrundelse.")
    told = {
        "municipality_id": by.municipality_id,
        "alternative": alternative.value,
        "reason": words[:LONGEST_REASON],
        "chosen_by_id": by.actor_id,
        "chosen_at": by.now,
    }
    Choice.objects.update_or_create(vehicle_id=vehicle_id, defaults=told)


@transaction.atomic
def set_cost(*, vehicle_id: UUID, starts: date, amounts: Mapping[str, object], by: By) -> None:
    """Let a vehicle's costs be these from a day on; what held before ends there, what was to come later gives way.

    `amounts` are fields of `VehicleCost`; a missing one is not known.

    Raises:
        VehicleNotVisibleError: there is no such own vehicle for the caller.
        UnableToChangeFleetError: the actor may not.
    """
    _found(vehicle_id, by.today)
    _allow(by)
    held = VehicleCost.objects.select_for_update().filter(vehicle_id=vehicle_id)
    held.filter(valid_from__gte=starts).delete()
    for before in held.exclude(valid_to__lte=starts):
        before.valid_to = starts
        before.save(update_fields=["valid_to"])
    VehicleCost.objects.create(municipality_id=by.municipality_id, vehicle_id=vehicle_id, valid_from=starts, **amounts)


@transaction.atomic
def add_duty(*, vehicle_id: UUID, place_id: UUID, starts: date, by: By) -> None:
    """Note that a vehicle drives the standing rides to a place from a day on.

    Raises:
        VehicleNotVisibleError: there is no such own vehicle for the caller.
        UnableToChangeFleetError: it does already, there is no such place, or the actor may not.
    """
    _found(vehicle_id, by.today)
    _allow(by)
    place = whereabouts({place_id}).get(place_id)
    if place is None or place.home:
        raise UnableToChangeFleetError("Stedet findes ikke.")
    try:
        with transaction.atomic():
            Duty.objects.create(
                municipality_id=by.municipality_id, vehicle_id=vehicle_id, place_id=place_id, valid_from=starts
            )
    except IntegrityError as refused:
        raise UnableToChangeFleetError("Vognen kører der allerede i en del af perioden.") from refused


@transaction.atomic
def end_duty(*, vehicle_id: UUID, place_id: UUID, by: By) -> None:
    """Note that a vehicle drives to a place no more, from today on.

    Raises:
        VehicleNotVisibleError: there is no such own vehicle, or duty of it, for the caller.
        UnableToChangeFleetError: the actor may not.
    """
    _found(vehicle_id, by.today)
    _allow(by)
    duties = Duty.objects.select_for_update().filter(vehicle_id=vehicle_id, place_id=place_id)
    held = [one for one in duties if one.valid_to is None or one.valid_to > by.today]
    if not held:
        raise VehicleNotVisibleError
    for one in held:
        if one.valid_from >= by.today:
            one.delete()
        else:
            one.valid_to = by.today
            one.save(update_fields=["valid_to"])


def _found(vehicle_id: UUID, today: date) -> None:
    if all(car.vehicle_id != vehicle_id for car in cars(today)):
        raise VehicleNotVisibleError


def _allow(by: By) -> None:
    """Vehicles belong to the whole municipality, so it takes a role over all of it."""
    if not may_in(user_id=by.actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=None, on=by.today):
        raise UnableToChangeFleetError("Det kræver en rolle i hele kommunen at ændre egne vogne.")
