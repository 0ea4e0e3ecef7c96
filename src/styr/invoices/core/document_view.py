"""An e-invoice as a page that people can read: parties, references, lines and totals, with what deviates marked.

Nothing here is HTML: every value is text for the template to escape, with CPR numbers masked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from styr.invoices.core.einvoice.accounts import AccountKind
from styr.invoices.core.einvoice.model import EInvoice, InvoicePeriod, Kind, Line
from styr.invoices.core.einvoice.parties import Identifier, IdentifierKind, Party
from styr.invoices.core.extract.text_periods import period_in
from styr.invoices.core.masking import masked
from styr.invoices.core.pdf_pages import looks_like_pdf
from styr.kernel.danish import danish_date, danish_number

_FORMATS: Final = {"oioubl2": "OIOUBL 2.1", "oioubl3": "OIOUBL 3", "peppol3": "Peppol BIS 3", "en16931": "EN 16931"}
_UNITS: Final = {
    "DAY": "døgn", "HUR": "timer", "WEE": "uger", "MON": "mdr.", "KMT": "km", "KTM": "km", "EA": "stk.", "C62": "stk.",
    "H87": "stk.", "ANN": "år",
}  # fmt: skip
LACKING: Final = "mangler"
"""Stands where a fact that deviates says nothing."""
_LONGEST: Final = 2_000
_MOST_LINES: Final = 400


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a value is marked, and how bad it is: "danger" or "warning"."""

    reason: str
    tone: str = "danger"


Marks = Mapping[tuple[int | None, str], Mark]
"""By line position (None: the head) and field: price, quantity, period, amount, text; ean, account, supplier, net …"""


@dataclass(frozen=True, slots=True)
class Told:
    """A value as it is read, with its label, and the mark it bears."""

    label: str
    text: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the invoice as it is read."""

    position: int
    text: Told
    details: tuple[Told, ...]
    quantity: Told
    price: Told
    amount: Told


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file inside the invoice; `number` from 1. Only PDFs are shown, others are fetched."""

    number: int
    filename: str
    size: int
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The document as it is read."""

    title: str
    supplier: str
    address: tuple[str, ...]
    facts: tuple[Told, ...]
    lines: tuple[ToldLine, ...]
    more_lines: int
    totals: tuple[Told, ...]
    notes: tuple[Told, ...]
    enclosed: tuple[Enclosed, ...]
    marks: tuple[Mark, ...] = field(default=())


def document_view(invoice: EInvoice, marks: Marks) -> DocumentView:
    """Lay an invoice out for reading."""
    head = "Kreditnota" if invoice.kind is Kind.CREDIT_NOTE else "Faktura"
    shown = invoice.lines[:_MOST_LINES]
    return DocumentView(
        title=f"{head} {_text(invoice.number)}".strip(),
        supplier=_text(invoice.supplier.display_name) or "Ukendt leverandør",
        address=tuple(_address(invoice.supplier)),
        facts=tuple(_facts(invoice, marks)),
        lines=tuple(_line(line, invoice, marks) for line in shown),
        more_lines=len(invoice.lines) - len(shown),
        totals=tuple(_totals(invoice, marks)),
        notes=tuple(_notes(invoice, marks)),
        enclosed=enclosed(invoice),
        marks=tuple(dict.fromkeys(marks.values())),
    )


def enclosed(invoice: EInvoice) -> tuple[Enclosed, ...]:
    """The files inside the invoice."""
    return tuple(
        Enclosed(number, masked(one.filename), len(one.content), looks_like_pdf(one.content))
        for number, one in enumerate(invoice.attachments, start=1)
    )


def _facts(invoice: EInvoice, marks: Marks) -> Iterator[Told]:
    refs = invoice.references
    account = ", ".join(
        f"{means.account.value}" for means in invoice.payment_means
        if means.account is not None and means.account.kind is not AccountKind.NEMKONTO
    )  # fmt: skip
    told: Sequence[tuple[str, str | None, str]] = (
        ("Fakturanr.", invoice.number, "number"),
        ("Dato", danish_date(invoice.issue_date) if invoice.issue_date else None, "issued"),
        ("Betales senest", danish_date(invoice.due_date) if invoice.due_date else None, "due"),
        ("CVR", invoice.supplier.cvr, "supplier"),
        ("Modtager", invoice.buyer.display_name, "buyer"),
        ("EAN", _ean(invoice.buyer), "ean"),
        ("Periode", _period(invoice.period), "period"),
        ("Ordre", refs.order, "order"),
        ("Kontrakt", ", ".join(refs.contracts), "contract"),
        ("Projekt", ", ".join(refs.projects), "project"),
        ("Reference", refs.buyer, "reference"),
        ("Krediterer", ", ".join(one.id for one in refs.billing), "credits"),
        ("Kontering", invoice.accounting_cost, "coding"),
        ("Borger", _persons(invoice), "citizen"),
        ("Konto", account, "account"),
        ("Format", _FORMATS.get(invoice.format.value, invoice.format.value), "format"),
    )
    for label, text, name in told:
        mark = _period_at_head(invoice, marks) if name == "period" and text else marks.get((None, name))
        if text or mark:
            yield Told(label, _text(text) or LACKING, mark)


def _line(line: Line, invoice: EInvoice, marks: Marks) -> ToldLine:
    when = None if line.period else marks.get((line.position, "period"))

    def told(name: str, label: str, text: str | None) -> Told:
        mark = marks.get((line.position, name))
        if name == "text" and when and mark is None and _tells_period(text, invoice):
            mark = when
        return Told(label, _text(text), mark)

    details = [told("text", "", text) for text in (*line.descriptions, *line.notes) if text and text != line.text]
    period = _period(line.period)
    if period:
        details.insert(0, told("period", "Periode", period))
    details += [told("property", name, value) for name, value in line.properties]
    details += [told("order", "Ordre", line.order)] if line.order else []
    unit = _UNITS.get(line.unit or "", line.unit or "")
    quantity = f"{_number(line.quantity)} {unit}".strip()
    sign = "-" if invoice.kind is Kind.CREDIT_NOTE and line.net else ""
    return ToldLine(
        position=line.position,
        text=told("text", "", line.text or "Uden tekst"),
        details=tuple(details),
        quantity=told("quantity", "Antal", quantity),
        price=told("price", "Pris", _money(line.unit_price)),
        amount=told("amount", "I alt", sign + _money(line.net)),
    )


def _notes(invoice: EInvoice, marks: Marks) -> Iterator[Told]:
    """What is written below; where neither lines nor head tell the period as a field, it often stands here."""
    when = None if invoice.period else _period_at_head(invoice, marks)
    for note in (*invoice.notes, *(term.note or "" for term in invoice.payment_terms)):
        if note:
            yield Told("", _text(note), when if _tells_period(note, invoice) else None)


def _period_at_head(invoice: EInvoice, marks: Marks) -> Mark | None:
    """The mark of the document's period, which is also that of a line that tells none of its own."""
    own = marks.get((None, "period"))
    if own is not None:
        return own
    silent = (line for line in invoice.lines if not line.period and not _tells_period_itself(line, invoice))
    return next((mark for line in silent if (mark := marks.get((line.position, "period")))), None)


