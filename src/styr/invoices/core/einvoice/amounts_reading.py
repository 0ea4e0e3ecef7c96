"""Reading of allowances, taxes and totals."""

from styr.invoices.core.einvoice.dialect import Dialect, WrittenTotals
from styr.invoices.core.einvoice.model import AllowanceCharge, TaxSubtotal, TaxTotal, Totals
from styr.invoices.core.einvoice.node import Node
from styr.invoices.core.einvoice.reading import Reading

_TRUE = frozenset({"true", "1"})


def read_allowances(parent: Node, reading: Reading, place: str) -> tuple[AllowanceCharge, ...]:
    """The allowances and charges that hang directly on a document or a line."""
    found = parent.all("AllowanceCharge")
    return tuple(_allowance(node, reading, f"{place}/cac:AllowanceCharge[{n}]") for n, node in enumerate(found, 1))


def _allowance(node: Node, reading: Reading, place: str) -> AllowanceCharge:
    category = node.child("TaxCategory")
    return AllowanceCharge(
        is_charge=node.value("ChargeIndicator") in _TRUE,
        amount=reading.amount(node, "Amount", place),
        base=reading.amount(node, "BaseAmount", place),
        factor=reading.decimal(node, "MultiplierFactorNumeric", place),
        reason=node.value("AllowanceChargeReason"),
        reason_code=node.value("AllowanceChargeReasonCode"),
        tax_category=category.value("ID"),
        tax_percent=reading.decimal(category, "Percent", f"{place}/cac:TaxCategory"),
    )


def read_tax_totals(parent: Node, reading: Reading, place: str) -> tuple[TaxTotal, ...]:
    """The tax totals of a document or a line with their subtotals."""
    found = parent.all("TaxTotal")
    return tuple(_tax_total(node, reading, f"{place}/cac:TaxTotal[{n}]") for n, node in enumerate(found, 1))


def _tax_total(node: Node, reading: Reading, place: str) -> TaxTotal:
    subtotals = node.all("TaxSubtotal")
    return TaxTotal(
        amount=reading.amount(node, "TaxAmount", place),
        currency=node.child("TaxAmount").attribute("currencyID"),
        subtotals=tuple(
            _tax_subtotal(subtotal, reading, f"{place}/cac:TaxSubtotal[{n}]") for n, subtotal in enumerate(subtotals, 1)
        ),
    )


def _tax_subtotal(node: Node, reading: Reading, place: str) -> TaxSubtotal:
    category = node.child("TaxCategory")
    percent = reading.decimal(category, "Percent", f"{place}/cac:TaxCategory")
    return TaxSubtotal(
        taxable=reading.amount(node, "TaxableAmount", place),
        amount=reading.amount(node, "TaxAmount", place),
        category=category.value("ID"),
        percent=percent if percent is not None else reading.decimal(node, "Percent", place),
        scheme=category.child("TaxScheme").value("ID"),
        exemption_reason=category.value("TaxExemptionReason"),
        exemption_code=category.value("TaxExemptionReasonCode"),
    )


def read_totals(
    root: Node, reading: Reading, dialect: Dialect, tax_totals: tuple[TaxTotal, ...], currency: str | None
) -> Totals:
    """The document's totals, with net and tax as the dialect means them."""
    node = root.child("LegalMonetaryTotal")
    place = "/*/cac:LegalMonetaryTotal"
    written = WrittenTotals(
        currency=currency,
        line_extension=reading.amount(node, "LineExtensionAmount", place),
        tax_exclusive=reading.amount(node, "TaxExclusiveAmount", place),
        tax_inclusive=reading.amount(node, "TaxInclusiveAmount", place),
        allowances=reading.amount(node, "AllowanceTotalAmount", place),
        charges=reading.amount(node, "ChargeTotalAmount", place),
        tax_totals=tax_totals,
    )
    return Totals(
        net=dialect.net(written),
        tax=dialect.tax(written),
        payable=reading.amount(node, "PayableAmount", place),
        line_extension=written.line_extension,
        tax_exclusive=written.tax_exclusive,
        tax_inclusive=written.tax_inclusive,
        allowances=written.allowances,
        charges=written.charges,
        prepaid=reading.amount(node, "PrepaidAmount", place),
        rounding=reading.amount(node, "PayableRoundingAmount", place),
    )
