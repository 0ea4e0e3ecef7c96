"""From a row of a file to what is written: øre, accounting month, a grant number in one form, no CPR number in text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from styr.invoices.core.masking import masked
from styr.kernel.grant_number import GrantNumber, InvalidGrantNumberError
from styr.kernel.money import round_half_away
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.formulas import unguarded

if TYPE_CHECKING:
    from decimal import Decimal

    from styr.ledger.core.rows import BudgetRow, PostingRow

_OPERATION = 5
"""Where the account string's dranst stands."""

_STATE_REFUND = "2"


class BadAmountError(ValueError):
    """The amount is not whole øre; the text is Danish."""


def booked(row: PostingRow) -> dict[str, Any]:
    """The fields of a posting, but for the keys that only the database's side can make.

    Raises:
        BadAmountError: the amount has more than two decimals.
    """
    month = (row.month or row.posted_on).replace(day=1)
    return {
        "year": month.year,
        "voucher": row.voucher,
        "line_no": row.line_no,
        "posted_on": row.posted_on,
        "month": month,
        "account_string": row.account_string,
        "amount_ore": ore(row.amount),
        "kind": row.kind or kind_of_account(row.account_string),
        "text": masked(unguarded(row.text or "")),
        "citizen_number": unguarded(row.citizen_source_id or ""),
        "supplier_cvr": row.supplier_cvr or "",
        "invoice_number": unguarded(row.invoice_number or ""),
    }


def budgeted(row: BudgetRow) -> dict[str, Any]:
    """The fields of a budget line.

    Raises:
        BadAmountError: the amount has more than two decimals.
    """
    return {
        "year": row.year,
        "month_no": row.month,
        "kind": row.kind,
        "account_string": row.account_string,
        "amount_ore": ore(row.amount),
        "text": masked(row.text or ""),
        "citizen_number": row.citizen_source_id or "",
        "unit_number": row.unit_source_id or "",
    }


def kind_of_account(account: str) -> str:
    """What a posting that does not say is of: dranst 2 is by definition the state's refund, all else is paid out."""
    refund = len(account) > _OPERATION and account[_OPERATION] == _STATE_REFUND
    return (PostingKind.REFUND if refund else PostingKind.PAYMENT).value


def normal_grant_number(text: str | None) -> str:
    """A grant number as it is kept (`B1234567-8`), or the case system's number as it stood; "" without."""
    if not text:
        return ""
    try:
        return str(GrantNumber.parse(text))
    except InvalidGrantNumberError:
        return unguarded(text.strip())


def ore(amount: Decimal) -> int:
    """Kroner to øre.

    >>> from decimal import Decimal
    >>> ore(Decimal("-12.50"))
    -1250

    Raises:
        BadAmountError: there is a part of an øre.
    """
    exact = amount * 100
    if exact != exact.to_integral_value():
        raise BadAmountError("Beløbet har flere end to decimaler. Ret det til hele ører.")
    return int(exact)


def months_of_year(amount_ore: int, year: int) -> list[tuple[date, int]]:
    """A year's amount over its months, as `rel_budget` spreads it: differences of sums rounded half away from zero.

    >>> sum(ore for _, ore in months_of_year(-1_000, 2026))
    -1000
    """
    sums = [round_half_away(amount_ore * n, 12) for n in range(13)]
    return [(date(year, n, 1), sums[n] - sums[n - 1]) for n in range(1, 13)]
