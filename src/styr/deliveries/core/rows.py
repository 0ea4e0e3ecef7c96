"""What an import of deliveries hands over: one value per row of a register file (leverancer)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class DeliveryRow:
    """What was delivered of a grant's service line in the month that a day lies in, in the line's own unit."""

    grant_source_id: str
    line_no: int
    month: date
    quantity: Decimal
    note: str | None = None
