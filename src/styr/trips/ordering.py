"""Orders to operators: a month's standing rides once, then a sheet of what has changed; numbered and sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.crypto import seal, unseal
from styr.access.unit_roles import may_in
from styr.kernel.engine import PostgresEngine
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.people.queries import citizen_lines
from styr.trips.core.change_sheet import month_after
from styr.trips.core.codes import ChangeKind, Direction, OrderKind
from styr.trips.core.order_file import PROTECTED, OrderLine, order_csv, seal_of, sha256
from styr.trips.core.relations import RIDE_DAY
from styr.trips.core.standing import days_of, standing_rides
from styr.trips.models import RideChange, RideOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

PURPOSE: Final = "bestilling af kørsel"
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_PLACES: Final = """
    SELECT p.id, p.kind, coalesce(nullif(p.name, ''), nullif(concat_ws(', ', nullif(p.street, ''),
           nullif(concat_ws(' ', nullif(p.postal_code, ''), nullif(p.town, '')), '')), ''), 'ukendt adresse')
    FROM transport_place p WHERE p.id = ANY (%s)
"""
_OPERATORS: Final = "SELECT id, name FROM transport_operator WHERE kind IN ('movia', 'private', 'own') ORDER BY name"


class UnableToOrderError(Refusal):
    """The order cannot be made or fetched as asked; the message is fit to show."""


@dataclass(frozen=True, kw_only=True)
class By:
    """Who acts, for which municipality, and when."""

    municipality_id: UUID
    actor_id: UUID
    today: date
    now: datetime


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """An order that was made."""

    order_id: UUID
    number: int
    operator: str
    lines: int


def allow(by: By, unit_id: UUID | None = None) -> None:
    """Refuse whoever may not order transport there.

    Raises:
        UnableToOrderError: the actor has no role for it.
    """
    if not may_in(user_id=by.actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=unit_id, on=by.today):
        raise UnableToOrderError("Din rolle giver dig ikke lov til at bestille befordring her.")


def rides_between(start: date, end: date) -> list[dict[str, Any]]:
    """Return the standing rides of [start, end), computed now; two small loads and one query."""
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(RIDE_DAY, days_of(start, end))
        return engine.rows(standing_rides, key="trips.standing")


@transaction.atomic
def order_month(*, month: date, by: By) -> list[MadeOrder]:
    """Make the month's order for every operator with standing rides that has none yet; doing it twice makes nothing.

    Raises:
        UnableToOrderError: the actor may not, for the whole municipality.
    """
    allow(by)
    _lock(by)
    first = month.replace(day=1)
    ordered = set(
        RideOrder.objects.filter(kind=OrderKind.STANDING.value, month=first).values_list("operator_id", flat=True)
    )
    rides: dict[UUID, list[dict[str, Any]]] = {}
    for ride in rides_between(first, month_after(first)):
        rides.setdefault(ride["operator_id"], []).append(ride)
    made = []
    for operator_id, name in _operators():
        if operator_id in rides and operator_id not in ordered:
            lines = _lines(rides[operator_id], by)
            made.append(_make(operator_id, name, OrderKind.STANDING, first, lines, by))
    return made


@transaction.atomic
def send_changes(*, by: By) -> list[MadeOrder]:
    """Make a change sheet for every operator and month with changes that no sheet told yet, of months ordered before.

    Raises:
        UnableToOrderError: the actor may not, for the whole municipality.
    """
    allow(by)
    _lock(by)
    months = dict.fromkeys(
        RideOrder.objects.filter(kind=OrderKind.STANDING.value).values_list("operator_id", "month").order_by("month")
    )
    names = dict(_operators())
    made = []
    for operator_id, month in months:
        waiting = _untold(operator_id, month)
        if waiting:
            lines = _change_lines(waiting, by)
            order = _make(operator_id, names.get(operator_id, ""), OrderKind.CHANGES, month, lines, by)
            RideChange.objects.filter(id__in=[row[0] for row in waiting]).update(order_id=order.order_id)
            made.append(order)
    return made


_UNTOLD: Final = """
    SELECT c.id, c.grant_id, c.kind, c.starts, c.ends, r.citizen_id, r.home_place_id, r.destination_place_id, c.note
    FROM trips_ridechange c JOIN rel_ride_grant r ON r.grant_id = c.grant_id
    WHERE c.order_id IS NULL AND r.operator_id = %s AND c.starts >= %s AND c.starts < %s ORDER BY c.starts, c.id
