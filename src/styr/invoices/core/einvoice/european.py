"""What OIOUBL 3, Peppol BIS 3 and plain EN 16931 have in common: the European meaning of totals and schemes."""

from decimal import Decimal
from typing import Final

from styr.invoices.core.einvoice.dialect import WrittenTotals
from styr.invoices.core.einvoice.parties import IdentifierKind

# Scheme identifiers: ISO 6523 (EAS) list of Peppol; the 99xx numbers are Peppol's older Danish ones
SCHEMES: Final = {
    "0184": IdentifierKind.CVR,
    "9902": IdentifierKind.CVR,
    "DK:CVR": IdentifierKind.CVR,
    "0198": IdentifierKind.SE,
    "9904": IdentifierKind.SE,
    "DK:SE": IdentifierKind.SE,
    "0096": IdentifierKind.P_NUMBER,
    "DK:P": IdentifierKind.P_NUMBER,
    "0088": IdentifierKind.GLN,
    "GLN": IdentifierKind.GLN,
    "0237": IdentifierKind.CPR,
    "9901": IdentifierKind.CPR,
    "DK:CPR": IdentifierKind.CPR,
    "CPR": IdentifierKind.CPR,
}


def net(written: WrittenTotals) -> Decimal | None:
    """BT-109, the invoice total without VAT, is TaxExclusiveAmount."""
    return written.tax_exclusive


def tax(written: WrittenTotals) -> Decimal | None:
    """BT-110, the VAT total in the document's currency; the other TaxTotal, if any, is in the accounting currency."""
    for total in written.tax_totals:
        if total.amount is not None and total.currency == written.currency:
            return total.amount
    if written.tax_totals and written.tax_totals[0].amount is not None:
        return written.tax_totals[0].amount
    if written.tax_inclusive is None or written.tax_exclusive is None:
        return None
    return written.tax_inclusive - written.tax_exclusive
