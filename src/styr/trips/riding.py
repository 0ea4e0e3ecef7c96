"""Changes to standing rides, as institutions tell them: one form for all who ride to a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.kernel.refusal import NotThere
from styr.people.queries import citizen_lines
from styr.trips.core.change_sheet import is_late
from styr.trips.core.codes import ChangeKind, OrderKind
from styr.trips.models import RideChange, RideOrder
from styr.trips.ordering import PURPOSE, UnableToOrderError, allow

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from styr.trips.ordering import By

LONGEST_DAYS: Final = 366
MOST_CHANGES: Final = 500
MOST_ORDERS: Final = 500


class PlaceNotVisibleError(NotThere):
    """There is no such place, or nobody whom the caller may see rides to it."""

    def __init__(self) -> None:
        super().__init__("Stedet findes ikke, eller du har ikke adgang til dem, der kører dertil.")


@dataclass(frozen=True, slots=True)
class RiddenTo:
    """A place with how many ride to it on fixed days."""

    id: UUID
    name: str
    riders: int
    has_coordinates: bool


@dataclass(frozen=True, slots=True)
class Rider:
    """Somebody who rides to a place."""

    grant_id: UUID
    unit_id: UUID
    citizen_id: UUID
    name: str
    weekdays: int
    operator: str


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """A change that was told; `order_number` is the sheet that told the operator, None while it waits."""

    id: UUID
    citizen_id: UUID
    kind: str
    starts: date
    ends: date
    note: str
    noted_by: str
    noted_at: datetime
    order_number: int | None
    place: str

    @property
    def last_day(self) -> date:
        """The last day of it."""
        return self.ends - timedelta(days=1)

    @property
    def kind_word(self) -> str:
        """What is not as granted, in Danish."""
        return ChangeKind(self.kind).danish


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order that was made."""

    id: UUID
    number: int
    kind: str
    operator: str
    month: date
    made_at: datetime
    made_by: str
    lines: int
    fetched_at: datetime | None
    sha256: str

    @property
    def kind_word(self) -> str:
        """What the order tells, in Danish."""
        return OrderKind(self.kind).danish


_PLACES: Final = """
    SELECT p.id, coalesce(nullif(p.name, ''), p.number), count(*), p.latitude IS NOT NULL
    FROM rel_ride_grant r JOIN transport_place p ON p.id = r.destination_place_id
    WHERE r.weekdays <> 0 AND r.starts <= %s AND (r.ends IS NULL OR r.ends > %s)
    GROUP BY p.id ORDER BY 2
"""
_RIDERS: Final = """
    SELECT r.grant_id, r.unit_id, r.citizen_id, r.weekdays, coalesce(o.name, '')
    FROM rel_ride_grant r LEFT JOIN transport_operator o ON o.id = r.operator_id
    WHERE r.destination_place_id = %s AND r.weekdays <> 0 AND (r.ends IS NULL OR r.ends > %s) ORDER BY r.grant_id
"""
_CHANGES: Final = """
    SELECT c.id, g.citizen_id, c.kind, c.starts, c.ends, c.note, u.name, c.noted_at, o.number,
           coalesce(nullif(p.name, ''), '')
    FROM trips_ridechange c
    JOIN grants_grant g ON g.id = c.grant_id
    JOIN access_user u ON u.id = c.noted_by_id
    LEFT JOIN trips_rideorder o ON o.id = c.order_id
    LEFT JOIN rel_ride_grant r ON r.grant_id = c.grant_id
    LEFT JOIN transport_place p ON p.id = r.destination_place_id
    WHERE c.ends > %s ORDER BY o.number IS NOT NULL, c.starts, c.id LIMIT %s
"""


def places_ridden_to(today: date) -> list[RiddenTo]:
    """Return the places that citizens ride to on fixed days. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [today, today])
        return [RiddenTo(*row) for row in cursor.fetchall()]


def riders_to(place_id: UUID, *, page: str, today: date) -> list[Rider]:
    """Return who rides to a place, by name, and log that they were shown. Three queries.

    Raises:
        PlaceNotVisibleError: nobody does.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RIDERS, [place_id, today])
        rows = cursor.fetchall()
    if not rows:
        raise PlaceNotVisibleError
    named = citizen_lines(citizen_ids={row[2] for row in rows}, page=page, purpose=PURPOSE, today=today)
    riders = [
        Rider(grant, unit, citizen, named[citizen].name, weekdays, operator)
        for grant, unit, citizen, weekdays, operator in rows
        if citizen in named
    ]
    return sorted(riders, key=lambda one: one.name)


def changes(today: date, *, most: int = MOST_CHANGES) -> list[ChangeCard]:
    """Return the changes that are not over, those that no order told yet first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [today, most])
        return [ChangeCard(*row) for row in cursor.fetchall()]


def orders(*, most: int = MOST_ORDERS) -> list[OrderCard]:
    """Return the orders that were made, the newest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, r.number, r.kind, o.name, r.month, r.made_at, u.name, r.lines, r.fetched_at, r.sha256 "
            "FROM trips_rideorder r JOIN transport_operator o ON o.id = r.operator_id "
            "JOIN access_user u ON u.id = r.made_by_id ORDER BY r.number DESC LIMIT %s",
            [most],
        )
        return [OrderCard(*row) for row in cursor.fetchall()]


@transaction.atomic
def note_changes(  # noqa: PLR0913 - a form's fields
    *, riders: Collection[Rider], kind: ChangeKind, first: date, last: date, note: str, by: By
) -> tuple[int, bool]:
    """Note the same change for several riders; return how many are new, and whether it came too late for the sheet.

    Raises:
        UnableToOrderError: the actor may not, nobody is chosen, or the days cannot be.
    """
    if not riders:
        raise UnableToOrderError("Vælg mindst én, som ændringen gælder.")
    if last < first or (last - first).days > LONGEST_DAYS:
        raise UnableToOrderError("Den sidste dag skal være den første eller senere, og højst et år frem.")
    for unit_id in {one.unit_id for one in riders}:
        allow(by, unit_id)
    ends = last + timedelta(days=1)
    known = set(
        RideChange.objects.filter(
            grant_id__in=[one.grant_id for one in riders], kind=kind.value, starts=first, ends=ends
        ).values_list("grant_id", flat=True)
    )
    new = [
        RideChange(
            municipality_id=by.municipality_id, unit_id=one.unit_id, grant_id=one.grant_id, kind=kind.value,
            starts=first, ends=ends, note=note.strip(), noted_by_id=by.actor_id, noted_at=by.now,
        )
        for one in riders
        if one.grant_id not in known
    ]  # fmt: skip
    RideChange.objects.bulk_create(new)
    ordered = RideOrder.objects.filter(kind=OrderKind.STANDING.value, month__lte=first).exists()
    return len(new), ordered and is_late(starts=first, told_on=by.today)
