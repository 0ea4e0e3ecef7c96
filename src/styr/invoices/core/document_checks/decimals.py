"""Amounts in kroner and øre: at most two decimals (BR-DEC), in OIOUBL 2 exactly two (F-LIB014)."""

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.lines import line_place, named
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.model import EInvoice, Format

_ERROR: Final = Severity.ERROR
_TOTALS: Final = tuple(
    (attrgetter(name), field, rule(oioubl2="F-LIB014", en=code, severity=_ERROR))
    for name, field, code in (
        ("line_extension", "LineExtensionAmount", "BR-DEC-09"),
        ("allowances", "AllowanceTotalAmount", "BR-DEC-10"),
        ("charges", "ChargeTotalAmount", "BR-DEC-11"),
        ("tax_exclusive", "TaxExclusiveAmount", "BR-DEC-12"),
        ("tax_inclusive", "TaxInclusiveAmount", "BR-DEC-14"),
        ("prepaid", "PrepaidAmount", "BR-DEC-16"),
        ("rounding", "PayableRoundingAmount", "BR-DEC-17"),
        ("payable", "PayableAmount", "BR-DEC-18"),
    )
)
_LINE: Final = rule(en="BR-DEC-23", severity=_ERROR)
_DECIMALS: Final = 2


def wrong_decimals(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Amounts with fractions of an øre, or in OIOUBL 2 without both decimals."""
    exactly = invoice.format is Format.OIOUBL2
    for get, field, broken in _TOTALS:
        value: Decimal | None = get(invoice.totals)
        if value is not None and _is_wrong(value, exactly=exactly):
            wanted = "netop to" if exactly else "højst to"
            message = f"{field} {shown(str(value))} skal have {wanted} decimaler. Leverandørens system skal rettes."
            yield from broken.on(invoice, f"/*/cac:LegalMonetaryTotal/cbc:{field}", message)
    if exactly:
        return
    for line in invoice.lines:
        if line.net is not None and _is_wrong(line.net, exactly=False):
            message = f"{named(line)}: beløbet {shown(str(line.net))} skal have højst to decimaler."
            yield from _LINE.on(invoice, f"{line_place(invoice, line)}/cbc:LineExtensionAmount", message)


def _is_wrong(value: Decimal, *, exactly: bool) -> bool:
    decimals = -int(value.as_tuple().exponent)
    return decimals != _DECIMALS if exactly else decimals > _DECIMALS