"""


def _untold(operator_id: UUID, month: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_UNTOLD, [operator_id, month, month_after(month)])
        return list(cursor.fetchall())


def _lines(rides: Sequence[dict[str, Any]], by: By) -> list[OrderLine]:
    places, riders = _words(((ride["from_place_id"], ride["to_place_id"], ride["citizen_id"]) for ride in rides), by)
    made = []
    for ride in sorted(rides, key=lambda one: (one["day"], one["direction"], one["at"] or "", str(one["grant_id"]))):
        name, hidden = riders.get(ride["citizen_id"], ("", True))
        origin, goal = (_place(places, ride[end], hidden=hidden) for end in ("from_place_id", "to_place_id"))
        made.append(
            OrderLine(
                *(ride["day"], Direction(ride["direction"]).danish, ride["at"] or "", name, origin, goal),
                *(ride["aids"] or "", bool(ride["companion"]), bool(ride["solo"]), ride["max_ride_minutes"]),
            )
        )
    return made


def _change_lines(waiting: Sequence[tuple[Any, ...]], by: By) -> list[OrderLine]:
    places, riders = _words(((row[6], row[7], row[5]) for row in waiting), by)
    made = []
    for _, _, kind, starts, ends, citizen, home, goal, _ in waiting:
        name, hidden = riders.get(citizen, ("", True))
        told = f"{ChangeKind(kind).danish} fra {starts:%d-%m-%Y} til og med {_last(ends):%d-%m-%Y}"
        where = _place(places, home, hidden=hidden), _place(places, goal, hidden=hidden)
        made.append(
            OrderLine(starts, "", "", name, *where, "", companion=False, solo=False, max_minutes=None, change=told)
        )
    return made


def _last(ends: date) -> date:
    return ends - timedelta(days=1)


def _words(
    ids: Iterable[tuple[UUID | None, UUID | None, UUID | None]], by: By
) -> tuple[dict[UUID, tuple[str, str]], dict[UUID, tuple[str, bool]]]:
    """Names of places and citizens; a protected citizen has neither name nor address here (CPR-loven § 28)."""
    known = set(ids)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [list({end for row in known for end in row[:2] if end})])
        places = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}
    wanted = {row[2] for row in known if row[2]}
    lines = citizen_lines(citizen_ids=wanted, page="bestillinger", purpose=PURPOSE, today=by.today)
    return places, {
        one.id: (f"Borger {one.source_id}" if one.protected else one.name, one.protected) for one in lines.values()
    }


def _place(places: dict[UUID, tuple[str, str]], place_id: UUID | None, *, hidden: bool) -> str:
    if place_id is None or place_id not in places:
        return ""
    kind, words = places[place_id]
    return PROTECTED if hidden and kind == "home" else words


def _make(  # noqa: PLR0913, PLR0917 - an order's facts
    operator_id: UUID, name: str, kind: OrderKind, month: date, lines: list[OrderLine], by: By
) -> MadeOrder:
    last = RideOrder.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    content = order_csv(number, lines)
    order_id = uuid7()
    RideOrder.objects.create(
        id=order_id,
        municipality_id=by.municipality_id,
        operator_id=operator_id,
        number=number,
        kind=kind.value,
        month=month,
        made_at=by.now,
        made_by_id=by.actor_id,
        lines=len(lines),
        content=seal(content, place=_sealed_at(order_id)),
        sha256=sha256(content),
        seal=seal_of(number, content, "" if last is None else last.seal),
    )
    return MadeOrder(order_id, number, name, len(lines))


@transaction.atomic
def fetch_order(*, order_id: UUID, by: By) -> tuple[str, bytes]:
    """Return the order's file name and bytes; that it was fetched is noted the first time.

    Raises:
        UnableToOrderError: there is none, the actor may not, or the seal is broken.
    """
    allow(by)
    order = RideOrder.objects.filter(id=order_id).first()
    if order is None:
        raise UnableToOrderError("Bestillingen findes ikke.")
    content = unseal(order.content, place=_sealed_at(order.id))
    before = RideOrder.objects.filter(number=order.number - 1).values_list("seal", flat=True).first() or ""
    if order.seal != seal_of(order.number, content, before):
        raise UnableToOrderError("Filens plombe passer ikke med indholdet. Brug den ikke, og kontakt driften.")
    if order.fetched_at is None:
        RideOrder.objects.filter(id=order.id).update(fetched_at=by.now)
    return f"bestilling-{order.number:05d}-{order.month:%Y%m}.csv", content


def _sealed_at(order_id: UUID) -> str:
    return f"trips_rideorder|content|{order_id}"


def _lock(by: By) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"ride orders:{by.municipality_id}"])


def _operators() -> list[tuple[UUID, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_OPERATORS)
        return list(cursor.fetchall())
