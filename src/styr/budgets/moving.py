"""What began and was stopped in the months that a forecast learns from: the statement of PostgreSQL."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.budgets.core.frame import months_before
from styr.budgets.core.trend import LEARNED_FROM
from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.grants.core.relations import SERVICE
from styr.kernel.engine import compile_postgres

if TYPE_CHECKING:
    from styr.budgets.core.frame import Frame

# Registers that reach no further back tell nothing: everything in them would look as if it had just come.
# What each grant cost in its first whole month, again where it still runs, or in the last whole one before it was
# stopped, where it ran before; and what grants that are known to begin later cost in each open month.
_MOVED: Final = """
WITH known AS MATERIALIZED (
    SELECT grant_id, unit_id, 'arrived' AS what, (date_trunc('month', starts) + interval '1 month')::date AS month,
           (date_trunc('month', starts) + interval '2 months')::date AS next
    FROM rel_grant
    WHERE status IN ('granted', 'stopped') AND starts >= %(since)s AND starts < %(closed_before)s
    UNION ALL
    SELECT grant_id, unit_id, 'stopped', (date_trunc('month', ends) - interval '1 month')::date,
           date_trunc('month', ends)::date
    FROM rel_grant
    WHERE status = 'stopped' AND starts < %(since)s AND ends >= %(since)s AND ends <= %(closed_before)s
), told AS MATERIALIZED (
    SELECT grant_id, unit_id, what, month FROM known
    UNION ALL
    SELECT k.grant_id, k.unit_id, 'stayed', k.month FROM known k JOIN rel_grant g USING (grant_id)
    WHERE k.what = 'arrived' AND (g.ends IS NULL OR g.ends > %(closed_before)s)
), later AS MATERIALIZED (
    SELECT grant_id, unit_id FROM rel_grant
    WHERE status IN ('granted', 'stopped', 'expected', 'awaiting') AND starts > %(as_of)s
), open_month AS MATERIALIZED (
    SELECT m::date AS month, (m + interval '1 month')::date AS next
    FROM generate_series(%(open_from)s::timestamp, %(end_day)s::timestamp - interval '1 day', '1 month') m
), rel_service_window AS MATERIALIZED (
    SELECT DISTINCT s.service_id, k.month AS month_start, k.next AS month_end, k.month AS first_day, k.next AS end_day
    FROM known k JOIN rel_service s USING (grant_id)
    UNION ALL
    SELECT s.service_id, m.month, m.next, m.month, m.next
    FROM later JOIN rel_service s USING (grant_id)
         JOIN open_month m ON m.next > s.starts AND (s.ends IS NULL OR m.month < s.ends)
), cost AS MATERIALIZED ({priced})
SELECT k.unit_id, k.what, NULL::date, count(DISTINCT k.grant_id), coalesce(sum(c.amount_ore), 0)::bigint
FROM told k LEFT JOIN cost c ON c.grant_id = k.grant_id AND c.month_start = k.month
WHERE EXISTS (SELECT FROM rel_grant WHERE status IN ('granted', 'stopped') AND starts < %(since)s)
GROUP BY 1, 2
UNION ALL
SELECT l.unit_id, 'later', c.month_start, 0, coalesce(sum(c.amount_ore), 0)::bigint
FROM later l JOIN cost c ON c.grant_id = l.grant_id GROUP BY 1, 3"""


@cache
def moved() -> str:
    """The statement; give it the values of `asked_about`. Rows of (unit, what, month, grants, øre)."""
    window = SERVICE_WINDOW.table()
    service = SERVICE.table().semi_join(window, "service_id")
    priced = windowed_cost(CostInputs(service=service, window=window), ("grant_id", "month_start", "amount_ore"))
    return _MOVED.replace("{priced}", compile_postgres(priced).replace("%", "%%"))


def asked_about(frame: Frame) -> dict[str, Any]:
    """What `moved` is asked about: the closed months that are learned from, and the open ones."""
    return {
        "since": months_before(frame.closed_before, LEARNED_FROM),
        "closed_before": frame.closed_before,
        "open_from": max(frame.closed_before, frame.period.start),
        "end_day": frame.period.until,
        "as_of": frame.as_of,
    }
