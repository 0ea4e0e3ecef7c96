"""The totals must follow from the lines and from each other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import amount
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind

_ZERO: Final = Decimal(0)
_HALF_CENT: Final = Decimal("0.0055")  # the tolerance of F-INV126; EN 16931 rounds to cents before it compares
_LARGEST_ROUNDING: Final = Decimal(10)

_LINES: Final = rule(oioubl2="F-INV126", oioubl2_credit="F-CRN072", en="BR-CO-10")
_ALLOWANCES: Final = rule(oioubl2="F-INV129", oioubl2_credit="F-CRN075", en="BR-CO-11")
_NO_ALLOWANCES: Final = rule(oioubl2="F-INV122", oioubl2_credit="F-CRN068", en="BR-CO-11")
_CHARGES: Final = rule(oioubl2="F-INV130", oioubl2_credit="F-CRN076", en="BR-CO-12")
_NO_CHARGES: Final = rule(oioubl2="F-INV123", oioubl2_credit="F-CRN069", en="BR-CO-12")
_NET: Final = rule(en="BR-CO-13")
_TAX: Final = rule(oioubl2="F-INV127", oioubl2_credit="F-CRN073")
_GROSS: Final = rule(oioubl2="F-INV128", oioubl2_credit="F-CRN074", en="BR-CO-15")
_PAYABLE: Final = rule(oioubl2="F-INV133", oioubl2_credit="F-CRN079", en="BR-CO-16")
_TERMS: Final = rule(oioubl2="F-INV134")
_ROUNDING: Final = rule(oioubl2="F-INV338", oioubl2_credit="F-CRN208", own="STYR-ØREAFRUNDING")
_NEGATIVE: Final = rule(oioubl2="F-LIB016", oioubl2_credit="F-LIB375", oioubl3="OIOUBL-BIL-098")
_NEGATIVE_CREDIT: Final = rule(peppol="DK-R-016")
_PLACE: Final = "/*/cac:LegalMonetaryTotal"


def wrong_totals(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Totals that do not add up."""
    yield from _lines(invoice)
    yield from _head_allowances(invoice)
    yield from _net_and_gross(invoice)
    yield from _payable(invoice)


class _Total(NamedTuple):
    """A total with its rule and its names."""

    rule: Rule
    name: str
    field: str


_SUM_OF_LINES: Final = _Total(_LINES, "Summen af linjer", "LineExtensionAmount")
_SUM_OF_ALLOWANCES: Final = _Total(_ALLOWANCES, "Summen af rabatter", "AllowanceTotalAmount")
_SUM_OF_CHARGES: Final = _Total(_CHARGES, "Summen af gebyrer", "ChargeTotalAmount")
_TAX_TOTAL: Final = _Total(_TAX, "Moms og afgifter i alt", "TaxExclusiveAmount")
_NET_TOTAL: Final = _Total(_NET, "Beløbet uden moms", "TaxExclusiveAmount")
_GROSS_TOTAL: Final = _Total(_GROSS, "Beløbet med moms", "TaxInclusiveAmount")
_TO_PAY: Final = _Total(_PAYABLE, "Beløbet til betaling", "PayableAmount")


def _compared(
    invoice: EInvoice, total: _Total, written: Decimal | None, expected: Decimal
) -> Iterator[DocumentFinding]:
    if written is None or abs(written - expected) < _HALF_CENT:
        return
    said = f"{total.name} (cbc:{total.field}) er {amount(written)}, men skal være {amount(expected)}."
    yield from total.rule.on(invoice, f"{_PLACE}/cbc:{total.field}", f"{said} Bed om en rettet faktura.")


def _lines(invoice: EInvoice) -> Iterator[DocumentFinding]:
    skips_free = invoice.format is Format.OIOUBL2
    nets = (line.net for line in invoice.lines if line.net is not None and not (skips_free and line.is_free))
    total = sum(nets, _ZERO)
    yield from _compared(invoice, _SUM_OF_LINES, invoice.totals.line_extension, total)


