"""What the paid days and months were expected to cost: asked of the one relation that prices grants, never computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.grants.core.cost_relations import SERVICE_WINDOW
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.kernel.engine import PostgresEngine
from styr.kernel.period import next_month
from styr.kernel.relation import NARROW
from styr.ledger.core.paid_months import windows_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    import ibis

    from styr.ledger.core.paid_months import PaidClaim, Window

_KEY: Final = "ledger.pricing"


def expected_parts(claims: Iterable[PaidClaim]) -> dict[Window, int]:
    """What the months of claims that cover several were expected to cost, in øre, by window; others need no asking.

    The cost is asked for one window a service and month at a time: windows that share a month come in turns.
    """
    wanted = {window for claim in claims if len(found := windows_of(claim)) > 1 for window in found}
    expected: dict[Window, int] = {}
    for turn in _turns(wanted):
        costs = _costs([(one.service_id, one.month, one.first_day, one.end_day) for one in turn])
        expected |= {one: costs[one.service_id, one.month]["amount_ore"] for one in turn if _key(one) in costs}
    return expected


def expected_quantities(months: Collection[tuple[UUID, date]]) -> dict[tuple[UUID, date], Decimal]:
    """How much of its unit each service was expected to give in each month."""
    costs = _costs([(service_id, month, month, next_month(month)) for service_id, month in months])
    return {key: row["quantity"] for key, row in costs.items()}


def _key(window: Window) -> tuple[UUID, date]:
    return window.service_id, window.month


def _turns(windows: Collection[Window]) -> Iterator[list[Window]]:
    """Divide the windows so that none of them share a service and month."""
    left = sorted(windows, key=lambda one: (str(one.service_id), one.first_day, one.end_day))
    while left:
        turn: dict[tuple[UUID, date], Window] = {}
        waiting = []
        for window in left:
            if _key(window) in turn:
                waiting.append(window)
            else:
                turn[_key(window)] = window
        yield list(turn.values())
        left = waiting


def _costs(windows: Collection[tuple[UUID, date, date, date]]) -> dict[tuple[UUID, date], dict[str, Any]]:
    """The expected cost of each window (service, month, first day, end) by service and month."""
    rows = [
        {
            "service_id": service_id,
            "month_start": month,
            "month_end": next_month(month),
            "first_day": first,
            "end_day": end,
        }
        for service_id, month, first, end in windows
    ]
    if not rows:
        return {}
    with connection.cursor() as cursor:
        engine = PostgresEngine(cursor)
        engine.load(SERVICE_WINDOW, rows)
        engine.load(NARROW, [{"id": one} for one in {row["service_id"] for row in rows}])
        found = engine.rows(_expected, key=_KEY)
    return {(row["service_id"], row["month"]): row for row in found}


def _expected() -> ibis.Table:
    return expected_cost(CostInputs(window=SERVICE_WINDOW.table()).narrowed())
