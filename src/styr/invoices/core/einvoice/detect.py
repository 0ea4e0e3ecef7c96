"""Which format a document is: by the name of its root and the CustomizationID that it claims."""

from typing import Final

from lxml import etree

from styr.invoices.core.einvoice.dialect import Dialect
from styr.invoices.core.einvoice.en16931 import EN16931
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.model import Kind
from styr.invoices.core.einvoice.oioubl2 import OIOUBL2
from styr.invoices.core.einvoice.oioubl3 import OIOUBL3
from styr.invoices.core.einvoice.peppol3 import PEPPOL3

# in the order asked: Peppol's CustomizationID begins with that of EN 16931
_DIALECTS: Final = (OIOUBL2, OIOUBL3, PEPPOL3, EN16931)
_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_KINDS: Final = {
    f"{{{_UBL}Invoice-2}}Invoice": Kind.INVOICE,
    f"{{{_UBL}CreditNote-2}}CreditNote": Kind.CREDIT_NOTE,
}


def detect_kind(root: etree._Element) -> Kind:
    """Invoice or credit note, by the root element.

    Raises:
        UnreadableInvoice: not_ubl, for any other XML.
    """
    kind = _KINDS.get(root.tag)
    if kind is None:
        raise UnreadableInvoice("not_ubl")
    return kind


def detect_dialect(customization: str | None) -> Dialect:
    """The format that the document claims.

    Raises:
        UnreadableInvoice: unknown_format, also when nothing is claimed.
    """
    for dialect in _DIALECTS:
        if customization is not None and dialect.claims(customization):
            return dialect
    raise UnreadableInvoice("unknown_format")
