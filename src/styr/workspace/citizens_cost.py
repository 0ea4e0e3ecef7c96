"""The one expected-cost relation, summed by citizen, for lists; a citizen's own months come from `grants.costing`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.prepared import planned_once
from styr.grants.core.codes import GrantStatus
from styr.grants.costing import MONTHS, OF_THESE, priced

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from styr.kernel.period import Period

COUNTED: Final = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)
"""What a forecast counts, as `grants.costing`: what was promised, a stopped grant up to its last day."""

_ASKED: Final = """
WITH {months},
wanted AS MATERIALIZED (
    SELECT grant_id, citizen_id FROM rel_grant
    WHERE status = ANY(%(counted)s) {whose}
      AND starts < %(end_day)s AND (ends IS NULL OR ends > %(first_day)s)
),
rel_narrow AS MATERIALIZED (SELECT grant_id AS id FROM wanted){near}
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
        "first_day": period.start,
        "end_day": period.until,
        "counted": list(COUNTED),
        "citizens": None if citizen_ids is None else list(citizen_ids),
        "least": least_ore if least_ore is not None else -(2**62),
    }
    near = "" if citizen_ids is None else f", {OF_THESE}"
    whose = "" if citizen_ids is None else "AND citizen_id = ANY(%(citizens)s::uuid[])"
    with connection.cursor() if citizen_ids is None else planned_once() as cursor:
        cursor.execute(_ASKED.format(months=MONTHS, whose=whose, near=near, cost=priced()), given)
        return dict(cursor.fetchall())
