"""VAT and duties: categories, rates and the sums behind them, as all formats have them."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from styr.invoices.core.document_checks.code_lists import OIOUBL2_TAX_CATEGORIES, TAX_CATEGORIES
from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import amount, shown
from styr.invoices.core.einvoice.model import EInvoice, Format, TaxSubtotal, TaxTotal

_ZERO: Final = Decimal(0)
_CENTS: Final = Decimal("0.01")
_HALF_CENT: Final = Decimal("0.005")
_ONE: Final = Decimal(1)  # the tolerance of BR-CO-17 and F-LIB401
_HUNDRED: Final = Decimal(100)

_TOTAL: Final = rule(oioubl2="F-LIB385", en="BR-CO-14")
_SUBTOTAL: Final = rule(en="BR-CO-17", own="STYR-MOMS", own_severity=Severity.WARNING)
_UNTAXED: Final = rule(oioubl2="F-LIB381", en="BR-CO-17")
_CATEGORY: Final = rule(oioubl2="F-LIB309", en="BR-CL-17")
_LINE_CATEGORY: Final = rule(oioubl2="F-LIB309", en="BR-CL-18")
_CATEGORIES_DIFFER: Final = rule(oioubl2="F-LIB404")
_ONE_TOTAL: Final = rule(oioubl3="PEPPOL-EN16931-R053", peppol="PEPPOL-EN16931-R053")
_ACCOUNTING_TOTAL: Final = rule(oioubl3="PEPPOL-EN16931-R054", peppol="PEPPOL-EN16931-R054")
_STANDARD: Final = "StandardRated"
_PLACE: Final = "/*/cac:TaxTotal"


def wrong_tax(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Tax totals that are not the sum of their parts, parts that are not taxable amount × rate, unknown categories."""
    for n, total in enumerate(invoice.tax_totals, 1):
        place = f"{_PLACE}[{n}]"
        yield from _sum(invoice, total, place)
        for m, subtotal in enumerate(total.subtotals, 1):
            yield from _subtotal(invoice, subtotal, f"{place}/cac:TaxSubtotal[{m}]")
    yield from _line_categories(invoice)
    yield from _counts(invoice)


def _sum(invoice: EInvoice, total: TaxTotal, place: str) -> Iterator[DocumentFinding]:
    if total.amount is None or not total.subtotals:
        return
    expected = sum((subtotal.amount or _ZERO for subtotal in total.subtotals), _ZERO)
    if abs(total.amount - expected) < _HALF_CENT:
        return
    message = f"Momsbeløbet i alt er {amount(total.amount)}, men delbeløbene giver {amount(expected)}."
    yield from _TOTAL.on(invoice, f"{place}/cbc:TaxAmount", f"{message} Bed om en rettet faktura.")


def _subtotal(invoice: EInvoice, subtotal: TaxSubtotal, place: str) -> Iterator[DocumentFinding]:
    if subtotal.category is not None and not _is_category(invoice, subtotal.category):
        message = f"Momskategorien {shown(subtotal.category)} findes ikke. {_advice(invoice)}"
        yield from _CATEGORY.on(invoice, f"{place}/cac:TaxCategory/cbc:ID", message)
    if subtotal.taxable is None or subtotal.amount is None or subtotal.percent is None:
        return
    expected = subtotal.taxable * subtotal.percent / _HUNDRED
    if abs(subtotal.amount - expected) < _ONE:
        return
    untaxed = subtotal.category == _STANDARD and not subtotal.amount
    said = f"Momsen er {amount(subtotal.amount)}, men {amount(subtotal.percent)} % af {amount(subtotal.taxable)} er"
    message = f"{said} {amount(expected.quantize(_CENTS))}. Bed om en rettet faktura."
    yield from (_UNTAXED if untaxed else _SUBTOTAL).on(invoice, f"{place}/cbc:TaxAmount", message)


def _is_category(invoice: EInvoice, category: str) -> bool:
    if invoice.format is Format.OIOUBL2:
        return category in OIOUBL2_TAX_CATEGORIES or (category.isdecimal() and len(category) in {4, 6})
    return category in TAX_CATEGORIES


def _advice(invoice: EInvoice) -> str:
    if invoice.format is Format.OIOUBL2:
        return "Brug StandardRated, ZeroRated eller ReverseCharge."
    return "Brug S for momspligtigt og E for momsfrit."


def _line_categories(invoice: EInvoice) -> Iterator[DocumentFinding]:
    unknown: set[str] = set()
    for line in invoice.lines:
        category = line.tax_category
        if category is not None and category not in unknown and not _is_category(invoice, category):
            unknown.add(category)
            message = f"Momskategorien {shown(category)} på linjerne findes ikke. {_advice(invoice)}"
            yield from _LINE_CATEGORY.on(invoice, "/*//cac:ClassifiedTaxCategory/cbc:ID", message)
    if invoice.format is Format.OIOUBL2:
        head = {subtotal.category for total in invoice.tax_totals for subtotal in total.subtotals}
        lines = {sub.category for line in invoice.lines for total in line.tax_totals for sub in total.subtotals}
        if head != lines and lines:
            message = "Momskategorierne på linjerne og i momsopgørelsen er ikke de samme. Bed om en rettet faktura."
            yield from _CATEGORIES_DIFFER.on(invoice, _PLACE, message)


def _counts(invoice: EInvoice) -> Iterator[DocumentFinding]:
    split = sum(1 for total in invoice.tax_totals if total.subtotals)
    if split > 1:
        message = f"Der er {split} momsopgørelser med delbeløb; der må være én. Bed om en rettet faktura."
        yield from _ONE_TOTAL.on(invoice, _PLACE, message)
    bare = len(invoice.tax_totals) - split
    if bare != (0 if invoice.tax_currency is None else 1):
        message = "En momsopgørelse uden delbeløb skal være der netop, når momsen også opgøres i en anden valuta."
        yield from _ACCOUNTING_TOTAL.on(invoice, _PLACE, message)
