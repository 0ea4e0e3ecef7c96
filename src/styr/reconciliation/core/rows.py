"""What an import hands over: one value per row of a case system's extract, already read into proper types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class CaseGrantRow:
    """A service of a grant as the case system has it: `quantity` of `unit` per `per` at `amount` kr. a unit.

    `system` is a code of `SourceSystem`, `source_id` the grant's number there, which may be our grant number. Period
    ends are exclusive; None is an empty cell. `extracted_on` is the day the extract was taken, the same in every row.
    """

    system: str
    source_id: str
    cpr: str
    section: str
    starts: date
    ends: date | None = None
    line_no: int | None = None
    service: str | None = None
    unit: str | None = None
    per: str | None = None
    quantity: Decimal | None = None
    amount: Decimal | None = None
    cvr: str | None = None
    account_string: str | None = None
    case_number: str | None = None
    caseworker: str | None = None
    extracted_on: date | None = None

    def __repr__(self) -> str:
        """Name the row without saying who it is about."""
        return f"CaseGrantRow(system={self.system!r}, source_id={self.source_id!r})"
