"""What an import hands over: one value per row of a register file, already read into proper types.

Amounts are kroner, a cost is positive; None is an empty cell; period ends are exclusive. Rows point at citizens,
grants, suppliers and invoices with the numbers that the finance system knows them by, resolved in the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class PostingRow:
    """A line of a voucher (Danish: postering). Without `month` it belongs to the month it was booked in.

    `kind` is a code of `codes.PostingKind`; without one an account of state refunds (dranst 2) is a refund, any other a
    payment. `grant_number` is ours or the case system's.
    """

    voucher: str
    line_no: int
    posted_on: date
    account_string: str
    amount: Decimal
    month: date | None = None
    text: str | None = None
    citizen_source_id: str | None = None
    cpr: str | None = None
    supplier_cvr: str | None = None
    invoice_number: str | None = None
    grant_number: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class BudgetRow:
    """A line of a budget (Danish: budgetlinje); `month` 1-12, or None for an amount of the whole year."""

    year: int
    kind: str
    account_string: str
    amount: Decimal
    month: int | None = None
    citizen_source_id: str | None = None
    grant_number: str | None = None
    unit_source_id: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class CostCentreRow:
    """The unit that a cost centre (Danish: omkostningssted) belongs to in a period; four digits."""

    code: str
    unit_source_id: str
    valid_from: date
    valid_to: date | None = None
