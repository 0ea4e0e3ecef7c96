"""What citizens are to pay and what has come in, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.kernel.paging import counted_page
from styr.people.queries import citizen_lines
from styr.refunds.core.codes import PaymentKind

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.kernel.money import Ore

# A month that is not whole is charged by its days, half away from zero, as `amounts.expected_user_payment`.
_MONTHS: Final = """
WITH latest AS (SELECT max(month) AS month FROM rel_posting WHERE month < %(now)s),
months AS (
    SELECT m::date AS first, (m + interval '1 month')::date AS after
    FROM latest, generate_series(%(since)s::date::timestamp, latest.month::timestamp, interval '1 month') m
), due AS (
    SELECT p.user_payment_id, p.grant_id,
           sum(round(p.month_ore::numeric * (least(p.ends, m.after) - greatest(p.starts, m.first))
                     / (m.after - m.first)))::bigint AS ore
    FROM rel_user_payment p
    JOIN months m ON p.starts < m.after AND (p.ends IS NULL OR p.ends > m.first)
    GROUP BY p.user_payment_id, p.grant_id
), paid AS (
    SELECT t.grant_id, -sum(t.amount_ore)::bigint AS ore FROM rel_posting t
    WHERE t.kind = 'user_payment' AND t.grant_id IS NOT NULL AND t.month >= %(since)s AND t.month < %(now)s
    GROUP BY t.grant_id
), by_grant AS (SELECT grant_id, sum(ore)::bigint AS ore FROM due GROUP BY grant_id)
"""
_ROWS: Final = """
SELECT u.id, u.citizen_id, u.grant_id, g.number, g.section, u.kind, u.month_ore, u.starts, u.ends,
       coalesce(b.ore, 0)::bigint AS due, coalesce(p.ore, 0)::bigint AS paid, count(*) OVER ()
FROM refunds_userpayment u
JOIN rel_grant g ON g.grant_id = u.grant_id
LEFT JOIN by_grant b ON b.grant_id = u.grant_id
LEFT JOIN paid p ON p.grant_id = u.grant_id
WHERE (%(running)s = false OR u.ends IS NULL OR u.ends > %(now)s OR coalesce(p.ore, 0) < coalesce(b.ore, 0))
  AND (%(one)s::uuid IS NULL OR u.id = %(one)s)
  AND (%(missing)s = false OR coalesce(p.ore, 0) < coalesce(b.ore, 0))
ORDER BY {order}, u.id LIMIT %(size)s OFFSET %(offset)s
"""
_TOTALS: Final = """
SELECT coalesce((SELECT sum(month_ore) FROM refunds_userpayment
                 WHERE starts <= %(now)s AND (ends IS NULL OR ends > %(now)s)), 0)::bigint,
       coalesce((SELECT sum(ore) FROM by_grant), 0)::bigint,
       coalesce((SELECT sum(p.ore) FROM paid p JOIN by_grant b USING (grant_id)), 0)::bigint,
       (SELECT count(*) FROM by_grant b LEFT JOIN paid p USING (grant_id) WHERE coalesce(p.ore, 0) < b.ore),
       (SELECT month FROM latest)
"""
_ORDERS: Final = {
    "missing": "coalesce(b.ore, 0) - coalesce(p.ore, 0)",
    "month": "u.month_ore",
    "starts": "u.starts",
    "number": "g.number",
}


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A user payment; `due` and `paid` are the grant's in the year's booked months, øre."""

    id: UUID
    citizen_id: UUID
    name: str
    grant_id: UUID
    grant_number: str
    section: str
    kind: PaymentKind
    month_ore: Ore
    starts: date
    ends: date | None
    due_ore: Ore
    paid_ore: Ore

    @property
    def missing_ore(self) -> Ore:
        """What has not come in; below nothing when more has."""
        return self.due_ore - self.paid_ore


@dataclass(frozen=True, slots=True)
class PaymentTotals:
    """What is charged a month now, and this year's booked months: due, paid, grants that lack some; øre."""

    month_ore: Ore
    due_ore: Ore
    paid_ore: Ore
    lacking: int
    latest: date | None


@dataclass(frozen=True, slots=True)
class PaymentFilter:
    """What is asked of the list. `running`: what still runs, and what has ended and has not all come in."""

    missing: bool = False
    running: bool = True


def payment_totals(*, today: date) -> PaymentTotals:
    """Return the figures of the page; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS + _TOTALS, _given(today))
        return PaymentTotals(*cursor.fetchone())


def payment_lines(
    wanted: PaymentFilter,
    *,
    order: tuple[str, bool],
    part: tuple[int, int],
    today: date,
    payment_id: UUID | None = None,
) -> tuple[list[PaymentLine], int]:
    """Return user payments and how many; `order` is (word, falling), `part` (offset, size). Names are logged."""
    by, falling = order
    text = _MONTHS + _ROWS.format(order=f"{_ORDERS.get(by, _ORDERS['missing'])} {'DESC' if falling else 'ASC'}")
    offset, size = part
    given = _given(today) | {"missing": wanted.missing, "running": wanted.running, "one": payment_id}
    with connection.cursor() as cursor:

        def ask(first: int, most: int) -> list[tuple[Any, ...]]:
            cursor.execute(text, given | {"offset": first, "size": most})
            return list(cursor.fetchall())

        rows, total = counted_page(ask, first=offset, size=size)
    people = citizen_lines(
        citizen_ids=[row[1] for row in rows], page="egenbetaling", purpose="Egenbetaling", today=today
    )
    names = {citizen_id: line.name for citizen_id, line in people.items()}
    return [_line(row, names) for row in rows], total


def payment_line(*, payment_id: UUID, today: date) -> PaymentLine | None:
    """Return one user payment; None when there is none for the caller. The name is logged as shown. Three queries."""
    found, _ = payment_lines(
        PaymentFilter(running=False), order=("missing", True), part=(0, 1), today=today, payment_id=payment_id
    )
    return found[0] if found else None


def _line(row: tuple[Any, ...], names: dict[UUID, str]) -> PaymentLine:
    payment_id, citizen_id, grant_id, number, section, kind, *rest, _ = row
    name = names.get(citizen_id, "Borger uden for dine enheder")
    return PaymentLine(payment_id, citizen_id, name, grant_id, number, section, PaymentKind(kind), *rest)


def _given(today: date) -> dict[str, Any]:
    return {"now": today.replace(day=1), "since": today.replace(month=1, day=1)}
