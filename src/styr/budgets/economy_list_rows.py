"""What the lists behind the economy's figures are asked, and what they are made of (øre)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.budgets.core.codes import Part

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

PARTS: Final = tuple(Part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which rows: of a unit, a function (first digits of the account), a section, a part, a citizen.

    `over` takes only what is over its budget, `placed` only what lies on a citizen, `unaccounted` what has no account,
    `unpriced_on` grants that run that day with a service that has no price, or without any service.
    """

    unit_id: UUID | None = None
    function: str = ""
    section: str = ""
    part: Part | None = None
    citizen_id: UUID | None = None
    over: bool = False
    placed: bool = False
    unaccounted: bool = False
    unpriced_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """Budget, forecast and the parts that explain the deviation between them."""

    budget_ore: int
    forecast_ore: int
    over_ore: int
    price_ore: int
    volume_ore: int
    mix_ore: int
    timing_ore: int
    unplaced_ore: int

    @property
    def main_part(self) -> Part | None:
        """The part that says most of why; None when nothing deviates."""
        parts = {part: getattr(self, f"{part.value}_ore") for part in PARTS}
        largest = max(PARTS, key=lambda part: abs(parts[part]))
        return largest if parts[largest] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenRow(Deviation):
    """A citizen's year; None is what lies on no citizen."""

    citizen_id: UUID | None
    sections: tuple[str, ...]
    grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow(Deviation):
    """A grant's year; without a grant it is what is booked or budgeted on the citizen, or on nobody, beside grants."""

    grant_id: UUID | None
    citizen_id: UUID | None
    section: str
    number: str
    supplier_id: UUID | None
    budget_days: int
    forecast_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRow(Deviation):
    """A supplier's year; None is what is bought of nobody we know."""

    supplier_id: UUID | None
    citizens: int
    grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow(Deviation):
    """What lies on accounts that begin with the same five digits; `name` is "" where nobody has named them."""

    function: str
    name: str
    citizens: int

    @property
    def written(self) -> str:
        """The function as people write it, `5.38.52`."""
        digits = self.function
        return f"{digits[0]}.{digits[1:3]}.{digits[3:]}" if digits else "Uden konto"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are in all, and what they come to; `part_ore` is of the part that the rows were asked for."""

    count: int
    budget_ore: int
    forecast_ore: int
    over_ore: int
    part_ore: int | None = None


NOTHING: Final = Totals(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of a list, and in which order: `by` is a word of the list's columns."""

    by: str = "over"
    falling: bool = True
    limit: int = 50
    offset: int = 0
