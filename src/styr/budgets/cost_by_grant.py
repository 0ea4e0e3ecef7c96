"""What a stored forecast says that each grant costs in a year, for figures that are summed in other ways than `By`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from uuid import UUID

_ROWS: Final = """
SELECT unit_id, section, grant_id, citizen_id, sum(amount_ore)::bigint FROM budgets_forecastrow
WHERE run_id = %(run)s AND month >= make_date(%(year)s, 1, 1) AND month < make_date(%(year)s + 1, 1, 1)
GROUP BY unit_id, section, grant_id, citizen_id"""


@dataclass(frozen=True, slots=True)
class GrantCost:
    """A year's cost (øre) of a grant, or of what stands on none, in a unit and section; "" where nobody knows it."""

    unit_id: UUID | None
    section: str
    grant_id: UUID | None
    citizen_id: UUID | None
    ore: int


def cost_by_grant(*, run_id: UUID, year: int) -> list[GrantCost]:
    """Return the year's cost of every grant that the scope sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"run": run_id, "year": year})
        return [GrantCost(*row) for row in cursor.fetchall()]