def _head_allowances(invoice: EInvoice) -> Iterator[DocumentFinding]:
    for is_charge, written, total, missing in (
        (False, invoice.totals.allowances, _SUM_OF_ALLOWANCES, _NO_ALLOWANCES),
        (True, invoice.totals.charges, _SUM_OF_CHARGES, _NO_CHARGES),
    ):
        entries = [entry.amount or _ZERO for entry in invoice.allowances if entry.is_charge is is_charge]
        yield from _compared(invoice, total, written, sum(entries, _ZERO))
        if written is None and any(entries):
            message = f"{total.name} (cbc:{total.field}) mangler. Bed om en rettet faktura."
            yield from missing.on(invoice, _PLACE, message)


def _net_and_gross(invoice: EInvoice) -> Iterator[DocumentFinding]:
    totals = invoice.totals
    if totals.line_extension is None:
        return
    net = totals.line_extension - (totals.allowances or _ZERO) + (totals.charges or _ZERO)
    tax = totals.tax or _ZERO
    if invoice.format is Format.OIOUBL2:
        tax = _subtotalled_tax(invoice)
        yield from _compared(invoice, _TAX_TOTAL, totals.tax_exclusive, tax)
        gross = net + tax + (totals.rounding or _ZERO)
    else:
        yield from _compared(invoice, _NET_TOTAL, totals.tax_exclusive, net)
        gross = (net if totals.tax_exclusive is None else totals.tax_exclusive) + tax
    yield from _compared(invoice, _GROSS_TOTAL, totals.tax_inclusive, gross)


def _subtotalled_tax(invoice: EInvoice) -> Decimal:
    return sum((sub.amount or _ZERO for total in invoice.tax_totals for sub in total.subtotals), _ZERO)


def _payable(invoice: EInvoice) -> Iterator[DocumentFinding]:
    totals = invoice.totals
    prepaid, rounding = totals.prepaid or _ZERO, totals.rounding or _ZERO
    if invoice.format is Format.OIOUBL2:
        net = (totals.line_extension or _ZERO) - (totals.allowances or _ZERO) + (totals.charges or _ZERO)
        expected: Decimal | None = net + _subtotalled_tax(invoice) - prepaid + rounding
    else:
        expected = None if totals.tax_inclusive is None else totals.tax_inclusive - prepaid + rounding
    if expected is not None:
        yield from _compared(invoice, _TO_PAY, totals.payable, expected)
    if abs(rounding) > _LARGEST_ROUNDING:
        message = f"Afrundingen er {amount(rounding)}. Den må højst være 10,00. Bed om en rettet faktura."
        yield from _ROUNDING.on(invoice, f"{_PLACE}/cbc:PayableRoundingAmount", message)
    yield from _terms(invoice)
    if totals.payable is not None and totals.payable < 0:
        yield from _negative(invoice, totals.payable)


def _terms(invoice: EInvoice) -> Iterator[DocumentFinding]:
    payable = invoice.totals.payable
    amounts = [terms.amount for terms in invoice.payment_terms if terms.amount is not None]
    if not amounts or payable is None or payable in (amounts[0], sum(amounts, _ZERO)):
        return
    message = f"Beløbet til betaling er {amount(payable)}, men i betalingsbetingelserne står {amount(amounts[0])}."
    yield from _TERMS.on(invoice, f"{_PLACE}/cbc:PayableAmount", f"{message} Bed om en rettet faktura.")


def _negative(invoice: EInvoice, payable: Decimal) -> Iterator[DocumentFinding]:
    place = f"{_PLACE}/cbc:PayableAmount"
    name = "faktura" if invoice.kind is Kind.INVOICE else "kreditnota"
    message = f"Beløbet til betaling er negativt ({amount(payable)}), og det må en {name} ikke være."
    yield from _NEGATIVE.on(invoice, place, message)
    danish = invoice.supplier.address is not None and invoice.supplier.address.country == "DK"
    if invoice.kind is Kind.CREDIT_NOTE and danish:
        yield from _NEGATIVE_CREDIT.on(invoice, place, message)
