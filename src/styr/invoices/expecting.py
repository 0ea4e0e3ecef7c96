"""Asks the one expected-cost relation about the parts of claims, in one query for any number of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from styr.access.prepared import planned_once
from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.invoices.core.breakdown import cost_lines, windows
from styr.kernel.engine import compile_postgres

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    import ibis

    from styr.invoices.core.breakdown import Asked, CostLine

_COLUMNS: Final = ("claim_id", "service_id", "month_start", "month_end", "first_day", "end_day")
# As an array the services can be looked up in the branches of the views; a join would read them whole.
_THESE: Final = "ARRAY(SELECT service_id FROM claimed)"
# Each claim is a service of its own here, as in `core.comparison.pricing`: two claims may be for one service.
_AROUND: Final = """
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest(
            %(claim_id)s::uuid[], %(service_id)s::uuid[], %(month_start)s::date[], %(month_end)s::date[],
            %(first_day)s::date[], %(end_day)s::date[])
            AS asked (claim_id, service_id, month_start, month_end, first_day, end_day)
    ),
    claimed AS MATERIALIZED (SELECT DISTINCT claim_id, service_id FROM asked),
    rel_service AS MATERIALIZED (
        SELECT c.claim_id AS service_id, s.grant_id, s.unit_id, s.line_no, s.service, s.unit, s.per, s.quantity,
               s.factor, s.starts, s.ends, s.contract_line_id, s.calendar_id
        FROM rel_service s JOIN claimed c USING (service_id) WHERE s.service_id = ANY({these})
    ),
    rel_rate AS MATERIALIZED (
        SELECT c.claim_id AS service_id, r.valid_from, r.valid_to, r.amount
        FROM rel_rate r JOIN claimed c USING (service_id) WHERE r.service_id = ANY({these})
    ),
    rel_service_absence AS MATERIALIZED (
        SELECT c.claim_id AS service_id, a.starts, a.ends, a.billable
        FROM rel_service_absence a JOIN claimed c USING (service_id) WHERE a.service_id = ANY({these})
    ),
    rel_service_window AS MATERIALIZED (
        SELECT claim_id AS service_id, month_start, month_end, first_day, end_day FROM asked
    )
    SELECT service_id, month_start, end_day, quantity, amount_ore FROM ({cost}) AS cost
"""


def expected_lines(claims: Sequence[Asked]) -> Mapping[UUID, tuple[CostLine, ...]]:
    """The expected payment of each claim, line by line; the lines add up to what is expected of its days. One query."""
    cut = {one.claim_id: windows(one) for one in claims}
    rows = [window for one in cut.values() for window in one]
    if not rows:
        return {}
    columns = {name: [getattr(row, name) for row in rows] for name in _COLUMNS}
    costs: dict[UUID, dict[tuple[date, date], tuple[Decimal, int]]] = defaultdict(dict)
    with planned_once() as cursor:
        cursor.execute(_text(), columns)
        for claim_id, month, end_day, quantity, amount_ore in cursor.fetchall():
            costs[claim_id][month, end_day] = (quantity, amount_ore)
    return {one.claim_id: cost_lines(one, cut[one.claim_id], costs[one.claim_id]) for one in claims}


@cache
def _text() -> str:
    return _AROUND.format(these=_THESE, cost=compile_postgres(_expression, key="invoices.expecting").replace("%", "%%"))


def _expression() -> ibis.Table:
    return windowed_cost(CostInputs(window=SERVICE_WINDOW.table()))
