"""What must stand on every line, and its codes."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.rule import Rule, rule
from styr.invoices.core.document_checks.unit_codes import is_unit, looks_like_unit
from styr.invoices.core.document_checks.wording import shown
from styr.invoices.core.einvoice.line_reading import LINE_NAMES, QUANTITY_NAMES
from styr.invoices.core.einvoice.model import EInvoice, Format, Kind, Line


class _Required(NamedTuple):
    rule: Rule
    place: str
    name: str
    is_missing: Callable[[Line], bool]


_FATAL: Final = Severity.FATAL
_REQUIRED: Final = (
    _Required(
        rule(oioubl2="F-INV140", oioubl2_credit="F-CRN084", en="BR-21"),
        "cbc:ID",
        "linjenummer (cbc:ID)",
        lambda line: line.id is None,
    ),
    _Required(
        rule(oioubl2="F-INV137", oioubl2_credit="F-CRN196", en="BR-22"),
        "cbc:Quantity",
        "antal",
        lambda line: line.quantity is None,
    ),
    _Required(
        rule(oioubl2="F-LIB007", en="BR-23"),
        "cbc:Quantity/@unitCode",
        "enhed (unitCode)",
        lambda line: line.unit is None and line.quantity is not None,
    ),
    _Required(
        rule(oioubl2_credit="F-CRN207", en="BR-24", own="STYR-LINJEBELØB", own_severity=_FATAL),
        "cbc:LineExtensionAmount",
        "beløb (cbc:LineExtensionAmount)",
        lambda line: line.net is None,
    ),
    _Required(
        rule(oioubl2="F-INV163", en="BR-25", own="STYR-VARENAVN"),
        "cac:Item/cbc:Name",
        "navn på ydelsen (cac:Item/cbc:Name)",
        lambda line: line.name is None,
    ),
)
# a credit note line of OIOUBL 2 may refer to the invoice line instead of repeating the price
_PRICE: Final = rule(oioubl2="F-INV139", oioubl2_credit="F-CRN083", en="BR-26")
_NEGATIVE_PRICE: Final = rule(en="BR-27")
_UNIT: Final = rule(oioubl2="F-LIB318", en="BR-CL-23", oioubl3="OIOUBL-BIL-106", severity=Severity.ERROR)
_BASE_UNIT: Final = rule(oioubl3="PEPPOL-EN16931-R130", peppol="PEPPOL-EN16931-R130")
_BASE_QUANTITY: Final = rule(
    oioubl3="PEPPOL-EN16931-R121", peppol="PEPPOL-EN16931-R121", own="STYR-BASISANTAL", own_severity=_FATAL
)
_ZERO: Final = rule(oioubl2_credit="F-CRN088", oioubl3="OIOUBL-BIL-105", severity=Severity.ERROR)
_TAX_CATEGORY: Final = rule(en="UBL-SR-48")
_NO_TAX: Final = rule(oioubl2="F-INV138", oioubl2_credit="F-CRN081", oioubl3="OIOUBL-BIL-131")
_SAME_ID: Final = rule(oioubl2="W-INV237", severity=Severity.WARNING, own="STYR-LINJENR")


def wrong_lines(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Findings of every line, in document order."""
    for line in invoice.lines:
        place = line_place(invoice, line)
        for required in _REQUIRED:
            if required.is_missing(line):
                where = f"{place}/{required.place.replace('cbc:Quantity', f'cbc:{QUANTITY_NAMES[invoice.kind]}')}"
                yield from required.rule.on(invoice, where, f"{named(line)} mangler {required.name}. {ASK}")
        yield from _price(invoice, line, place)
        yield from _units(invoice, line, place)
        yield from _tax(invoice, line, place)
    yield from _repeated_ids(invoice)


ASK: Final = "Bed leverandøren rette linjen."


def line_place(invoice: EInvoice, line: Line) -> str:
    """The XPath of a line."""
    return f"/*/cac:{LINE_NAMES[invoice.kind]}[{line.position}]"


def named(line: Line) -> str:
    """How a line is called in a message: by the supplier's own number, else by its place."""
    return f"Linje {shown(line.id)}" if line.id is not None else f"Linje nr. {line.position}"


def _price(invoice: EInvoice, line: Line, place: str) -> Iterator[DocumentFinding]:
    if line.price is None:
        refers = invoice.format is Format.OIOUBL2 and invoice.kind is Kind.CREDIT_NOTE and line.billing
        if not refers:
            where = f"{place}/cac:Price/cbc:PriceAmount"
            yield from _PRICE.on(invoice, where, f"{named(line)} mangler pris (cac:Price/cbc:PriceAmount). {ASK}")
    elif line.price < 0:
        message = f"{named(line)} har en negativ pris. En modregning skal stå som negativt antal."
        yield from _NEGATIVE_PRICE.on(invoice, f"{place}/cac:Price/cbc:PriceAmount", message)
    if line.base_quantity is not None and line.base_quantity <= 0:
        message = f"{named(line)}: prisens basisantal skal være større end nul. {ASK}"
        yield from _BASE_QUANTITY.on(invoice, f"{place}/cac:Price/cbc:BaseQuantity", message)


def _units(invoice: EInvoice, line: Line, place: str) -> Iterator[DocumentFinding]:
    where = f"{place}/cbc:{QUANTITY_NAMES[invoice.kind]}"
    if line.unit is not None:
        known = looks_like_unit(line.unit) if invoice.format is Format.OIOUBL2 else is_unit(line.unit)
        if not known:
            message = f"{named(line)}: enheden {shown(line.unit)} findes ikke. Et døgn er DAY, en time HUR, et stk. EA."
            yield from _UNIT.on(invoice, f"{where}/@unitCode", message)
    if line.base_unit is not None and line.base_unit != line.unit and line.quantity is not None:
        said = f"antallet er i {shown(line.unit)}, men prisen er pr. {shown(line.base_unit)}"
        yield from _BASE_UNIT.on(invoice, f"{place}/cac:Price/cbc:BaseQuantity", f"{named(line)}: {said}. {ASK}")
    if line.quantity == 0:
        yield from _ZERO.on(invoice, where, f"{named(line)}: antallet er nul. {ASK}")


def _tax(invoice: EInvoice, line: Line, place: str) -> Iterator[DocumentFinding]:
    if line.tax_categories != 1:
        message = f"{named(line)} skal have netop én momskategori (cac:ClassifiedTaxCategory). {ASK}"
        yield from _TAX_CATEGORY.on(invoice, f"{place}/cac:Item", message)
    if not line.tax_totals:
        message = f"{named(line)} mangler momsopgørelse (cac:TaxTotal). {ASK}"
        yield from _NO_TAX.on(invoice, place, message)


def _repeated_ids(invoice: EInvoice) -> Iterator[DocumentFinding]:
    counted = Counter(line.id for line in invoice.lines if line.id is not None)
    for number, times in counted.items():
        if times > 1:
            message = f"Linjenummer {shown(number)} bruges {times} gange. Hver linje skal have sit eget nummer."
            yield from _SAME_ID.on(invoice, f"/*/cac:{LINE_NAMES[invoice.kind]}", message)
