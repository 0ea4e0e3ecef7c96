"""Many ready invoices approved at once: the page says how many and how much, and takes the word for exactly those."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.invoices.decisions import MOST_AT_ONCE
from styr.invoices.queries import QueueFilter, View, queue_page
from styr.invoices.services import UnableToDecideInvoiceError, approve_ready, undo_together
from styr.invoices.web.filters import QueueForm
from styr.invoices.web.people import actor_of, asker_of
from styr.kernel import clock
from styr.kernel.danish import kroner
from styr.ui.toasts import tell, tell_with_undo, warn

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@require_POST
@requires(Permission.DECIDE_INVOICES)
def confirm(request: HttpRequest) -> HttpResponse:
    """Say what is about to be approved: count and sum. Nothing is written."""
    if request.POST.get("alle"):
        wanted = replace(QueueForm(request.GET).wanted(), view=View.READY)
    else:
        wanted = QueueFilter(view=View.READY, ids=_ids(request) or (UUID(int=0),))
    page = queue_page(wanted, asker=asker_of(request), size=MOST_AT_ONCE)
    back = reverse("invoices") + "?visning=klar"
    if not page.rows:
        warn(request, "Ingen af de valgte fakturaer er klar til godkendelse.")
        return HttpResponseRedirect(back)
    shown = sum(row.payable_ore for row in page.rows)
    context = {"rows": page.rows, "count": len(page.rows), "sum_ore": shown, "left": page.total - len(page.rows)}
    return render(request, "invoices/approve_ready.html", {"section": "invoices", "back": back, **context})


@require_POST
@requires(Permission.DECIDE_INVOICES)
@once
def approve(request: HttpRequest) -> HttpResponse:
    """Approve exactly those that were confirmed."""
    now = clock.now()
    back = reverse("invoices") + "?visning=klar"
    try:
        expected = (int(request.POST.get("antal", "0")), int(request.POST.get("sum", "0")))
        done = approve_ready(invoice_ids=_ids(request), expected=expected, actor_id=actor_of(request), now=now)
    except (ValueError, UnableToDecideInvoiceError) as error:
        warn(request, str(error) if isinstance(error, UnableToDecideInvoiceError) else "Bekræft igen fra listen.")
        return HttpResponseRedirect(back)
    many = "faktura er" if done.count == 1 else "fakturaer er"
    text = f"{done.count} {many} godkendt, i alt {kroner(done.amount_ore)}"
    tell_with_undo(request, text, undo=reverse("invoices_undo_together", args=[_stamp(done.decided_at)]))
    return HttpResponseRedirect(back)


@require_POST
@requires(Permission.DECIDE_INVOICES)
def undo(request: HttpRequest, stamp: int) -> HttpResponse:
    """Take a bulk approval back."""
    decided_at = _EPOCH + timedelta(microseconds=stamp)
    try:
        count = undo_together(decided_at=decided_at, actor_id=actor_of(request), now=clock.now())
    except UnableToDecideInvoiceError as error:
        warn(request, str(error))
    else:
        tell(request, f"{count} {'godkendelse' if count == 1 else 'godkendelser'} er fortrudt.")
    return HttpResponseRedirect(reverse("invoices") + "?visning=klar")


def _ids(request: HttpRequest) -> tuple[UUID, ...]:
    found = []
    for text in request.POST.getlist("valgt")[:MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return tuple(found)


def _stamp(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
