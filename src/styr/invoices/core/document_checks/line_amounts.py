"""A line's amount = quantity × price / base quantity − allowances + charges.

OIOUBL 2 leaves allowances out (they stand on the head), multiplies by OrderableUnitFactorRate where the units differ,
and tolerates 1.00; the others tolerate 0.02. What lies between rounding and the tolerance is said as a warning.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.lines import line_place, named
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.wording import amount
from styr.invoices.core.einvoice.model import AllowanceCharge, EInvoice, Format, Line

_ZERO: Final = Decimal(0)
_CENTS: Final = Decimal("0.02")
_OIOUBL2_TOLERANCE: Final = Decimal("1.00")

_SAME_UNIT: Final = rule(
    oioubl2="F-INV340",
    oioubl2_credit="F-CRN210",
    oioubl3="PEPPOL-EN16931-R120",
    peppol="PEPPOL-EN16931-R120",
    own="STYR-LINJESUM",
)
_NO_UNIT: Final = rule(oioubl2="F-INV348", oioubl2_credit="F-CRN216")
_OTHER_UNIT: Final = rule(oioubl2="F-INV343", oioubl2_credit="F-CRN194")
_ROUNDING: Final = rule(own="STYR-LINJESUM", own_severity=Severity.WARNING)


def wrong_line_amounts(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Lines whose amount is not what their own quantity and price give."""
    if invoice.has_exchange_rate:  # prices are in another currency than amounts: nothing to compare
        return
    for line in invoice.lines:
        expected = _expected(invoice, line)
        if expected is None or line.net is None or line.is_free:
            continue
        off = abs(line.net - expected)
        if off <= _CENTS:
            continue
        if invoice.format is Format.OIOUBL2:
            broken = _ROUNDING if off <= _OIOUBL2_TOLERANCE else _oioubl2_rule(line)
        else:
            broken = _SAME_UNIT
        yield from broken.on(invoice, f"{line_place(invoice, line)}/cbc:LineExtensionAmount", _message(line, expected))


def _expected(invoice: EInvoice, line: Line) -> Decimal | None:
    if line.quantity is None or line.price is None:
        return None
    total = line.quantity * line.price
    if invoice.format is Format.OIOUBL2 and line.base_unit is not None and line.base_unit != line.unit:
        return None if line.unit_factor is None or line.unit is None else total * line.unit_factor
    if line.base_quantity:
        total /= line.base_quantity
    return total if invoice.format is Format.OIOUBL2 else total + net_of(line.allowances)


def net_of(allowances: tuple[AllowanceCharge, ...]) -> Decimal:
    """Charges less allowances."""
    return sum(
        ((entry.amount if entry.is_charge else -entry.amount) for entry in allowances if entry.amount is not None),
        _ZERO,
    )


def _oioubl2_rule(line: Line) -> Rule:
    if line.base_unit is None or line.unit is None:
        return _NO_UNIT
    return _SAME_UNIT if line.base_unit == line.unit else _OTHER_UNIT


def _message(line: Line, expected: Decimal) -> str:
    written = amount(line.net) if line.net is not None else ""
    return (
        f"{named(line)}: beløbet er {written}, men antal og pris giver {amount(expected.quantize(_CENTS))}. "
        "Bed leverandøren rette antal, pris eller beløb."
    )
