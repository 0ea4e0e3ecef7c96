"""The taxable amount of each category is the sum of its lines (BR-S-08 and its sisters, F-LIB402)."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from styr.invoices.core.document_checks.code_lists import TAX_CATEGORIES
from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import amount, shown
from styr.invoices.core.einvoice.model import EInvoice, Format, TaxSubtotal

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_CENT: Final = Decimal("0.01")
# standard-rated VAT is broken down by rate too, and only there is a difference of up to 1.00 tolerated
_BY_RATE: Final = frozenset({"S", "L", "M"})
_REASON: Final = frozenset({"E", "AE", "K", "G", "O"})
_COMPARED_OIOUBL2: Final = frozenset({"StandardRated", "ZeroRated", "ReverseCharge"})
_VAT: Final = "VAT"
_PLACE: Final = "/*/cac:TaxTotal/cac:TaxSubtotal"

_OIOUBL2: Final = rule(oioubl2="F-LIB402")
_PRESENT: Final = {code: rule(en=f"BR-{name}-01") for code, name in TAX_CATEGORIES.items()}
_SUM: Final = {code: rule(en=f"BR-{name}-08") for code, name in TAX_CATEGORIES.items()}
_EXEMPTION: Final = {code: rule(en=f"BR-{TAX_CATEGORIES[code]}-10") for code in _REASON}


def wrong_breakdown(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Categories on lines that the breakdown lacks, and taxable amounts that are not the lines' sum."""
    if invoice.format is Format.OIOUBL2:
        yield from _oioubl2(invoice)
        return
    from_lines = _from_lines(invoice)
    broken_down = {_key(subtotal.category, subtotal.percent): subtotal for subtotal in _vat_subtotals(invoice)}
    for key, expected in from_lines.items():
        subtotal = broken_down.get(key)
        if subtotal is None:
            yield from _missing(invoice, key)
        elif subtotal.taxable is not None and not _close(key[0], subtotal.taxable, expected):
            yield from _SUM[key[0]].on(invoice, f"{_PLACE}/cbc:TaxableAmount", _message(subtotal, expected))
    for key, subtotal in broken_down.items():
        if key not in from_lines and key[0] in _SUM and subtotal.taxable:
            yield from _SUM[key[0]].on(invoice, f"{_PLACE}/cbc:TaxableAmount", _message(subtotal, _ZERO))
    yield from _exemptions(invoice)


def _key(category: str | None, percent: Decimal | None) -> tuple[str, Decimal | None]:
    return category or "", percent if category in _BY_RATE else None


def _vat_subtotals(invoice: EInvoice) -> list[TaxSubtotal]:
    scheme = (_VAT, None)
    return [sub for total in invoice.tax_totals for sub in total.subtotals if sub.scheme in scheme]


def _from_lines(invoice: EInvoice) -> dict[tuple[str, Decimal | None], Decimal]:
    sums: defaultdict[tuple[str, Decimal | None], Decimal] = defaultdict(lambda: _ZERO)
    for line in invoice.lines:
        if line.tax_category in _SUM and line.net is not None:
            sums[_key(line.tax_category, line.tax_percent)] += line.net
    for entry in invoice.allowances:
        if entry.tax_category in _SUM and entry.amount is not None:
            sums[_key(entry.tax_category, entry.tax_percent)] += entry.amount if entry.is_charge else -entry.amount
    return dict(sums)


def _close(category: str, written: Decimal, expected: Decimal) -> bool:
    return abs(written - expected) < (_ONE if category in _BY_RATE else _CENT)


def _missing(invoice: EInvoice, key: tuple[str, Decimal | None]) -> Iterator[DocumentFinding]:
    rate = f" med {amount(key[1])} %" if key[1] is not None else ""
    message = f"Momsopgørelsen mangler kategorien {shown(key[0])}{rate}, som linjerne bruger. Bed om en rettet faktura."
    yield from _PRESENT[key[0]].on(invoice, "/*/cac:TaxTotal", message)


def _message(subtotal: TaxSubtotal, expected: Decimal) -> str:
    written = amount(subtotal.taxable) if subtotal.taxable is not None else ""
    return (
        f"Momsgrundlaget for kategorien {shown(subtotal.category)} er {written}, men linjerne giver "
        f"{amount(expected)}. Bed om en rettet faktura."
    )


def _exemptions(invoice: EInvoice) -> Iterator[DocumentFinding]:
    for subtotal in _vat_subtotals(invoice):
        if subtotal.category in _REASON and not (subtotal.exemption_reason or subtotal.exemption_code):
            message = (
                f"Kategorien {shown(subtotal.category)} er uden moms, men begrundelsen mangler (TaxExemptionReason)."
            )
            yield from _EXEMPTION[subtotal.category].on(invoice, f"{_PLACE}/cac:TaxCategory", message)


def _oioubl2(invoice: EInvoice) -> Iterator[DocumentFinding]:
    lines: defaultdict[tuple[str | None, str | None], Decimal] = defaultdict(lambda: _ZERO)
    for line in invoice.lines:
        for total in line.tax_totals:
            for sub in total.subtotals:
                lines[sub.category, sub.scheme] += sub.taxable or _ZERO
    for subtotal in (sub for total in invoice.tax_totals for sub in total.subtotals):
        key = (subtotal.category, subtotal.scheme)
        if subtotal.category not in _COMPARED_OIOUBL2 or key not in lines or subtotal.taxable is None:
            continue
        entries = (entry for entry in invoice.allowances if entry.tax_category == subtotal.category)
        adjusted = sum(((entry.amount or _ZERO) * (1 if entry.is_charge else -1) for entry in entries), lines[key])
        if abs(subtotal.taxable - adjusted) > _ONE:
            yield from _OIOUBL2.on(invoice, f"{_PLACE}/cbc:TaxableAmount", _message(subtotal, adjusted))
