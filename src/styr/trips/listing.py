"""The list of trips: filtered, sorted, paged, each with what the controls say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class TripFilter:
    """Which trips; what is None or empty is not asked about. `code` is a control's, or "any": trips with a finding.

    `text` is a trip's or a grant's number; `citizens` are ids of those it names besides.
    """

    text: str = ""
    citizens: Collection[UUID] = ()
    operator_id: UUID | None = None
    product: str = ""
    code: str = ""
    first: date | None = None
    last: date | None = None
    citizen_id: UUID | None = None
    grant_id: UUID | None = None
    settlement_id: UUID | None = None
    place_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ListedTrip:
    """A trip in the list; the citizen is an id: names come through `people.queries`. `findings` are open ones."""

    id: UUID
    external_no: str
    service_day: date
    starts_at: datetime | None
    ends_at: datetime | None
    operator: str
    product: str
    settlement_id: UUID
    settlement: str
    citizen_id: UUID | None
    citizen_number: str
    grant_id: UUID | None
    grant_number: str | None
    origin: str
    goal: str
    km: Decimal
    minutes: int
    billed_ore: int
    user_payment_ore: int
    no_show: bool
    cancelled: bool
    findings: int
    finding_id: UUID | None
    finding_code: str | None


SORTS: Final = {
    "dag": "t.service_day",
    "tur": "t.external_no",
    "km": "t.km",
    "pris": "t.cost_ore + t.fee_ore - t.user_payment_ore",
    "minutter": "t.minutes",
}
"""What the list can be sorted by, as the address names it."""
_FOUND: Final = "f.subject_kind = 'trip' AND f.status = 'open'"
# A home is never named, and what a file told of an address is not shown where the citizen's is or was protected.
_PLACE: Final = (
    "CASE WHEN {0}.kind = 'home' THEN 'hjemmet' WHEN {0}.id IS NOT NULL THEN coalesce(nullif({0}.name, ''), {0}.street)"
    " WHEN c.protected_from IS NOT NULL THEN 'beskyttet adresse' ELSE t.{1} END"
)
_ROWS: Final = f"""
    SELECT t.id, t.external_no, t.service_day, t.starts_at, t.ends_at, o.name, t.product, t.settlement_id, s.number,
           t.citizen_id, t.citizen_number, t.grant_id, g.number, {_PLACE.format("a", "from_told")},
           {_PLACE.format("b", "to_told")}, t.km, t.minutes, t.cost_ore + t.fee_ore - t.user_payment_ore,
           t.user_payment_ore, t.no_show, t.cancelled, coalesce(w.found, 0), w.finding_id, w.code
    FROM (SELECT * FROM trips_trip t WHERE NOT t.withdrawn AND {{where}} ORDER BY {{order}} LIMIT %s OFFSET %s) t
    JOIN trips_settlement s ON s.id = t.settlement_id
    JOIN transport_operator o ON o.id = t.operator_id
    LEFT JOIN grants_grant g ON g.id = t.grant_id
    LEFT JOIN transport_place a ON a.id = t.from_place_id
    LEFT JOIN transport_place b ON b.id = t.to_place_id
    LEFT JOIN people_citizen c ON c.id = t.citizen_id
    LEFT JOIN LATERAL (SELECT count(*) AS found, (array_agg(f.finding_id ORDER BY f.amount_ore DESC NULLS LAST))[1]
                              AS finding_id,
                              (array_agg(f.control_code ORDER BY f.amount_ore DESC NULLS LAST))[1] AS code
                       FROM rel_finding f WHERE {_FOUND} AND f.subject_id = t.id) w ON true
    ORDER BY {{order}}
"""  # noqa: S608 - names from our own code
_TOTAL: Final = """
    SELECT count(*), coalesce(sum(t.cost_ore + t.fee_ore - t.user_payment_ore), 0)::bigint
    FROM trips_trip t WHERE NOT t.withdrawn AND {where}
"""


def trip_rows(
    wanted: TripFilter, *, sort: str = "dag", falling: bool = True, page: int = 1, size: int = 50
) -> tuple[list[ListedTrip], int, int]:
    """Return a page of trips, how many there are and what they cost us, øre. Two queries; the last page at most."""
    where, given = _where(wanted)
    way = "DESC" if falling else "ASC"
    order = f"{SORTS.get(sort, SORTS['dag'])} {way}, t.id {way}"
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL.format(where=where), given)
        total, sum_ore = cursor.fetchone()
        first = min(max(page, 1) - 1, max(0, -(-total // size) - 1)) * size
        cursor.execute(_ROWS.format(where=where, order=order), [*given, size, first])
        return [ListedTrip(*row) for row in cursor.fetchall()], total, sum_ore


def _where(wanted: TripFilter) -> tuple[str, list[Any]]:
    asked = {
        "t.operator_id = %s": wanted.operator_id,
        "t.product = %s": wanted.product,
        "t.service_day >= %s": wanted.first,
        "t.service_day <= %s": wanted.last,
        "t.citizen_id = %s": wanted.citizen_id,
        "t.grant_id = %s": wanted.grant_id,
        "t.settlement_id = %s": wanted.settlement_id,
    }
    parts = [part for part, value in asked.items() if value]
    given: list[Any] = [value for value in asked.values() if value]
    if wanted.place_id:
        parts.append("(t.from_place_id = %s OR t.to_place_id = %s)")
        given += [wanted.place_id] * 2
    if wanted.code:
        named = "" if wanted.code == "any" else "AND f.control_code = %s"
        parts.append(f"t.id IN (SELECT f.subject_id FROM rel_finding f WHERE {_FOUND} {named})")  # noqa: S608 - the same
        given += [wanted.code] if named else []
    if wanted.text:
        parts.append(
            "(t.external_no = %s OR t.grant_number = %s OR t.citizen_id = ANY (%s) "
            "OR t.grant_id IN (SELECT g.id FROM grants_grant g WHERE g.number = %s))"
        )
        given += [wanted.text, wanted.text, list(wanted.citizens), wanted.text]
    return " AND ".join(parts) or "true", given


def operators() -> list[tuple[UUID, str]]:
    """Every operator's id and name. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM transport_operator ORDER BY name")
        return list(cursor.fetchall())


def products() -> list[str]:
    """Every product that somebody has a price for. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT product FROM transport_pricescheme ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]
