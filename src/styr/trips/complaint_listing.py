"""The list of complaints about rides: asked of by how far, about what, whose and when, and paged by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.paging import counted_page
from styr.trips.complaining import ComplaintCard

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class ComplaintFilter:
    """What is asked; `until` is the last day."""

    status: str = ""
    kind: str = ""
    operator_id: UUID | None = None
    since: date | None = None
    until: date | None = None


SORTS: Final = {
    "dag": "c.happened_on",
    "om": "c.kind",
    "operatoer": "o.name",
    "status": "array_position(ARRAY['open', 'asked', 'closed']::text[], c.status::text)",
    "minutter": "c.minutes",
}
"""What the list can be sorted by, as the address names it."""

_ROWS: Final = """
    SELECT c.id, o.name, c.citizen_id, c.trip_id, c.kind, c.happened_on, c.minutes, c.text, c.status, c.answer, u.name,
           c.made_at, count(*) OVER ()
    FROM trips_complaint c
    LEFT JOIN transport_operator o ON o.id = c.operator_id
    JOIN access_user u ON u.id = c.made_by_id
    WHERE {where} ORDER BY {order} NULLS LAST, c.happened_on DESC, c.id LIMIT %s OFFSET %s
"""


def complaint_page(
    wanted: ComplaintFilter, *, order: tuple[str, bool] = ("status", False), part: tuple[int, int] = (0, 50)
) -> tuple[list[ComplaintCard], int]:
    """Return a part of the complaints that the scope sees, and how many there are. One query.

    `order` is a word of `SORTS` and whether it falls, `part` the first complaint and how many.
    """
    asked: dict[str, Any] = {
        "c.status = %s": wanted.status,
        "c.kind = %s": wanted.kind,
        "c.operator_id = %s": wanted.operator_id,
        "c.happened_on >= %s": wanted.since,
        "c.happened_on <= %s": wanted.until,
    }
    given = [value for value in asked.values() if value]
    where = " AND ".join(word for word, value in asked.items() if value) or "true"
    by = f"{SORTS.get(order[0], SORTS['status'])} {'DESC' if order[1] else 'ASC'}"

    def ask(first: int, size: int) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS.format(where=where, order=by), [*given, size, first])
            return list(cursor.fetchall())

    rows, total = counted_page(ask, first=part[0], size=part[1])
    return [ComplaintCard(*row[:-1]) for row in rows], total
