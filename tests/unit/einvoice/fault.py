"""A fault put into one of our own documents, and the short names of places to put it."""

from typing import NamedTuple

from unit.einvoice.samples import Change

OI2, OI2_CREDIT = "oioubl2-faktura", "oioubl2-kreditnota"
OI3, OI3_CREDIT = "oioubl3-faktura", "oioubl3-kreditnota"
BIS3, BIS3_CREDIT, EN = "peppol3-faktura", "peppol3-kreditnota", "en16931-faktura"
SUPPLIER = "/*/cac:AccountingSupplierParty/cac:Party"
BUYER = "/*/cac:AccountingCustomerParty/cac:Party"
TOTAL = "/*/cac:LegalMonetaryTotal"
LINE = "/*/*[self::cac:InvoiceLine or self::cac:CreditNoteLine][1]"
SECOND = "/*/*[self::cac:InvoiceLine or self::cac:CreditNoteLine][2]"
QUANTITY = f"{LINE}/*[self::cbc:InvoicedQuantity or self::cbc:CreditedQuantity]"
MEANS = "/*/cac:PaymentMeans"
CHARGE = "/*/cac:AllowanceCharge"
S_SUBTOTAL = "/*/cac:TaxTotal/cac:TaxSubtotal[2]"


class Fault(NamedTuple):
    """A fault put into an own document, and what must be said of it."""

    code: str
    sample: str
    changes: tuple[Change, ...]


def fault(code: str, sample: str, *changes: Change) -> Fault:
    return Fault(code, sample, changes)
