"""The settlements whose sum an invoice asks for, as the page of the invoice tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class SettledPart:
    """One settlement by its number, and what its trips come to in øre."""

    settlement_id: UUID
    number: str
    trips: int
    settled_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BySettlement:
    """The settlements that name the invoice; `invoiced_ore` is what its documents ask, credit notes taken off (øre).

    `asked`: an operator was asked; `doubted`: something is found in trips, and nobody has answered or accepted it.
    """

    parts: tuple[SettledPart, ...]
    invoiced_ore: int
    asked: bool
    doubted: bool

    @property
    def settled_ore(self) -> int:
        """What all of them come to."""
        return sum(part.settled_ore for part in self.parts)

    @property
    def trips(self) -> int:
        """The trips of all of them."""
        return sum(part.trips for part in self.parts)

    @property
    def numbers(self) -> str:
        """Their numbers in Danish."""
        *first, last = [part.number for part in self.parts]
        return f"{', '.join(first)} og {last}" if first else last

    @property
    def difference_ore(self) -> int:
        """What is asked for beyond the sum; below nothing: less."""
        return self.invoiced_ore - self.settled_ore


def by_settlement(told: Sequence[Mapping[str, Any]] | None) -> BySettlement | None:
    """Read an invoice's rows of `rel_settled_invoice` as JSON tells them."""
    if not told:
        return None
    parts = tuple(
        SettledPart(UUID(row["settlement_id"]), row["number"], row["trips"], row["settled_ore"]) for row in told
    )
    of_invoice = told[0]
    return BySettlement(
        parts=parts,
        invoiced_ore=of_invoice["invoiced_ore"],
        asked=of_invoice["asked"],
        doubted=of_invoice["doubted"],
    )
