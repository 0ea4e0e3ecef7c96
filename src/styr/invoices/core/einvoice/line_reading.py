"""Reading of one line."""

from decimal import Decimal

from styr.invoices.core.einvoice.amounts_reading import read_allowances, read_tax_totals
from styr.invoices.core.einvoice.model import Kind, Line, TaxTotal
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.party_reading import read_bare_party
from styr.invoices.core.einvoice.reading import Reading
from styr.invoices.core.einvoice.references_reading import (
    read_billing,
    read_deliveries,
    read_document_references,
    read_period,
)

LINE_NAMES = {Kind.INVOICE: "InvoiceLine", Kind.CREDIT_NOTE: "CreditNoteLine"}
QUANTITY_NAMES = {Kind.INVOICE: "InvoicedQuantity", Kind.CREDIT_NOTE: "CreditedQuantity"}


def read_lines(root: Node, reading: Reading, kind: Kind) -> tuple[Line, ...]:
    """Every line, in document order."""
    name = LINE_NAMES[kind]
    return tuple(
        _line(node, reading, kind, position, f"/*/cac:{name}[{position}]")
        for position, node in enumerate(root.all(name), 1)
    )


def _line(node: Node, reading: Reading, kind: Kind, position: int, place: str) -> Line:
    quantity_name = QUANTITY_NAMES[kind]
    item, price = node.child("Item"), node.child("Price")
    order = node.child("OrderLineReference")
    base = price.child("BaseQuantity")
    discount, gross = _price_discount(price, reading, place)
    tax_totals = read_tax_totals(node, reading, place)
    category, percent = _tax(item, tax_totals, reading, place)
    return Line(
        position=position,
        id=node.value("ID"),
        name=item.value("Name"),
        descriptions=item.values("Description"),
        notes=node.values("Note"),
        quantity=reading.decimal(node, quantity_name, place),
        unit=node.child(quantity_name).attribute("unitCode"),
        price=reading.amount(price, "PriceAmount", f"{place}/cac:Price"),
        base_quantity=reading.number(base.text(), f"{place}/cac:Price", "BaseQuantity"),
        base_unit=base.attribute("unitCode"),
        price_discount=discount,
        price_gross=gross,
        unit_factor=reading.decimal(price, "OrderableUnitFactorRate", f"{place}/cac:Price"),
        net=reading.amount(node, "LineExtensionAmount", place),
        is_free=node.value("FreeOfChargeIndicator") in {"true", "1"},
        allowances=read_allowances(node, reading, place),
        period=read_period(node, reading, place),
        deliveries=read_deliveries(node, reading, place),
        order=order.child("OrderReference").value("ID"),
        order_line=order.value("LineID"),
        accounting_cost=node.value("AccountingCost"),
        originator=read_bare_party(node.child("OriginatorParty"), reading),
        references=read_document_references(node, reading, place),
        billing=read_billing(node, reading, place),
        properties=_properties(item),
        sellers_item=item.child("SellersItemIdentification").value("ID"),
        buyers_item=item.child("BuyersItemIdentification").value("ID"),
        standard_item=reading.identifier(item.child("StandardItemIdentification").child("ID")),
        tax_category=category,
        tax_percent=percent,
        tax_categories=len(item.all("ClassifiedTaxCategory")),
        tax_totals=tax_totals,
    )


def _price_discount(price: Node, reading: Reading, place: str) -> tuple[Decimal | None, Decimal | None]:
    allowance = price.child("AllowanceCharge")
    if not allowance:
        return None, None
    where = f"{place}/cac:Price/cac:AllowanceCharge"
    return reading.amount(allowance, "Amount", where), reading.amount(allowance, "BaseAmount", where)


def _tax(
    item: Node, tax_totals: tuple[TaxTotal, ...], reading: Reading, place: str
) -> tuple[str | None, Decimal | None]:
    """The line's tax category: on the item in EN 16931, in the line's own tax total in OIOUBL 2."""
    classified = item.child("ClassifiedTaxCategory")
    if classified:
        where = f"{place}/cac:Item/cac:ClassifiedTaxCategory"
        return classified.value("ID"), reading.decimal(classified, "Percent", where)
    for total in tax_totals:
        for subtotal in total.subtotals:
            return subtotal.category, subtotal.percent
    return None, None


def _properties(item: Node) -> tuple[tuple[str, str], ...]:
    found = ((node.value("Name"), node.value("Value")) for node in item.all("AdditionalItemProperty"))
    return tuple((name or "", value) for name, value in found if value is not None)
