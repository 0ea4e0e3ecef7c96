"""Dates and periods that cannot be right."""

from collections.abc import Iterator
from typing import Final

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.lines import line_place, named
from styr.invoices.core.document_checks.rule import rule
from styr.invoices.core.einvoice.model import EInvoice, InvoicePeriod, Line
from styr.kernel.danish import danish_date

_HEAD: Final = rule(oioubl2="F-LIB080", en="BR-29")
_LINE: Final = rule(oioubl2="F-LIB080", en="BR-30")
_STARTS_BEFORE: Final = rule(oioubl3="PEPPOL-EN16931-R110", peppol="PEPPOL-EN16931-R110")
_ENDS_AFTER: Final = rule(oioubl3="PEPPOL-EN16931-R111", peppol="PEPPOL-EN16931-R111")
_DUE: Final = rule(own="STYR-FORFALD")


def wrong_periods(invoice: EInvoice) -> Iterator[DocumentFinding]:
    """Periods that end before they start or lie outside the head's, and a due date before the issue date."""
    if _is_backwards(invoice.period):
        message = "Fakturaperioden slutter, før den begynder. Bed leverandøren rette perioden."
        yield from _HEAD.on(invoice, "/*/cac:InvoicePeriod", message)
    for line in invoice.lines:
        if line.period is not None:
            yield from _line(invoice, line, line.period)
    # some invoices name the date of a direct debit that was agreed before: a warning, no more
    if invoice.issue_date is not None and invoice.due_date is not None and invoice.due_date < invoice.issue_date:
        due, issued = danish_date(invoice.due_date), danish_date(invoice.issue_date)
        message = f"Forfaldsdatoen {due} ligger før udstedelsen {issued}. Kontrollér fristen."
        yield from _DUE.on(invoice, "/*/cbc:DueDate", message)


def _line(invoice: EInvoice, line: Line, period: InvoicePeriod) -> Iterator[DocumentFinding]:
    place = f"{line_place(invoice, line)}/cac:InvoicePeriod"
    if _is_backwards(period):
        message = f"{named(line)}: perioden slutter, før den begynder. Bed leverandøren rette perioden."
        yield from _LINE.on(invoice, place, message)
    head = invoice.period
    if head is None:
        return
    if period.start is not None and head.start is not None and period.start < head.start:
        first, earliest = danish_date(period.start), danish_date(head.start)
        message = f"{named(line)}: perioden begynder {first}, før fakturaens periode ({earliest})."
        yield from _STARTS_BEFORE.on(invoice, f"{place}/cbc:StartDate", message)
    if period.last_day is not None and head.last_day is not None and period.last_day > head.last_day:
        last, latest = danish_date(period.last_day), danish_date(head.last_day)
        message = f"{named(line)}: perioden slutter {last}, efter fakturaens periode ({latest})."
        yield from _ENDS_AFTER.on(invoice, f"{place}/cbc:EndDate", message)


def _is_backwards(period: InvoicePeriod | None) -> bool:
    return (
        period is not None
        and period.start is not None
        and period.last_day is not None
        and period.last_day < period.start
    )
