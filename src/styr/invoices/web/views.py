"""The pages of Fakturakontrol: the queue and one invoice, together or (for htmx) the invoice alone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.units_in_reach import units_in_reach
from styr.access.web.rules import requires
from styr.invoices.case import InvoiceNotVisibleError
from styr.invoices.queries import View
from styr.invoices.web.excel import INVOICES, queue_rows
from styr.invoices.web.filters import QueueForm
from styr.invoices.web.listing import SORTS, Listing, listing
from styr.invoices.web.page import invoice_page, load
from styr.invoices.web.people import asker_of
from styr.kernel import clock
from styr.people.queries import citizen_lines
from styr.ui.lists import list_response

PURPOSE = "Fakturakontrol"
CONFLICT = 409


@require_safe
@requires(Permission.SEE_INVOICES)
def invoices(request: HttpRequest) -> HttpResponse:
    """The queue: mine, deviations, ready, waiting, all; the filter lives in the address."""
    if request.GET.get("hent") == "xlsx":
        return list_response(
            request, INVOICES, queue_rows(asker_of(request)), QueueForm(request.GET, units=units_in_reach())
        )
    found = listing(request, units=units_in_reach())
    names = _names(request, found, ())
    return _rendered(request, "invoices/queue.html", {**_list(found, names), "showing": "list"})


@require_safe
@requires(Permission.SEE_INVOICES)
def invoice(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """One invoice beside the queue it stands in; htmx is given the invoice alone."""
    return shown_invoice(request, invoice_id)


def shown_invoice(request: HttpRequest, invoice_id: UUID, *, written: str | None = None) -> HttpResponse:
    """The page of an invoice; with what was `written` of a decision, that a colleague was first (409)."""
    try:
        case, findings = load(request, invoice_id)
    except InvoiceNotVisibleError as error:
        raise Http404(str(error)) from error
    alone = request.headers.get("HX-Target") == "sag"
    found = None if alone else listing(request)
    names = _names(request, found, case.citizen_ids)
    page = invoice_page(request, case, findings, names)
    context: dict[str, Any] = {
        "inv": page,
        "kept": _kept(request),
        "showing": "detail",
        "written": written,
        "conflict": next((one for one in page.history if one.by), None) if written is not None else None,
    }
    if found is None:
        return _rendered(request, "invoices/case.html", {**context, "alone": True})
    context |= _list(found, names, invoice_id)
    return _rendered(request, "invoices/queue.html", context, status=200 if written is None else CONFLICT)


def _kept(request: HttpRequest) -> str:
    """The words of the address, to be handed on to what is done with the invoice."""
    words = request.GET.urlencode()
    return f"?{words}" if words else ""


def _names(request: HttpRequest, found: Listing | None, more: tuple[UUID, ...]) -> Any:
    shown = [row.citizen_id for row in found.page.rows if row.citizens == 1 and row.citizen_id] if found else []
    asked = [*dict.fromkeys([*shown, *more])]
    return citizen_lines(citizen_ids=asked, page=request.path, purpose=PURPOSE, today=clock.today()) if asked else {}


def _list(found: Listing, names: Any, current: UUID | None = None) -> dict[str, Any]:
    return {
        "queue": found,
        "rows": found.rows(names),
        "current": current,
        "sorts": SORTS.items(),
        "list": found,  # what the menu of saved filters reads
        "ready_view": found.view is View.READY,
    }


def _rendered(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    answer = render(request, template, {"section": "invoices", **context}, status=status)
    patch_vary_headers(answer, ["HX-Request", "HX-Target"])
    return answer
