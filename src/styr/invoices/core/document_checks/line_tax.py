"""The tax totals of lines, which OIOUBL 2 has: the sum of their parts, and taxable amount × rate."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.lines import ASK, line_place, named
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import amount
from styr.invoices.core.einvoice.model import EInvoice, Format, Line, TaxSubtotal

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_CENTS: Final = Decimal("0.01")
_HALF_CENT: Final = Decimal("0.005")
_HUNDRED: Final = Decimal(100)
_SUM: Final = rule(oioubl2="F-LIB385")
_ZERO_RATED: Final = rule(oioubl2="F-LIB400")
_STANDARD_RATED: Final = rule(oioubl2="F-LIB401")


def wrong_line_tax(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Findings of every line's own tax totals; the other formats leave tax to the head."""
    if invoice.format is not Format.OIOUBL2:
        return
    for line in invoice.lines:
        place = f"{line_place(invoice, line)}/cac:TaxTotal"
        for total in line.tax_totals:
            if total.amount is not None and total.subtotals:
                expected = sum((subtotal.amount or _ZERO for subtotal in total.subtotals), _ZERO)
                if abs(total.amount - expected) >= _HALF_CENT:
                    said = f"momsbeløbet er {amount(total.amount)}, men delbeløbene giver {amount(expected)}"
                    yield from _SUM.on(invoice, f"{place}/cbc:TaxAmount", f"{named(line)}: {said}. {ASK}")
            for subtotal in total.subtotals:
                yield from _subtotal(invoice, line, subtotal, f"{place}/cac:TaxSubtotal")


def _subtotal(invoice: EInvoice, line: Line, subtotal: TaxSubtotal, place: str) -> Iterator[DocumentFinding]:
    if subtotal.amount is None or subtotal.taxable is None:
        return
    if subtotal.category == "ZeroRated" and subtotal.amount:
        message = f"{named(line)} er momsfri, men har moms på {amount(subtotal.amount)}. {ASK}"
        yield from _ZERO_RATED.on(invoice, f"{place}/cbc:TaxAmount", message)
    if subtotal.category == "StandardRated" and subtotal.percent is not None:
        expected = subtotal.taxable * subtotal.percent / _HUNDRED
        if abs(expected - subtotal.amount) > _ONE:
            said = f"momsen er {amount(subtotal.amount)}, men {amount(subtotal.percent)} % giver"
            message = f"{named(line)}: {said} {amount(expected.quantize(_CENTS))}. {ASK}"
            yield from _STANDARD_RATED.on(invoice, f"{place}/cbc:TaxAmount", message)
