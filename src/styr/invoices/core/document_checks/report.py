"""What `styr read-invoice` says of one file: an object for programs, a few lines for people."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding, Severity
from styr.invoices.core.document_checks.wording import amount
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.model import EInvoice, Format, InvoicePeriod, Kind, Line
from styr.kernel.danish import danish_date, danish_number

_FORMATS: Final = {
    Format.OIOUBL2: "OIOUBL 2",
    Format.OIOUBL3: "OIOUBL 3",
    Format.PEPPOL3: "Peppol BIS 3",
    Format.EN16931: "EN 16931",
}
_KINDS: Final = {Kind.INVOICE: "Faktura", Kind.CREDIT_NOTE: "Kreditnota"}
_SEVERITIES: Final = {
    Severity.FATAL: "AFVISES",
    Severity.ERROR: "FEJL",
    Severity.WARNING: "ADVARSEL",
    Severity.INFO: "OPLYSNING",
}


def as_object(file: str, invoice: EInvoice, findings: Sequence[DocumentFinding]) -> dict[str, object]:
    """The invoice as plain values for JSON, keys in their fixed order.

    Decimals are strings without exponent, dates ISO; a period's `end` is its last day, as the document has it.
    What the document lacks is None.
    """
    references = invoice.references
    return {
        "file": file,
        "format": invoice.format.value,
        "kind": invoice.kind.value,
        "number": invoice.number,
        "issue_date": _iso(invoice.issue_date),
        "due_date": _iso(invoice.due_date),
        "currency": invoice.currency,
        "supplier": {
            "cvr": invoice.supplier.cvr,
            "name": invoice.supplier.display_name,
            "endpoint": str(invoice.supplier.endpoint) if invoice.supplier.endpoint else None,
        },
        "buyer": {
            "name": invoice.buyer.display_name,
            "endpoint": str(invoice.buyer.endpoint) if invoice.buyer.endpoint else None,
        },
        "references": {
            "order": references.order,
            "contract": references.contract,
            "buyer": references.buyer,
            "project": references.project,
        },
        "accounting_cost": invoice.accounting_cost,
        "period": _period(invoice.period),
        "totals": {
            "net": _plain(invoice.totals.net),
            "tax": _plain(invoice.totals.tax),
            "payable": _plain(invoice.totals.payable),
        },
        "lines": [_line(line) for line in invoice.lines],
        "findings": [
            {"code": finding.code, "severity": finding.severity.value, "message": finding.message}
            for finding in findings
        ],
    }


def error_object(file: str, error: UnreadableInvoice) -> dict[str, object]:
    """What is said of a file that gave no invoice."""
    return {"file": file, "error": {"code": error.code, "message": error.message}}


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "text": line.text,
        "quantity": _plain(line.quantity),
        "unit": line.unit,
        "unit_price": _plain(line.unit_price),
        "net": _plain(line.net),
        "period": _period(line.period),
    }


def _period(period: InvoicePeriod | None) -> dict[str, str | None]:
    if period is None:
        return {"start": None, "end": None}
    return {"start": _iso(period.start), "end": _iso(period.last_day)}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def as_text(file: str, invoice: EInvoice, findings: Sequence[DocumentFinding]) -> Iterator[str]:
    """The invoice for people: who, when, how much, its lines, and what is wrong with it."""
    totals, currency = invoice.totals, invoice.currency or ""
    yield f"{file}: {_KINDS[invoice.kind]} {invoice.number or '(uden nummer)'} · {_FORMATS[invoice.format]}"
    yield f"  fra       {invoice.supplier.display_name or '(ukendt)'} · CVR {invoice.supplier.cvr or '–'}"
    yield f"  til       {invoice.buyer.display_name or '(ukendt)'} · EAN {invoice.buyer.endpoint or '–'}"
    yield f"  udstedt   {_day(invoice.issue_date)} · forfald {_day(invoice.due_date)}"
    sums = f"{_kroner(totals.net)} + moms {_kroner(totals.tax)}"
    yield f"  beløb     {sums} · til betaling {_kroner(totals.payable)} {currency}"
    for line in invoice.lines:
        of = f"{_number(line.quantity)} {line.unit or ''} × {_kroner(line.unit_price)}"
        yield f"  {line.id or line.position!s:>6}  {_short(line.text):40}  {of:>28}  {_kroner(line.net):>14}"
    for finding in findings:
        yield f"  {_SEVERITIES[finding.severity]:9} {finding.code}: {finding.message}"
    if not findings:
        yield "  Ingen fejl fundet."


def error_text(file: str, error: UnreadableInvoice) -> Iterator[str]:
    """The same for a file that gave no invoice."""
    yield f"{file}: KAN IKKE LÆSES ({error.code})"
    yield f"  {error.message}"


def _day(day: date | None) -> str:
    return "–" if day is None else danish_date(day)


def _kroner(value: Decimal | None) -> str:
    return "–" if value is None else amount(value)


def _number(value: Decimal | None) -> str:
    return "–" if value is None else danish_number(value)


def _short(text: str | None) -> str:
    one_line = " ".join((text or "").split())
    return one_line if len(one_line) <= 40 else f"{one_line[:39]}…"  # noqa: PLR2004  the column's width
