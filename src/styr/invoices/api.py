"""Invoices as JSON, their documents as they came, and the payments that the finance system has made."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from styr.access.api import Kroner, PageNumber, PageSize, Problem, caller, kr, scoped, written_once
from styr.access.core.permissions import Permission
from styr.invoices import queue
from styr.invoices.case import InvoiceNotVisibleError
from styr.invoices.core.codes import Status
from styr.invoices.deciding import mark_paid
from styr.invoices.looking import note_look
from styr.invoices.opening import Reason, opened
from styr.kernel import clock

router = Router(tags=["Invoices"])
MOST_PAID = 5_000


class InvoiceOut(Schema):
    """An invoice or credit note (negative amount); `finding` is the title of the gravest open finding, or empty."""

    id: UUID
    number: str
    supplier: str
    kind: str
    payable: Kroner
    due_date: date | None
    status: str
    finding: str
    findings: int
    hard_stop: bool


class InvoicesOut(Schema):
    """A page of invoices."""

    total: int
    page: int
    pages: int
    sum: Kroner
    rows: list[InvoiceOut]


class PaidIn(Schema):
    """Invoices that the finance system has paid."""

    invoices: list[UUID] = Field(min_length=1, max_length=MOST_PAID)


@router.get("", response=InvoicesOut, summary="Invoices by due date")
@scoped(Permission.SEE_INVOICES)
def invoices(
    request: HttpRequest, page: PageNumber = 1, size: PageSize = 50, status: Status | None = None
) -> InvoicesOut:
    """Return a page, if asked only those of a status."""
    whose = caller(request)
    asker = queue.Asker(user_id=whose.user_id, roles=frozenset(), decides=False, today=clock.today())
    wanted = queue.QueueFilter(view=queue.View.ALL, status=status.value if status else "")
    found = queue.queue_page(wanted, asker=asker, page=page, size=size)
    rows = [
        InvoiceOut(
            id=row.id,
            number=row.number,
            supplier=row.supplier_name,
            kind=row.kind,
            payable=kr(row.payable_ore),
            due_date=row.due_date,
            status=row.status.value,
            finding=row.finding,
            findings=row.findings,
            hard_stop=row.hard_stop,
        )
        for row in found.rows
    ]
    return InvoicesOut(total=found.total, page=found.page, pages=found.pages, sum=kr(found.sum_ore), rows=rows)


class ReasonIn(Schema):
    """Why the document as it came is needed; it is kept in the read log."""

    reason: Reason


@router.post("/{uuid:invoice_id}/document", response={200: None, 404: Problem}, summary="The document as it came")
@scoped(Permission.REVEAL_CPR)
def document(request: HttpRequest, invoice_id: UUID, given: ReasonIn) -> HttpResponse:
    """Return the e-invoice itself, with the CPR numbers that stand in it; the look at it is logged with its reason."""
    try:
        _, content = opened(invoice_id=invoice_id, page=request.path, reason=given.reason)
    except InvoiceNotVisibleError as error:
        raise HttpError(404, "Fakturaen findes ikke, eller du har ikke adgang til den.") from error
    note_look(invoice_id=invoice_id, what="original", actor_id=caller(request).user_id, now=clock.now())
    answer = HttpResponse(content, content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{invoice_id}.xml"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


@router.post("/payments", response={204: None, 400: Problem, 409: Problem}, summary="Tell what has been paid")
@scoped(Permission.DECIDE_INVOICES)
@written_once()
def paid(request: HttpRequest, given: PaidIn) -> None:  # noqa: ARG001 - ninja's
    """Note that invoices were paid: all of them approved or ready with no unsettled finding, or none is noted."""
    wanted = set(given.invoices)
    noted = mark_paid(invoice_ids=wanted)
    if noted != len(wanted):
        missing = len(wanted) - noted
        raise HttpError(
            409,
            f"{missing} af {len(wanted)} fakturaer er ikke godkendt, har en uafklaret afvigelse eller findes ikke;"
            " ingen er noteret.",
        )
