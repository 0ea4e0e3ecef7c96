"""Codes on the head: currency, kind of document, countries, attachments."""

from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.code_lists import (
    ATTACHMENT_TYPES,
    COUNTRIES,
    CREDIT_NOTE_TYPES,
    CURRENCIES,
    INVOICE_TYPES,
    OIOUBL2_ATTACHMENT_TYPES,
    OIOUBL2_INVOICE_TYPES,
)
from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.required_parties import BUYER, SUPPLIER
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind

_CURRENCY: Final = rule(oioubl2="F-LIB298", en="BR-CL-04")
_OTHER_CURRENCY: Final = rule(
    oioubl2="F-INV014",
    oioubl2_credit="F-CRN009",
    oioubl3="PEPPOL-EN16931-R051",
    peppol="PEPPOL-EN16931-R051",
    own="STYR-VALUTA",
)
_TAX_CURRENCY: Final = rule(oioubl2="F-LIB298", en="BR-CL-05")
_SAME_TAX_CURRENCY: Final = rule(oioubl3="PEPPOL-EN16931-R005", peppol="PEPPOL-EN16931-R005")
_TYPE: Final = rule(oioubl2="F-INV011", en="BR-CL-01")
_COUNTRY: Final = rule(oioubl2="F-LIB301", en="BR-CL-14")
_ATTACHMENT: Final = rule(oioubl2="F-LIB174", en="BR-CL-24", severity=Severity.ERROR)


def wrong_codes(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Codes that are in no list, and amounts in another currency than the document's."""
    yield from _currencies(invoice)
    yield from _type(invoice)
    for party, place in ((invoice.supplier, SUPPLIER), (invoice.buyer, BUYER)):
        country = party.address.country if party.address else None
        if country is not None and country not in COUNTRIES:
            message = f"Landekoden {shown(country)} findes ikke. Brug to bogstaver efter ISO 3166, fx DK."
            yield from _COUNTRY.on(invoice, f"{place}/cac:PostalAddress/cac:Country/cbc:IdentificationCode", message)
    yield from _attachments(invoice)


def _currencies(invoice: EInvoice) -> Iterator[DocumentFinding]:
    currency, place = invoice.currency, "/*/cbc:DocumentCurrencyCode"
    if currency is None:
        return
    if currency not in CURRENCIES:
        message = f"Valutakoden {shown(currency)} findes ikke. Brug tre bogstaver efter ISO 4217, fx DKK."
        yield from _CURRENCY.on(invoice, place, message)
    allowed = {currency, invoice.tax_currency}
    others = [shown(found) for found in invoice.currencies if found not in allowed]
    if others and not invoice.has_exchange_rate:
        message = (
            f"Fakturaen er i {shown(currency)}, men har beløb i {', '.join(others)}. Alle beløb skal være i én valuta."
        )
        yield from _OTHER_CURRENCY.on(invoice, place, message)
    if invoice.tax_currency is not None and invoice.tax_currency not in CURRENCIES:
        message = f"Valutakoden for moms {shown(invoice.tax_currency)} findes ikke. Brug tre bogstaver efter ISO 4217."
        yield from _TAX_CURRENCY.on(invoice, "/*/cbc:TaxCurrencyCode", message)
    if invoice.tax_currency == currency:
        message = f"Valutaen for moms {shown(currency)} er den samme som fakturaens og skal derfor udelades."
        yield from _SAME_TAX_CURRENCY.on(invoice, "/*/cbc:TaxCurrencyCode", message)


def _type(invoice: EInvoice) -> Iterator[DocumentFinding]:
    code = invoice.type_code
    if code is None:
        return
    if invoice.format is Format.OIOUBL2:
        known = invoice.kind is Kind.CREDIT_NOTE or code in OIOUBL2_INVOICE_TYPES
    else:
        known = code in (INVOICE_TYPES if invoice.kind is Kind.INVOICE else CREDIT_NOTE_TYPES)
    if not known:
        name = "InvoiceTypeCode" if invoice.kind is Kind.INVOICE else "CreditNoteTypeCode"
        message = f"Dokumenttypen {shown(code)} findes ikke her. En faktura er 380, en kreditnota 381."
        yield from _TYPE.on(invoice, f"/*/cbc:{name}", message)


def _attachments(invoice: EInvoice) -> Iterator[DocumentFinding]:
    allowed = OIOUBL2_ATTACHMENT_TYPES if invoice.format is Format.OIOUBL2 else ATTACHMENT_TYPES
    for attachment in invoice.attachments:
        if attachment.mime not in allowed:
            message = f"Bilaget er af typen {shown(attachment.mime)}, som en e-faktura ikke må have med. Åbn det ikke."
            yield from _ATTACHMENT.on(invoice, "/*/cac:AdditionalDocumentReference/cac:Attachment", message)
