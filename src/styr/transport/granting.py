"""What people do with transport grants: say what is driven, answer what the rule asks, measure the road, and decide."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import Refusal
from styr.people.queries import is_protected
from styr.transport.asking import road_between
from styr.transport.core.codes import Outcome, RoadSource
from styr.transport.core.entitlement import leaves
from styr.transport.core.facts import UnknownFactError, read_answers
from styr.transport.core.rules import assessed
from styr.transport.models import Assessment, RideGrant
from styr.transport.ride_queries import grant_facts, point_of, ride_page, version_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

WRITTEN: Final = (
    *("criterion_id", "operator_id", "home_id", "destination_id", "weekdays", "out_arrive", "back_leave", "aids"),
    *("companion", "solo", "max_ride_minutes", "user_payment_ore", "road_km"),
)
LONGEST_REASON: Final = 1_000


class UnableToGrantRideError(Refusal):
    """The rides cannot be kept so; the message says why."""


class RideChangedMeanwhileError(Refusal):
    """Somebody else changed the rides since the form was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Kørslen er ændret af en anden, siden du åbnede siden. Dine rettelser står her stadig. Gem igen."
        )


@transaction.atomic
def save_ride(  # noqa: PLR0913 -- one act's facts, by keyword
    *, municipality_id: UUID, grant_id: UUID, values: Mapping[str, Any], seen: str, actor_id: UUID, now: datetime
) -> None:
    """Keep what a grant says of rides; `values` are `WRITTEN`, `seen` is the version that the form was made of.

    Raises:
        RideGrantNotThereError: there is no such grant for the caller.
        PermissionDenied: no role of the actor's that covers the grant's unit lets them.
        RideChangedMeanwhileError: the rides have another version by now.
        UnableToGrantRideError: no criterion is told.
    """
    grant = grant_facts(grant_id)
    only_by_right(actor_id, grant.unit_id, now)
    if values["criterion_id"] is None:
        raise UnableToGrantRideError("Vælg det kriterium, kørslen er bevilget efter.")
    ride = RideGrant.objects.select_for_update(of=("self",)).filter(grant_id=grant_id).first()
    if version_of(ride) != seen:
        raise RideChangedMeanwhileError
    if ride is None:
        ride = RideGrant(municipality_id=municipality_id, unit_id=grant.unit_id, grant_id=grant_id)
    measured = values["road_km"]
    if measured != ride.road_km:
        ride.road_source = RoadSource.PERSON if measured is not None else RoadSource.NONE
    elif ride.road_source == RoadSource.PROVIDER and (ride.home_id, ride.destination_id) != (
        values["home_id"], values["destination_id"],
    ):  # fmt: skip
        # The provider measured between other places.
        values = {**values, "road_km": None}
        ride.road_source = RoadSource.NONE
    for name in WRITTEN:
        setattr(ride, name, values[name])
    ride.save()
    request_rerun(municipality_id=ride.municipality_id, ids=[grant_id])


@transaction.atomic
def answer(*, grant_id: UUID, answers: Mapping[str, Any], actor_id: UUID, now: datetime) -> None:
    """Keep what a person knows of the case: the answers given stand in place of those of the same questions.

    Raises:
        UnableToGrantRideError: there are no rides, or an answer is none.
        PermissionDenied: as `save_ride`.
    """
    ride = _locked(grant_id, actor_id, now)
    try:
        given = read_answers({key: value for key, value in answers.items() if value is not None})
    except UnknownFactError as error:
        raise UnableToGrantRideError("Et af svarene kan ikke bruges. Ret det, og gem igen.") from error
    ride.facts = {key: value for key, value in ride.facts.items() if key not in answers} | given
    ride.save(update_fields=["facts"])


@transaction.atomic
def measure_road(*, grant_id: UUID, actor_id: UUID, now: datetime) -> Decimal:
    """Ask the route provider how long the way is, keep it, and return it in km.

    Raises:
        UnableToGrantRideError: there are no rides, a place is not on the map, or the home is protected: where it lies
            is told to nobody.
        ServiceAbsentError: the provider is not there.
        PermissionDenied: as `save_ride`.
    """
    ride = _locked(grant_id, actor_id, now)
    home = ride.home
    if home is not None and home.citizen_id and is_protected(citizen_id=home.citizen_id, on=localdate(now)):
        raise UnableToGrantRideError("Adressen er beskyttet og sendes ikke til ruteberegneren. Mål vejen selv.")
    start, end = point_of(home), point_of(ride.destination)
    if start is None or end is None:
        raise UnableToGrantRideError("Et af stederne har ingen koordinater. Find dem først under Registre, Steder.")
    ride.road_km = (Decimal(road_between(start, end)) / 1000).quantize(Decimal("0.01"))
    ride.road_source = RoadSource.PROVIDER
    ride.save(update_fields=["road_km", "road_source"])
    request_rerun(municipality_id=ride.municipality_id, ids=[grant_id])
    return ride.road_km


@transaction.atomic
def decide(*, grant_id: UUID, outcome: Outcome, reason: str, actor_id: UUID, now: datetime) -> None:
    """Keep what a person decided, with the rule, the facts and the sources as they stood. Never changed afterwards.

    Raises:
        UnableToGrantRideError: there are no rides, or no reason.
        PermissionDenied: as `save_ride`.
    """
    ride = _locked(grant_id, actor_id, now)
    words = " ".join(reason.split())
    if not words:
        raise UnableToGrantRideError("Skriv begrundelsen.")
    page = ride_page(grant_id, today=now.date())
    found = assessed(ride.criterion.rule, page.facts, page.limits)
    shown = [
        {name: value for name, value in asdict(leaf).items() if name in {"text", "met", "fact", "source"}}
        for leaf in (leaves(found.condition) if found else ())
    ]
    Assessment.objects.create(
        municipality_id=ride.municipality_id, unit_id=ride.unit_id, grant_id=grant_id,
        verdict=found.verdict.value if found else "own", shown=shown, outcome=outcome.value,
        reason=words[:LONGEST_REASON], decided_by_id=actor_id, decided_at=now,
    )  # fmt: skip


def only_by_right(actor_id: UUID, unit_id: UUID | None, now: datetime) -> None:
    """Refuse whoever's roles over the unit (None: the whole municipality) do not let transport be written.

    Raises:
        PermissionDenied: as told.
    """
    if not may_in(user_id=actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=unit_id, on=now.date()):
        raise PermissionDenied(Permission.EDIT_TRANSPORT.danish)


def _locked(grant_id: UUID, actor_id: UUID, now: datetime) -> RideGrant:
    grant = grant_facts(grant_id)
    only_by_right(actor_id, grant.unit_id, now)
    related = ("criterion", "home", "destination")
    ride = RideGrant.objects.select_for_update(of=("self",)).select_related(*related).filter(grant_id=grant_id).first()
    if ride is None:
        raise UnableToGrantRideError(
            "Der er ikke registreret kørsel på bevillingen endnu. Udfyld og gem kørslen først."
        )
    return ride
