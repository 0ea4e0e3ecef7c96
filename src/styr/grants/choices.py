"""What a grant may lean on: the contract lines that are open to its citizen, with the price of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

_MOST: Final = 400
_OPEN: Final = """
SELECT l.contract_line_id, c.contract_id, c.number, c.kind, c.supplier_id, s.name, c.provider_unit_id, c.section,
       c.status, l.service, l.unit, r.amount
FROM rel_contract c
JOIN rel_contract_line l USING (contract_id)
JOIN suppliers_supplier s ON s.id = c.supplier_id
LEFT JOIN LATERAL (
    SELECT amount FROM rel_contract_rate r
    WHERE r.contract_line_id = l.contract_line_id AND (r.valid_to IS NULL OR r.valid_to > %(day)s)
    ORDER BY r.valid_from LIMIT 1
) r ON true
WHERE (c.citizen_id = %(citizen)s OR c.citizen_id IS NULL) AND c.status <> 'terminated'
  AND (c.ends IS NULL OR c.ends > %(day)s)
ORDER BY c.citizen_id IS NULL, c.number, l.line_no
LIMIT %(most)s
"""


@dataclass(frozen=True)
class OpenLine:
    """A contract line that a grant may buy on; `price` (kr. per unit) is the one that holds on the day, or the next."""

    id: UUID
    contract_id: UUID
    contract_number: str
    kind: str
    supplier_id: UUID
    supplier_name: str
    provider_unit_id: UUID | None
    section: str
    status: str
    service: str
    unit: str
    price: Decimal | None


def open_lines(*, citizen_id: UUID, day: date) -> tuple[OpenLine, ...]:
    """Return the lines of the citizen's own contracts and of frameworks that run on the day or later; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"citizen": citizen_id, "day": day, "most": _MOST})
        return tuple(OpenLine(*row) for row in cursor.fetchall())
