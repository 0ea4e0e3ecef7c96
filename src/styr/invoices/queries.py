"""What other parts may ask about invoices."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Sum

from styr.access.queries import municipality_name
from styr.controls import queries as controls
from styr.invoices.core.codes import Status
from styr.invoices.core.queries_to_supplier import Letter, drafted
from styr.invoices.models import Decision, Document, Invoice
from styr.invoices.queue import Asker, QueueFilter, QueuePage, QueueRow, View, queue_page
from styr.invoices.recovered import InvoiceWork, Recovered, follow_up_page, my_work, recovered
from styr.invoices.sealed import unseal

__all__ = [
    "Asker",
    "InvoiceFigures",
    "InvoiceWork",
    "QueueFilter",
    "QueuePage",
    "QueueRow",
    "Recovered",
    "View",
    "document_of",
    "drafted_query",
    "figures",
    "follow_up_page",
    "letter_about",
    "my_work",
    "queue_page",
    "recovered",
]

_TOUCHLESS = (Status.READY.value, Status.APPROVED.value, Status.PAID.value)


@dataclass(frozen=True, slots=True)
class InvoiceFigures:
    """Invoices in the scope, amounts in øre.

    `touchless`: nothing was left to explain, and no person has touched them; `stopped`: deviating.
    """

    read: int
    amount_ore: int
    touchless: int
    stopped: int


def figures() -> InvoiceFigures:
    """Count invoices by where they stand. One query."""
    by_person = Decision.objects.filter(invoice_id=OuterRef("id"), decided_by__isnull=False)
    found = Invoice.objects.annotate(touched=Exists(by_person)).aggregate(
        read=Count("id"),
        amount_ore=Sum("payable_ore"),
        touchless=Count("id", filter=Q(status__in=_TOUCHLESS, touched=False)),
        stopped=Count("id", filter=Q(status=Status.DEVIATING.value)),
    )
    return InvoiceFigures(found["read"], found["amount_ore"] or 0, found["touchless"], found["stopped"])


def letter_about(finding_id: UUID) -> Letter | None:
    """Draft the query to the supplier about a finding; None where there is nothing to ask the supplier."""
    found = controls.finding(finding_id)
    if found is None or found.invoice_id is None:
        return None
    evidence = {**controls.evidence_of(finding_id), "amount_ore": found.amount_ore}
    return drafted(found.code, evidence, sender=municipality_name())


def drafted_query(*, finding_id: UUID) -> str | None:
    """The text of `letter_about`."""
    letter = letter_about(finding_id)
    return letter.body if letter else None


def document_of(invoice_id: UUID) -> tuple[str, bytes] | None:
    """The file name and the bytes of an invoice's document, as it came."""
    found = Document.objects.filter(invoice__id=invoice_id).values_list("id", "filename", "content").first()
    if found is None:
        return None
    document_id, filename, content = found
    return filename, unseal(bytes(content), document_id=document_id)
