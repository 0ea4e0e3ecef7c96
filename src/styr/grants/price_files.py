"""Holds a file of contract prices to the limits that grants were approved within, as a price changed on the page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.contracts.bulk import upsert_contract_rates
from styr.grants.acting import Actor
from styr.grants.approving import APPROVE
from styr.grants.models import ServiceLine
from styr.grants.price_limits import PriceBeyondLimitError, held_to_limits
from styr.kernel.upsert import RowError, UpsertResult
from styr.suppliers.bringing import bringer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from styr.contracts.core.rows import ContractRateRow

# Of the file's prices, those that the register does not have so already.
_NEW: Final = """
SELECT f.row_no, l.contract_line_id
FROM unnest(%s::int[], %s::text[], %s::int[], %s::date[], %s::numeric[]) AS f (row_no, number, line_no, day, amount)
JOIN rel_contract c ON c.number = f.number
JOIN rel_contract_line l ON l.contract_id = c.contract_id AND l.line_no = f.line_no
WHERE NOT EXISTS (
    SELECT FROM rel_contract_rate r
    WHERE r.contract_line_id = l.contract_line_id AND r.valid_from = f.day AND r.amount = f.amount
)
"""
_MEND: Final = (
    "Prisen gør {grants} dyrere end godkendt. Bed om den på kontrakten, eller lad en, der må godkende beløbet i hele "
    "kommunen, indlæse filen."
)


def land_contract_rates(rows: Sequence[ContractRateRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write a file's contract prices, held to the limits of the person who handed it in.

    A job that no person stands behind, and whoever may approve any amount in the whole municipality, is not held.
    Rows that make grants dearer than they are approved for are told as errors, and nothing of the file is written.
    """
    who, today = bringer(), localdate(now)
    if who is None or access.limit_for(user_id=who, act=APPROVE, on=today, unit_id=None) is None:
        return upsert_contract_rates(rows, municipality_id=municipality_id)
    lines = _changed(rows)
    days = {rows[row].valid_from for row in lines}
    try:
        with held_to_limits(sorted(set(lines.values())), *days, actor=Actor(who, today, now)):
            return upsert_contract_rates(rows, municipality_id=municipality_id)
    except PriceBeyondLimitError as refused:
        return UpsertResult(0, 0, 0, _told(rows, lines, [one.grant_id for one in refused.beyond]))


def _changed(rows: Sequence[ContractRateRow]) -> dict[int, UUID]:
    """The contract line of each row whose price is new."""
    numbers, line_nos = [row.contract_number for row in rows], [row.line_no for row in rows]
    days, amounts = [row.valid_from for row in rows], [row.amount for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_NEW, (list(range(len(rows))), numbers, line_nos, days, amounts))
        return dict(cursor.fetchall())


def _told(rows: Sequence[ContractRateRow], lines: dict[int, UUID], grant_ids: list[UUID]) -> tuple[RowError, ...]:
    bought = ServiceLine.objects.filter(grant_id__in=grant_ids, contract_line__in=set(lines.values()))
    grants: dict[UUID | None, set[UUID]] = {}
    for line_id, grant_id in bought.values_list("contract_line_id", "grant_id"):
        grants.setdefault(line_id, set()).add(grant_id)
    return tuple(
        RowError(
            row, "pris", str(rows[row].amount).replace(".", ","), _MEND.format(grants=counted_grants(len(grants[line])))
        )
        for row, line in sorted(lines.items())
        if line in grants
    )


def counted_grants(count: int) -> str:
    """So many grants, in words."""
    return "1 bevilling" if count == 1 else f"{count} bevillinger"
