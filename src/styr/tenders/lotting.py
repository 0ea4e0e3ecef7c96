"""Lots and their volumes: laid by a proposal, changed by hand, counted from the rides in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import Max

from styr.kernel.ids import uuid7
from styr.kernel.period import ONE_DAY
from styr.tenders.acting import TenderNotVisibleError, UnableToTenderError, locked
from styr.tenders.core.codes import Element, Need, SplitBy, TenderKind, TenderState
from styr.tenders.core.lots import proposed_lots
from styr.tenders.core.money_rules import procedure_of
from styr.tenders.core.rides import YEAR, Ride
from styr.tenders.core.volumes import figures_of
from styr.tenders.gathering import Days, choice_of, rides_of
from styr.tenders.models import Lot, LotVolume, Tender, TenderRide
from styr.transport.limiting import limits_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from styr.trips.ordering import By

EU_THRESHOLD: Final = 1_644
"""1,000 kr., where nobody has another limit (`transport.limiting`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rides that are moved together between lots: to a destination, from an area, with a need in the vehicle."""

    destination_id: UUID | None
    area: str
    need: Need


@transaction.atomic
def propose_again(*, tender_id: UUID, split_by: SplitBy, by: By) -> None:
    """Count the rides anew as the registers are now, and lay other lots; what was moved by hand is gone.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or no rides fit any longer.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    tender.lots.all().delete()
    lay_lots(tender, split_by, by)


@transaction.atomic
def move_group(*, tender_id: UUID, from_lot: UUID, group: Group, to_lot: UUID | None, by: By) -> None:
    """Move a group's rides to another lot, or to a new one (None); a lot that is left empty goes.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or there are no such rides.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    source = _lot(tender, from_lot)
    moved = source.rides.filter(destination_id=group.destination_id, area=group.area, need=group.need.value)
    if not moved.exists():
        raise UnableToTenderError("Gruppen er ikke længere i delaftalen. Se listen igen.")
    goal = _new_lot(tender, moved[0].destination_name or "Ny delaftale") if to_lot is None else _lot(tender, to_lot)
    moved.update(lot=goal)
    _count(tender, (source, goal))
    _close_ranks(tender)


@transaction.atomic
def merge_lots(*, tender_id: UUID, lot_id: UUID, into: UUID, by: By) -> None:
    """Put a lot's rides into another.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or it is the same lot.
    """
    tender = locked(tender_id, by, TenderState.DRAFT)
    source, goal = _lot(tender, lot_id), _lot(tender, into)
    if source.id == goal.id:
        raise UnableToTenderError("Vælg en anden delaftale at slå sammen med.")
    source.rides.update(lot=goal)
    _count(tender, (source, goal))
    _close_ranks(tender)


@transaction.atomic
def rename_lot(*, lot_id: UUID, name: str, by: By) -> UUID:
    """Call a lot something else; return its tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or it is called nothing.
    """
    lot = lot_of(lot_id)
    locked(lot.tender_id, by, TenderState.DRAFT)
    if not name.strip():
        raise UnableToTenderError("Delaftalen skal have et navn.")
    Lot.objects.filter(id=lot.id).update(name=name.strip()[:120])
    return lot.tender_id


@transaction.atomic
def set_volume(*, lot_id: UUID, element: Element, quantity: Decimal, note: str, by: By) -> UUID:
    """Let a volume be what a person knows, and why; return the tender.

    Raises:
        TenderNotVisibleError, UnableToTenderError: as `acting.locked`, or nobody says why.
    """
    lot = lot_of(lot_id)
    locked(lot.tender_id, by, TenderState.DRAFT)
    if not note.strip():
        raise UnableToTenderError("Skriv, hvor mængden kommer fra.")
    changed = LotVolume.objects.filter(lot=lot, element=element.value).update(
        quantity=quantity, by_hand=True, note=note.strip()[:300]
    )
    if not changed:
        raise TenderNotVisibleError
    return lot.tender_id


def lot_of(lot_id: UUID) -> Lot:
    """The lot; raises `TenderNotVisibleError`."""
    found = Lot.objects.filter(id=lot_id).first()
    if found is None:
        raise TenderNotVisibleError
    return found


def lay_lots(tender: Tender, split_by: SplitBy, by: By) -> None:
    """Lay the lots of a tender that has none; raises `UnableToTenderError` where no rides fit."""
    days = Days(by.today, tender.basis_from, tender.basis_to, tender.ends)
    rides = {ride.grant_id: ride for ride in rides_of(choice_of(tender.choice), days)}
    if not rides:
        raise UnableToTenderError("Ingen bevillinger passer til valget. Udvid valget, eller kontrollér registrene.")
    for number, proposed in enumerate(proposed_lots(list(rides.values()), by=split_by), start=1):
        lot = Lot.objects.create(
            id=uuid7(), municipality_id=tender.municipality_id, tender=tender, number=number, name=proposed.name
        )
        TenderRide.objects.bulk_create(_kept_ride(tender, lot, rides[grant]) for grant in proposed.grant_ids)
        _count(tender, (lot,))
    _choose_procedure(tender, by.today)


def _choose_procedure(tender: Tender, today: date) -> None:
    """By the value of the whole contract at today's prices, where they are known for every lot."""
    costs = list(tender.lots.values_list("today_ore", flat=True))
    days = (tender.ends - tender.starts).days
    value = None if None in costs else sum(cost or 0 for cost in costs) * days // YEAR
    eu = limits_on(today).value("tender_eu_threshold", EU_THRESHOLD)
    tender.procedure = procedure_of(value, kind=TenderKind(tender.kind), eu=eu).value
    tender.save(update_fields=["procedure"])


def _count(tender: Tender, lots: Iterable[Lot]) -> None:
    """Count lots anew; a volume that a person set stays as it was."""
    for lot in lots:
        found = figures_of([ride_of(row) for row in lot.rides.all()], lasts_until=tender.starts + ONE_DAY * YEAR)
        Lot.objects.filter(id=lot.id).update(
            riders=found.riders, months=list(found.months), measured_percent=found.measured_percent,
            ending=found.ending, unknown_km=found.unknown_km, peak_vehicles=found.peak_vehicles,
            today_ore=found.today_ore,
        )  # fmt: skip
        by_hand = set(lot.volumes.filter(by_hand=True).values_list("element", flat=True))
        lot.volumes.filter(by_hand=False).delete()
        LotVolume.objects.bulk_create(
            LotVolume(
                id=uuid7(), municipality_id=tender.municipality_id, lot=lot, element=element,
                quantity=found.volumes[Element(element)].quantity, low=found.volumes[Element(element)].low,
            )
            for element in tender.elements if element not in by_hand
        )  # fmt: skip


def _close_ranks(tender: Tender) -> None:
    """Let lots without rides go, and number the others from one."""
    tender.lots.filter(rides__isnull=True).delete()
    for number, lot in enumerate(tender.lots.order_by("number"), start=1):
        if lot.number != number:
            Lot.objects.filter(id=lot.id).update(number=number)


def _lot(tender: Tender, lot_id: UUID) -> Lot:
    found = tender.lots.filter(id=lot_id).first()
    if found is None:
        raise TenderNotVisibleError
    return found


def _new_lot(tender: Tender, name: str) -> Lot:
    last = tender.lots.aggregate(last=Max("number"))["last"] or 0
    return Lot.objects.create(
        id=uuid7(), municipality_id=tender.municipality_id, tender=tender, number=last + 1, name=name[:120]
    )


_SAME: Final = (
    "grant_id", "unit_id", "citizen_id", "area", "destination_id", "weekdays", "out_arrive", "back_leave", "measured",
    "trips", "km", "minutes", "waiting", "lifts", "bridges", "no_shows", "cost_ore", "ends",
)  # fmt: skip


def _kept_ride(tender: Tender, lot: Lot, ride: Ride) -> TenderRide:
    return TenderRide(
        id=uuid7(), municipality_id=tender.municipality_id, tender=tender, lot=lot,
        destination_name=ride.destination[:120], need=ride.need.value, months=list(ride.months),
        **{name: getattr(ride, name) for name in _SAME},
    )  # fmt: skip


def ride_of(row: TenderRide) -> Ride:
    """A kept ride as the core reckons with it."""
    return Ride(
        **{name: getattr(row, name) for name in _SAME}, destination=row.destination_name, need=Need(row.need),
        months=tuple(row.months),
    )  # fmt: skip
