"""User payment that is another amount each month: charged month by month, mended when the month turns out otherwise.

Each is a `UserPayment` of that month alone, so the list, its file, the deduction and the follow-up are those of the
others. The domain that knows what was used says the amounts (`trips`: rides).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection, transaction

from styr.controls.rerunning import request_rerun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from styr.kernel.money import Ore
    from styr.refunds.core.codes import PaymentKind

_AFTER: Final = "(%(month)s::date + interval '1 month')::date"
_GIVEN: Final = "unnest(%(grants)s::uuid[], %(amounts)s::bigint[]) AS a (grant_id, ore)"
_GONE: Final = f"""
    DELETE FROM refunds_userpayment p
    WHERE p.kind = %(kind)s AND p.starts = %(month)s AND p.ends = {_AFTER} AND p.grant_id <> ALL (%(grants)s::uuid[])
    RETURNING p.grant_id
"""  # noqa: S608 -- made of our own constants
_CHANGED: Final = f"""
    UPDATE refunds_userpayment p SET month_ore = a.ore, decided_on = %(today)s FROM {_GIVEN}
    WHERE p.grant_id = a.grant_id AND p.kind = %(kind)s AND p.starts = %(month)s AND p.ends = {_AFTER}
      AND p.month_ore <> a.ore
    RETURNING p.grant_id
"""  # noqa: S608 -- the same
_NEW: Final = f"""
    INSERT INTO refunds_userpayment (id, municipality_id, unit_id, citizen_id, grant_id, kind, month_ore, starts, ends,
                                     decided_on)
    SELECT gen_random_uuid(), %(municipality)s, g.unit_id, g.citizen_id, g.grant_id, %(kind)s, a.ore, %(month)s,
           {_AFTER}, %(today)s
    FROM {_GIVEN} JOIN rel_grant g ON g.grant_id = a.grant_id
    WHERE NOT EXISTS (SELECT FROM refunds_userpayment o WHERE o.grant_id = a.grant_id AND o.kind = %(kind)s
                      AND o.starts < {_AFTER} AND coalesce(o.ends, 'infinity') > %(month)s)
    RETURNING grant_id
"""  # noqa: S608 -- the same
_BY_MONTH: Final = """
    SELECT starts, sum(month_ore)::bigint FROM refunds_userpayment
    WHERE kind = %s AND starts >= %s AND ends = (starts + interval '1 month')::date GROUP BY starts
"""
_OF_MONTH: Final = """
    SELECT grant_id, month_ore FROM refunds_userpayment
    WHERE kind = %s AND starts = %s AND ends = (starts + interval '1 month')::date
"""


@dataclass(frozen=True, slots=True)
class Charged:
    """For how many grants a month was charged for the first time, for how many otherwise, and for how many no more."""

    new: int
    changed: int
    gone: int

    @property
    def any(self) -> bool:
        """Whether anything was written."""
        return bool(self.new or self.changed or self.gone)


@transaction.atomic
def charge_month(
    *, municipality_id: UUID, kind: PaymentKind, month: date, amounts: Mapping[UUID, Ore], today: date
) -> Charged:
    """Let a month's user payment of one kind be these amounts by grant, all above nothing; twice changes nothing.

    What was charged for the month and is not among them is taken away. Where somebody has registered one of the kind
    that runs on, that one stands.
    """
    given: dict[str, Any] = {
        "municipality": municipality_id, "kind": kind.value, "month": month, "today": today,
        "grants": list(amounts), "amounts": list(amounts.values()),
    }  # fmt: skip
    touched: list[list[UUID]] = []
    with connection.cursor() as cursor:
        for text in (_GONE, _CHANGED, _NEW):
            cursor.execute(text, given)
            touched.append([row[0] for row in cursor.fetchall()])
    gone, changed, new = touched
    request_rerun(municipality_id=municipality_id, ids=[*gone, *changed, *new])
    return Charged(len(new), len(changed), len(gone))


def charged_by_month(kind: PaymentKind, *, since: date) -> dict[date, Ore]:
    """What was charged month by month, by the first of the month. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, [kind.value, since])
        return dict(cursor.fetchall())


def charged_in(kind: PaymentKind, *, month: date) -> dict[UUID, Ore]:
    """What was charged for a month, by grant. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_MONTH, [kind.value, month])
        return dict(cursor.fetchall())
