"""The units that have an economy in a year, for choosing among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

    from styr.budgets.queries import RunView

_UNITS: Final = """
SELECT u.id, u.name FROM access_unit u
WHERE u.id IN (SELECT DISTINCT unit_id FROM budgets_bridgerow WHERE run_id = %(run)s AND year = %(year)s)
ORDER BY u.name, u.id
"""


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit."""

    id: UUID
    name: str


def units_with_economy(run: RunView | None, year: int) -> list[UnitName]:
    """Units with a budget or a cost in the year, by name; one query, none without a forecast."""
    if run is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"run": run.id, "year": year})
        return [UnitName(*row) for row in cursor.fetchall()]
