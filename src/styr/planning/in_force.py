"""Which approved budgets of a year say something about the same units: only one may stand, and be sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.access.scope import service_scope
from styr.planning.budgeting import UnableToMakeBudgetError

if TYPE_CHECKING:
    from uuid import UUID

    from styr.planning.models import BudgetVersion

_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtext('budget in force'), hashtext(%s))"
# Up the tree from a version's unit; of the whole municipality stands above every unit.
_STANDING: Final = """
WITH RECURSIVE above AS (
    SELECT v.id AS version_id, u.id, u.parent_id FROM planning_budgetversion v JOIN access_unit u ON u.id = v.unit_id
    WHERE v.year = (SELECT year FROM planning_budgetversion WHERE id = %(version)s)
      AND (v.state = 'approved' OR v.id = %(version)s)
    UNION ALL
    SELECT a.version_id, u.id, u.parent_id FROM above a JOIN access_unit u ON u.id = a.parent_id
)
SELECT o.id, o.name, coalesce(u.name, 'Hele kommunen'),
       o.unit_id IS DISTINCT FROM v.unit_id
       AND (o.unit_id IS NULL OR EXISTS (SELECT FROM above a WHERE a.version_id = v.id AND a.id = o.unit_id))
FROM planning_budgetversion v JOIN planning_budgetversion o ON o.year = v.year AND o.state = 'approved' AND o.id <> v.id
LEFT JOIN access_unit u ON u.id = o.unit_id
WHERE v.id = %(version)s AND (
    o.unit_id IS NULL OR v.unit_id IS NULL
    OR EXISTS (SELECT FROM above a WHERE a.version_id = v.id AND a.id = o.unit_id)
    OR EXISTS (SELECT FROM above a WHERE a.version_id = o.id AND a.id = v.unit_id)
)
ORDER BY 3, 2"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An approved budget of the same year and units; `larger`: it is of more than the version's own units."""

    id: UUID
    name: str
    unit: str
    larger: bool


def standing_beside(version_id: UUID) -> tuple[Standing, ...]:
    """The approved budgets that a version would stand beside, of those that the scope sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {"version": version_id})
        return tuple(Standing(*row) for row in cursor.fetchall())


def to_replace(version: BudgetVersion, confirmed: frozenset[UUID]) -> tuple[UUID, ...]:
    """The budgets that give way when the version is approved; nobody else decides about the year until then.

    Raises:
        UnableToMakeBudgetError: a larger one stands, of which this would be a part; or somebody has not seen all that
            give way.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"{version.municipality_id}{version.year}"])
    with service_scope(version.municipality_id, "job"):
        standing = standing_beside(version.id)
    larger = next((one for one in standing if one.larger), None)
    if larger is not None:
        raise UnableToMakeBudgetError(
            f"»{larger.name}« ({larger.unit}) er godkendt for {version.year} og rummer enheden. Ret i en kopi af det."
        )
    unseen = [f"»{one.name}« ({one.unit})" for one in standing if one.id not in confirmed]
    if unseen:
        raise UnableToMakeBudgetError(f"Godkendelsen erstatter {', '.join(unseen)}. Sæt kryds ved det, der erstattes.")
    return tuple(one.id for one in standing)
