"""Reading of periods, deliveries and references to other documents."""

from styr.invoices.core.einvoice.model import Delivery, DocumentReference, InvoicePeriod, References
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.party_reading import read_bare_party
from styr.invoices.core.einvoice.reading import Reading

_BILLING = ("InvoiceDocumentReference", "CreditNoteDocumentReference", "SelfBilledInvoiceDocumentReference")


def read_period(parent: Node, reading: Reading, place: str, name: str = "InvoicePeriod") -> InvoicePeriod | None:
    """The first period of that name; None where there is none or it is empty."""
    node = parent.child(name)
    if not node:
        return None
    where = f"{place}/cac:{name}"
    start, last_day = reading.date(node, "StartDate", where), reading.date(node, "EndDate", where)
    description = node.value("Description") or node.value("DescriptionCode")
    if start is None and last_day is None and description is None:
        return None
    return InvoicePeriod(start, last_day, description)


def read_deliveries(parent: Node, reading: Reading, place: str) -> tuple[Delivery, ...]:
    """Every delivery of a document or a line."""
    found = parent.all("Delivery")
    return tuple(_delivery(node, reading, f"{place}/cac:Delivery[{n}]") for n, node in enumerate(found, 1))


def _delivery(node: Node, reading: Reading, place: str) -> Delivery:
    location = node.child("DeliveryLocation")
    address = location.child("Address") or node.child("DeliveryAddress")
    actual = reading.date(node, "ActualDeliveryDate", place)
    return Delivery(
        actual_date=actual if actual is not None else reading.date(node, "LatestDeliveryDate", place),
        period=read_period(node, reading, place, "RequestedDeliveryPeriod"),
        location=reading.identifier(location.child("ID")),
        country=address.child("Country").value("IdentificationCode"),
        party=read_bare_party(node.child("DeliveryParty"), reading),
    )


def read_document_references(
    parent: Node, reading: Reading, place: str, name: str = "DocumentReference"
) -> tuple[DocumentReference, ...]:
    """Every reference of that name that has a number."""
    found = (_reference(node, reading, f"{place}/cac:{name}") for node in parent.all(name))
    return tuple(reference for reference in found if reference is not None)


def read_billing(parent: Node, reading: Reading, place: str) -> tuple[DocumentReference, ...]:
    """The earlier invoices and credit notes that this one is about."""
    where = f"{place}/cac:BillingReference"
    return tuple(
        reference
        for node in parent.all("BillingReference")
        for name in _BILLING
        for reference in read_document_references(node, reading, where, name)
    )


def _reference(node: Node, reading: Reading, place: str) -> DocumentReference | None:
    number = node.child("ID")
    text = number.text()
    if text is None:
        return None
    return DocumentReference(
        id=text,
        scheme=number.attribute("schemeID"),
        type_code=node.value("DocumentTypeCode"),
        description=node.value("DocumentDescription") or node.value("DocumentType"),
        issue_date=reading.date(node, "IssueDate", place),
        uuid=node.value("UUID"),
    )


def read_references(root: Node, reading: Reading) -> References:
    """The references on the document's head."""
    order = root.child("OrderReference")
    return References(
        order=order.value("ID"),
        sales_order=order.value("SalesOrderID"),
        order_customer=order.value("CustomerReference"),
        order_date=reading.date(order, "IssueDate", "/*/cac:OrderReference"),
        contracts=_numbers(root, "ContractDocumentReference"),
        buyer=root.value("BuyerReference"),
        projects=_numbers(root, "ProjectReference"),
        originator=root.child("OriginatorDocumentReference").value("ID"),
        despatch=root.child("DespatchDocumentReference").value("ID"),
        receipt=root.child("ReceiptDocumentReference").value("ID"),
        additional=read_document_references(root, reading, "/*", "AdditionalDocumentReference"),
        billing=read_billing(root, reading, "/*"),
    )


def _numbers(root: Node, name: str) -> tuple[str, ...]:
    return tuple(text for node in root.all(name) if (text := node.value("ID")) is not None)
