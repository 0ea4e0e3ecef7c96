"""OIOUBL 2.0-2.1: the Danish format of NemHandel since 2007.

What differs from the others: TaxExclusiveAmount holds the *tax total*, not the net; a document can carry several
TaxTotals (VAT and excise duties); schemes are named "DK:CVR", "GLN"; the due date stands with the payment means.
"""

from decimal import Decimal
from typing import Final

from styr.invoices.core.einvoice.dialect import Dialect, WrittenTotals
from styr.invoices.core.einvoice.model import Format
from styr.invoices.core.einvoice.parties import IdentifierKind

_ZERO: Final = Decimal(0)


def _claims(customization: str) -> bool:
    return customization.upper().startswith("OIOUBL-")


def _net(written: WrittenTotals) -> Decimal | None:
    if written.line_extension is None:
        return None
    return written.line_extension - (written.allowances or _ZERO) + (written.charges or _ZERO)


def _tax(written: WrittenTotals) -> Decimal | None:
    amounts = [total.amount for total in written.tax_totals if total.amount is not None]
    return sum(amounts, _ZERO) if amounts else written.tax_exclusive


OIOUBL2: Final = Dialect(
    format=Format.OIOUBL2,
    claims=_claims,
    schemes={
        "DK:CVR": IdentifierKind.CVR,
        "DK:SE": IdentifierKind.SE,
        "DK:P": IdentifierKind.P_NUMBER,
        "DK:CPR": IdentifierKind.CPR,
        "GLN": IdentifierKind.GLN,
        "EAN": IdentifierKind.GLN,
        "IBAN": IdentifierKind.IBAN,
    },
    net=_net,
    tax=_tax,
)
