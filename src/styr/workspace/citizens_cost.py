"""The one expected-cost relation, summed by citizen, for lists; a citizen's own months come from `grants.costing`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.grants.core.codes import GrantStatus
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.kernel.engine import compile_postgres

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    import ibis

    from styr.kernel.period import Period

COUNTED: Final = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)
"""What a forecast counts, as `grants.costing`: what was promised, a stopped grant up to its last day."""

_ASKED: Final = """
WITH rel_month AS MATERIALIZED (
    SELECT month::date AS month_start, (month + interval '1 month')::date AS month_end,
           greatest(month::date, %(first)s::date) AS first_day,
           least((month + interval '1 month')::date, %(end)s::date) AS end_day
    FROM generate_series(date_trunc('month', %(first)s::date::timestamp), %(end)s::date - 1, interval '1 month') month
),
wanted AS MATERIALIZED (
    SELECT grant_id, citizen_id FROM rel_grant
    WHERE status = ANY(%(counted)s) AND (%(citizens)s::uuid[] IS NULL OR citizen_id = ANY(%(citizens)s::uuid[]))
      AND starts < %(end)s AND (ends IS NULL OR ends > %(first)s)
),
rel_narrow AS MATERIALIZED (SELECT grant_id AS id FROM wanted)
SELECT w.citizen_id, sum(cost.amount_ore)::bigint FROM ({cost}) AS cost JOIN wanted w USING (grant_id)
GROUP BY w.citizen_id HAVING sum(cost.amount_ore) >= %(least)s
"""


def expected_by_citizen(
    period: Period, citizen_ids: Collection[UUID] | None = None, *, least_ore: int | None = None
) -> dict[UUID, int]:
    """Return what each citizen's grants are expected to cost in a closed period, øre; one query.

    None asks about everybody in the scope. Whoever costs less than `least_ore`, or has no grant in it, is left out.
    """
    given: dict[str, Any] = {
        "first": period.start,
        "end": period.until,
        "counted": list(COUNTED),
        "citizens": None if citizen_ids is None else list(citizen_ids),
        "least": least_ore if least_ore is not None else -(2**62),
    }
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.replace("{cost}", _compiled()), given)
        return dict(cursor.fetchall())


@cache
def _compiled() -> str:
    return compile_postgres(_expression, key="workspace.citizens_cost").replace("%", "%%")


def _expression() -> ibis.Table:
    return expected_cost(CostInputs().narrowed(by="grant_id"))
