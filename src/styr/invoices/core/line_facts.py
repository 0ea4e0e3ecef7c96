"""What a line says in terms that can be compared: period, service, unit, quantity, price and amount."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from styr.invoices.core.einvoice.found import Found, Place
from styr.invoices.core.einvoice.model import Delivery, EInvoice, InvoicePeriod, Line
from styr.invoices.core.extract.services import services_in, unit_of
from styr.invoices.core.extract.text_periods import Exactness, TextPeriod, period_in
from styr.kernel.units import Unit

_TIMED: Final = frozenset({Place.NOTE, Place.ITEM, Place.PROPERTY, Place.PERIOD, Place.DOCUMENT})
_TEN_THOUSANDTH: Final = Decimal("0.0001")
_LARGEST: Final = Decimal(10) ** 10


class AmountTooLargeError(ValueError):
    """An amount or quantity that no invoice for care can hold; the message is Danish."""


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line, read.

    Attributes:
        position: counts from 1.
        start, end: the half-open period; both None when neither line nor head tells.
        other_start, other_end: what the period can mean besides (the month, where weeks or a single day are written).
        service, service_other: the two narrowest services that the text speaks of.
        unit: what is counted; None for plain pieces.
        quantity, unit_price: four decimals, None when not written.
        net_ore: the line's amount in øre; a credit note's amounts are negative.
    """

    position: int
    text: str
    start: date | None
    end: date | None
    other_start: date | None
    other_end: date | None
    service: str | None
    service_other: str | None
    unit: Unit | None
    quantity: Decimal | None
    unit_price: Decimal | None
    net_ore: int


def line_facts(invoice: EInvoice, found: Sequence[Found], *, sign: int) -> tuple[LineFacts, ...]:
    """Read every line; `sign` is -1 for a credit note. What a line does not say, the head may say for it."""
    issued = dated(invoice)
    head = _head_period(invoice, found, issued)
    notes = " ".join(text.text for text in found if text.line is None and text.place is Place.NOTE)
    on_head = _Head(issued, head, services_in(notes), sign)
    return tuple(_facts(line, found, on_head) for line in invoice.lines)


def dated(invoice: EInvoice) -> date | None:
    """The day that years are inferred from: the issue date, else the tax point or the due date."""
    return invoice.issue_date or invoice.tax_point_date or invoice.due_date


def to_ore(amount: Decimal | None) -> int:
    """Kroner to øre; more decimals than two are rounded half away from zero.

    Raises:
        AmountTooLargeError: ten milliards or more.
    """
    if amount is None:
        return 0
    _refuse_too_large(amount)
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class _Head:
    """What the head says for lines that do not say it themselves; `sign` is -1 for a credit note."""

    issued: date | None
    period: TextPeriod | None
    services: tuple[str, ...]
    sign: int


def _facts(line: Line, found: Sequence[Found], head: _Head) -> LineFacts:
    own = [text for text in found if text.line == line.position]
    words = " ".join(text.text for text in own if text.place in {Place.ITEM, Place.NOTE, Place.PROPERTY})
    services = (*(services_in(words) or head.services), None, None)
    period = _line_period(line, own, head.issued) or head.period
    other = period.other_reading if period else None
    quantity = _exact(line.quantity)
    return LineFacts(
        position=line.position,
        text=line.text or "",
        start=period.start if period else None,
        end=period.end if period else None,
        other_start=other[0] if other else None,
        other_end=other[1] if other else None,
        service=services[0],
        service_other=services[1],
        unit=unit_of(line.unit, words),
        quantity=quantity * head.sign if quantity is not None else None,
        unit_price=_exact(line.unit_price),
        net_ore=to_ore(line.net) * head.sign,
    )


def _exact(number: Decimal | None) -> Decimal | None:
    if number is None:
        return None
    _refuse_too_large(number)
    return number.quantize(_TEN_THOUSANDTH, rounding=ROUND_HALF_UP)


def _refuse_too_large(number: Decimal) -> None:
    if abs(number) >= _LARGEST:
        raise AmountTooLargeError("Et antal, en pris eller et beløb er ti milliarder eller mere. Bed om en ny faktura.")


def _line_period(line: Line, own: Sequence[Found], issued: date | None) -> TextPeriod | None:
    written = period_in((text.text for text in own if text.place in _TIMED), issued=issued)
    given = _hull([line.period, *(delivery.period for delivery in line.deliveries)])
    return given or written or _delivered(line.deliveries)


def _head_period(invoice: EInvoice, found: Sequence[Found], issued: date | None) -> TextPeriod | None:
    texts = (text.text for text in found if text.line is None and text.place in _TIMED)
    given = _hull([invoice.period, *(delivery.period for delivery in invoice.deliveries)])
    return given or period_in(texts, issued=issued) or _delivered(invoice.deliveries)


def _hull(periods: Sequence[InvoicePeriod | None]) -> TextPeriod | None:
    """The structured period; half a period (a start without an end) is none."""
    whole = [(period.start, period.end) for period in periods if period is not None]
    ends = [(start, end) for start, end in whole if start is not None and end is not None and start < end]
    if not ends:
        return None
    return TextPeriod(min(start for start, _ in ends), max(end for _, end in ends), Exactness.RANGE)


def _delivered(deliveries: Sequence[Delivery]) -> TextPeriod | None:
    """The days delivered on; a single delivery date says only when something came, so it is the weakest sign."""
    days = sorted(_days(deliveries))
    if not days:
        return None
    return TextPeriod(days[0], date.fromordinal(days[-1].toordinal() + 1), Exactness.SINGLE_DAY)


def _days(deliveries: Sequence[Delivery]) -> Iterator[date]:
    return (delivery.actual_date for delivery in deliveries if delivery.actual_date is not None)
