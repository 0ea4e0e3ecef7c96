"""What the register says of a document's contract, for costs that the document itself gives no price or notice for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.agreements.core.review.costs import Price
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from uuid import UUID

_ASKED: Final = """
SELECT c.notice_days, p.unit, p.ore
FROM rel_contract c
LEFT JOIN LATERAL (
    SELECT l.unit, round(r.amount * 100)::bigint AS ore
    FROM rel_contract_line l JOIN rel_contract_rate r ON r.contract_line_id = l.contract_line_id
    WHERE l.contract_id = c.contract_id AND l.unit IN ('day', 'week', 'month')
    ORDER BY l.kind <> 'base', l.line_no, r.valid_from DESC LIMIT 1
) p ON true
WHERE c.contract_id = %s
"""


def registered_price(contract_id: UUID | None) -> tuple[Price | None, int | None]:
    """The latest price of the contract's first line that runs with time, and its days of notice; at most one query."""
    if contract_id is None:
        return None, None
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [contract_id])
        found = cursor.fetchone()
    if found is None:
        return None, None
    notice_days, unit, ore = found
    return (None if ore is None else Price(ore, Unit(unit).danish, registered=True)), notice_days
