"""A bill before it becomes XML: the same for the three formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from exampletown.model import Supplier

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class Line:
    """One line. ``net`` = quantity × price − allowance, rounded to the øre. ``period`` is half-open."""

    name: str
    quantity: Decimal
    code: str
    price: Decimal
    net: Decimal
    period: tuple[date, date]
    tells_period: bool = False
    description: str | None = None
    note: str | None = None
    accounting_cost: str | None = None
    named_value: tuple[str, str] | None = None
    originator: tuple[str, str] | None = None
    """Name and CPR of the citizen as the line's originator party."""
    allowance: Decimal = NOTHING
    allowance_reason: str = ""


@dataclass(slots=True)
class Document:
    """``kind`` is invoice or credit_note; a credit note's amounts are positive, as the formats want it."""

    format: str
    kind: str
    number: str
    issued: date
    due: date
    supplier: Supplier
    buyer_name: str
    buyer_ean: str
    lines: list[Line]
    payment: str
    account: str
    uuid: str
    order: str | None = None
    contract: str | None = None
    buyer_reference: str | None = None
    project: str | None = None
    accounting_cost: str | None = None
    note: str | None = None
    delivered: date | None = None
    delivery_party: tuple[str, str | None] | None = None
    """Name and, in OIOUBL 2, CPR."""
    buyer_customer: tuple[str, str] | None = None
    billing: tuple[str, date] | None = None
    period: tuple[date, date] | None = None
    attachment: str | None = None
    damage: str | None = None
    extra_notes: list[str] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        """Sum of the lines, kroner."""
        return sum((line.net for line in self.lines), NOTHING)
