"""The door: bytes of one file to one e-invoice."""

from typing import Final

from styr.invoices.core.einvoice.amounts_reading import read_allowances, read_tax_totals, read_totals
from styr.invoices.core.einvoice.attachments import read_attachments
from styr.invoices.core.einvoice.detect import detect_dialect, detect_kind
from styr.invoices.core.einvoice.dialect import Dialect
from styr.invoices.core.einvoice.line_reading import read_lines
from styr.invoices.core.einvoice.model import EInvoice, Kind
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.party_reading import read_bare_party, read_optional_party, read_party
from styr.invoices.core.einvoice.payment_reading import read_payment_means, read_payment_terms
from styr.invoices.core.einvoice.reading import Reading
from styr.invoices.core.einvoice.references_reading import read_deliveries, read_period, read_references
from styr.invoices.core.einvoice.safe_xml import parse

_TYPE_CODES: Final = {Kind.INVOICE: "InvoiceTypeCode", Kind.CREDIT_NOTE: "CreditNoteTypeCode"}


def read_einvoice(data: bytes) -> EInvoice:
    """Read one invoice or credit note of any of the four formats.

    Args:
        data: the bytes of the XML file.

    Returns:
        What the document says. A value that is missing is None; one that cannot be understood is None too and
        stands in `problems`. Whether the document is right is for `document_checks` to say.

    Raises:
        UnreadableInvoice: the file gives no invoice at all; `code` names the reason.
    """
    element = parse(data)
    kind = detect_kind(element)
    root = Node(element)
    return _read(root, kind, detect_dialect(root.value("CustomizationID")))


def _read(root: Node, kind: Kind, dialect: Dialect) -> EInvoice:
    reading = Reading(dialect.identify)
    currency = root.value("DocumentCurrencyCode")
    tax_totals = read_tax_totals(root, reading, "/*")
    payment_means = read_payment_means(root, reading)
    due = reading.date(root, "DueDate", "/*")
    return EInvoice(
        format=dialect.format,
        kind=kind,
        customization=root.value("CustomizationID"),
        profile=root.value("ProfileID"),
        number=root.value("ID"),
        uuid=root.value("UUID"),
        type_code=root.value(_TYPE_CODES[kind]),
        issue_date=reading.date(root, "IssueDate", "/*"),
        due_date=due if due is not None else next((m.due_date for m in payment_means if m.due_date), None),
        tax_point_date=reading.date(root, "TaxPointDate", "/*"),
        currency=currency,
        tax_currency=root.value("TaxCurrencyCode"),
        is_copy=root.value("CopyIndicator") in {"true", "1"},
        has_exchange_rate=bool(root.child("PricingExchangeRate")),
        accounting_cost=root.value("AccountingCost"),
        notes=root.values("Note"),
        period=read_period(root, reading, "/*"),
        references=read_references(root, reading),
        supplier=read_party(root.child("AccountingSupplierParty"), reading),
        buyer=read_party(root.child("AccountingCustomerParty"), reading),
        payee=read_bare_party(root.child("PayeeParty"), reading),
        tax_representative=read_bare_party(root.child("TaxRepresentativeParty"), reading),
        originator=read_optional_party(root.child("OriginatorCustomerParty"), reading),
        buyer_customer=read_optional_party(root.child("BuyerCustomerParty"), reading),
        seller_supplier=read_optional_party(root.child("SellerSupplierParty"), reading),
        deliveries=read_deliveries(root, reading, "/*"),
        payment_means=payment_means,
        payment_terms=read_payment_terms(root, reading),
        allowances=read_allowances(root, reading, "/*"),
        tax_totals=tax_totals,
        totals=read_totals(root, reading, dialect, tax_totals, currency),
        lines=read_lines(root, reading, kind),
        attachments=read_attachments(root, reading),
        # evaluated last: reading notes both as it goes
        currencies=tuple(reading.currencies),
        problems=tuple(reading.problems),
    )
