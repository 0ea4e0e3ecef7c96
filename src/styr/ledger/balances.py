"""Paid months that cost something else than was paid: what is still owed or to be got back, and what settled it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.paging import counted_page

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_OF: Final = """
    SELECT grant_id, month, sum(adjusted_ore)::bigint AS adjusted_ore, sum(later_ore)::bigint AS later_ore,
           sum(open_ore)::bigint AS open_ore, max(paid_on) AS paid_on
    FROM rel_month_balance GROUP BY grant_id, month
"""
_STATES: Final = {"aabne": "b.open_ore <> 0", "udlignede": "b.open_ore = 0 AND b.later_ore <> 0", "alle": "true"}
_ORDERS: Final = {"month": "b.month", "open": "abs(b.open_ore)", "number": "g.number"}
_ROWS: Final = """
    SELECT g.grant_id, g.number, g.section, b.month, b.adjusted_ore, b.later_ore, b.open_ore, b.paid_on,
           count(*) OVER ()
    FROM ({of}) b JOIN rel_grant g ON g.grant_id = b.grant_id WHERE {state}
    ORDER BY {order}, b.month, g.number LIMIT %(size)s OFFSET %(first)s
"""
_TOTALS: Final = """
    SELECT coalesce(sum(open_ore) FILTER (WHERE open_ore > 0), 0)::bigint,
           coalesce(-sum(open_ore) FILTER (WHERE open_ore < 0), 0)::bigint,
           count(*) FILTER (WHERE open_ore = 0 AND later_ore <> 0) FROM ({of}) b
"""


@dataclass(frozen=True, slots=True)
class MonthBalance:
    """A paid month of a grant, øre: `open_ore` is still to be paid, or below zero to be got back."""

    grant_id: UUID
    number: str
    section: str
    month: date
    adjusted_ore: int
    later_ore: int
    open_ore: int
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class BalanceTotals:
    """What is to be paid and to be got back of paid months, øre, and how many months later payments settled."""

    to_pay_ore: int
    to_get_ore: int
    settled: int


def month_balances(*, state: str, by: str, falling: bool, page: int, size: int) -> tuple[list[MonthBalance], int]:
    """A page of paid months with their balance, and how many there are; `state` aabne, udlignede or alle. One query."""
    order = f"{_ORDERS.get(by, _ORDERS['month'])} {'DESC' if falling else 'ASC'}"
    text = _ROWS.format(of=_OF, state=_STATES.get(state, _STATES["aabne"]), order=order)
    rows, total = counted_page(
        lambda first, most: _ask(text, {"size": most, "first": first}), first=(page - 1) * size, size=size
    )
    return [MonthBalance(*row[:-1]) for row in rows], total


def balance_totals() -> BalanceTotals:
    """The sums over every month that the scope sees. One query."""
    return BalanceTotals(*_ask(_TOTALS.format(of=_OF), {})[0])


def _ask(text: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        return list(cursor.fetchall())
