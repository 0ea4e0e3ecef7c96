"""The settlement whose sum an invoice asks for, as the page of the invoice tells it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class BySettlement:
    """A settlement by its number; `invoiced_ore` is what all its invoices ask. Amounts in øre."""

    settlement_id: UUID
    number: str
    trips: int
    settled_ore: int
    invoiced_ore: int
    asked: bool

    @property
    def difference_ore(self) -> int:
        """What is asked for beyond the sum; below nothing: less."""
        return self.invoiced_ore - self.settled_ore


def by_settlement(told: Mapping[str, Any] | None) -> BySettlement | None:
    """Read a row of `rel_settled_invoice` as JSON tells it."""
    if told is None:
        return None
    return BySettlement(**{**told, "settlement_id": UUID(told["settlement_id"])})