def _tells_period_itself(line: Line, invoice: EInvoice) -> bool:
    return any(_tells_period(text, invoice) for text in (line.text, *line.descriptions, *line.notes))


def _tells_period(text: str | None, invoice: EInvoice) -> bool:
    return bool(text) and period_in([text or ""], issued=invoice.issue_date) is not None


def _totals(invoice: EInvoice, marks: Marks) -> Iterator[Told]:
    totals = invoice.totals
    for allowance in invoice.allowances:
        label = masked(allowance.reason or ("Gebyr" if allowance.is_charge else "Rabat"))
        yield Told(label, ("" if allowance.is_charge else "-") + _money(allowance.amount), marks.get((None, "beside")))
    told = (
        ("Beløb før moms", totals.net, "net"),
        ("Moms", totals.tax, "tax"),
        ("Afrunding", totals.rounding, "rounding"),
    )
    for label, amount, name in told:
        if amount or name == "net":
            yield Told(label, _money(amount), marks.get((None, name)))
    currency = invoice.currency or ""
    unit = "kr." if currency == "DKK" else currency
    label = "At modtage" if invoice.kind is Kind.CREDIT_NOTE else "At betale"
    yield Told(label, f"{_money(totals.payable)} {unit}".strip(), marks.get((None, "payable")))


def _address(party: Party) -> Iterator[str]:
    at = party.address
    if at is not None:
        yield from (_text(line) for line in at.lines)
        street = " ".join(filter(None, (at.street, at.number)))
        city = " ".join(filter(None, (at.postal_zone, at.city)))
        yield from (_text(part) for part in (street, city) if part)
    contact = party.contact
    if contact is not None:
        yield from (_text(part) for part in (contact.name, contact.telephone, contact.email) if part)


def _persons(invoice: EInvoice) -> str:
    parties = [invoice.originator, invoice.buyer_customer, *(one.party for one in invoice.deliveries)]
    names = [
        str(told)
        for party in parties if party is not None
        for told in (*party.person_names, party.display_name, *_cprs(party))
        if told
    ]  # fmt: skip
    return ", ".join(dict.fromkeys(names))


def _cprs(party: Party) -> Iterator[Identifier]:
    return (one for one in party.all_identifiers() if one.kind is IdentifierKind.CPR)


def _ean(party: Party) -> str:
    return next((one.value for one in party.all_identifiers() if one.kind is IdentifierKind.GLN), "")


def _period(period: InvoicePeriod | None) -> str:
    if period is None:
        return ""
    if period.start and period.last_day:
        return f"{danish_date(period.start)} – {danish_date(period.last_day)}"
    day = period.start or period.last_day
    return danish_date(day) if day else period.description or ""


def _text(text: str | None) -> str:
    return masked((text or "").strip())[:_LONGEST]


def _number(value: Decimal | None) -> str:
    return "" if value is None else danish_number(value.normalize())


def _money(value: Decimal | None) -> str:
    if value is None:
        return ""
    whole, _, decimals = f"{abs(value):.4f}".partition(".")
    kept = decimals.rstrip("0").ljust(2, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{int(whole):,}".replace(",", ".") + f",{kept}"
