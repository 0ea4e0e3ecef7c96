"""Turns what a change did to paid months into adjustment lines, inside the database, in a fixed number of queries.

For every service line and month of a grant that has paid months:

    adjustment = expected now - paid - adjustments made before

so settling twice adds nothing, and paid rows are never touched. Expected cost is asked of the one relation that prices
grants, only for the services and months concerned.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.kernel.engine import compile_postgres

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    import ibis

    from styr.grants.core.codes import AdjustmentReason


@dataclass(frozen=True)
class AdjustmentLine:
    """What is to be paid (or, below zero, paid back) for a month that was paid before; øre."""

    service_line_id: UUID
    month: date
    amount_ore: int


# A grant's paid months concern all its lines: a change may have moved a month's days from one line to another.
_CONCERNED = """
    DROP TABLE IF EXISTS pg_temp.rel_service_window, pg_temp.rel_narrow;
    CREATE TEMPORARY TABLE rel_service_window ON COMMIT DROP AS
    SELECT l.id AS service_id, m.month AS month_start, (m.month + interval '1 month')::date AS month_end,
           m.month AS first_day, (m.month + interval '1 month')::date AS end_day
    FROM (SELECT DISTINCT l.grant_id, p.month
          FROM grants_paidperiod p JOIN grants_serviceline l ON l.id = p.service_line_id
          WHERE %s::uuid[] IS NULL OR l.grant_id = ANY(%s)) m
    JOIN grants_serviceline l ON l.grant_id = m.grant_id;
    CREATE TEMPORARY TABLE rel_narrow ON COMMIT DROP AS
    SELECT DISTINCT service_id AS id FROM pg_temp.rel_service_window;
    ANALYZE pg_temp.rel_service_window, pg_temp.rel_narrow
"""
_ADJUST = """
    INSERT INTO grants_adjustment (id, municipality_id, unit_id, service_line_id, month, amount_ore, reason, made_at)
    SELECT gen_random_uuid(), l.municipality_id, l.unit_id, l.id, w.month_start,
           coalesce(e.amount_ore, 0) - coalesce(p.amount_ore, 0) - coalesce(a.amount_ore, 0), %s, %s
    FROM pg_temp.rel_service_window w
    JOIN grants_serviceline l ON l.id = w.service_id
    LEFT JOIN ({expected}) e ON e.service_id = w.service_id AND e.month = w.month_start
    LEFT JOIN grants_paidperiod p ON p.service_line_id = w.service_id AND p.month = w.month_start
    LEFT JOIN (SELECT service_line_id, month, sum(amount_ore)::bigint AS amount_ore FROM grants_adjustment
               WHERE service_line_id IN (SELECT id FROM pg_temp.rel_narrow) GROUP BY service_line_id, month) a
           ON a.service_line_id = w.service_id AND a.month = w.month_start
    WHERE coalesce(e.amount_ore, 0) - coalesce(p.amount_ore, 0) <> coalesce(a.amount_ore, 0)
    RETURNING service_line_id, month, amount_ore
"""


@transaction.atomic
def settle_paid_months(
    *, grant_ids: Collection[UUID] | None = None, reason: AdjustmentReason, now: datetime
) -> tuple[AdjustmentLine, ...]:
    """Add the adjustment lines that the grants' paid months need now; return them, none when all is as paid.

    Without `grant_ids` every grant in the scope is settled, as after an import.
    """
    expected = compile_postgres(_expected, key="grants.settle").replace("%", "%%")
    with connection.cursor() as cursor:
        ids = None if grant_ids is None else list(grant_ids)
        cursor.execute(_CONCERNED, [ids, ids])
        cursor.execute(_ADJUST.format(expected=expected), [str(reason), now])
        return tuple(AdjustmentLine(*row) for row in cursor.fetchall())


def _expected() -> ibis.Table:
    return expected_cost(CostInputs(window=SERVICE_WINDOW.table()).narrowed())
