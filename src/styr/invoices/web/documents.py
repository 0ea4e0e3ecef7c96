"""The document itself: the file as it came, what it holds, and the pages of its PDFs as pictures. All is noted.

It holds whole CPR numbers. So whoever may reveal these says why first (a POST); for a quarter of an hour their session
then opens the documents of that invoice.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final, NoReturn
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.controls.on_invoices import findings_of_invoices
from styr.invoices.case import InvoiceNotVisibleError, invoice_case
from styr.invoices.core.document_view import document_view
from styr.invoices.core.einvoice.model import Attachment
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.marked_words import marked_words
from styr.invoices.core.masking import masked
from styr.invoices.core.pdf_pages import UnableToDrawPdfError, looks_like_pdf, pdf_page
from styr.invoices.deviations import document_marks
from styr.invoices.looking import note_look
from styr.invoices.opening import Reason, opened
from styr.invoices.queries import document_of
from styr.invoices.sealed import unseal
from styr.invoices.web.people import actor_of
from styr.kernel import clock
from styr.ui.toasts import warn

_KEEP_OUT = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
_KEPT: Final = "invoice_documents"
SECONDS: Final = 15 * 60
View = Callable[..., HttpResponse]


def reason_for(request: HttpRequest, invoice_id: UUID) -> Reason | None:
    """Why the session has the invoice's documents open; None when it has not, or no longer."""
    until, reason = request.session.get(_KEPT, {}).get(str(invoice_id), (0, ""))
    return Reason(reason) if until > clock.now().timestamp() else None


def _told_why(view: View) -> View:
    """Only for whoever has told why; others are sent to the invoice, where that is asked."""

    @wraps(view)
    def asked(request: HttpRequest, invoice_id: UUID, **given: int) -> HttpResponse:
        if reason_for(request, invoice_id) is None:
            if document_of(invoice_id) is None:
                _gone()
            warn(request, "Vælg først, hvorfor du skal se originalen.")
            return _to_invoice(request, invoice_id)
        return view(request, invoice_id, **given)

    return asked


@require_POST
@requires(Permission.REVEAL_CPR)
def reveal(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """Open the invoice's documents for a reason."""
    reason = request.POST.get("grund", "")
    if reason not in set(Reason):
        warn(request, "Vælg, hvorfor du skal se originalen.")
        return _to_invoice(request, invoice_id)
    _look(request, invoice_id, "original", Reason(reason))
    now = clock.now().timestamp()
    kept = {name: held for name, held in request.session.get(_KEPT, {}).items() if held[0] > now}
    request.session[_KEPT] = {**kept, str(invoice_id): [now + SECONDS, reason]}
    return _to_invoice(request, invoice_id)


@require_safe
@requires(Permission.REVEAL_CPR)
@_told_why
def original(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """The XML file as it came."""
    filename, data = _open(request, invoice_id, "original")
    return _file(data, "application/xml", filename)


@require_safe
@requires(Permission.REVEAL_CPR)
@_told_why
def enclosed(request: HttpRequest, invoice_id: UUID, number: int) -> HttpResponse:
    """A file that came inside the invoice; never shown by the browser itself."""
    found = _attachment(request, invoice_id, number, "file")
    kind = "application/pdf" if looks_like_pdf(found.content) else "application/octet-stream"
    return _file(found.content, kind, masked(found.filename))


@require_safe
@requires(Permission.REVEAL_CPR)
@_told_why
def page(request: HttpRequest, invoice_id: UUID, number: int, side: int) -> HttpResponse:
    """A page of an enclosed PDF as a picture, with the deviating values marked."""
    found = _attachment(request, invoice_id, number, "document")
    width = request.GET.get("bredde", "900")
    pixels = int(width) if width.isdecimal() and len(width) < 5 else 900  # noqa: PLR2004 - pixels
    try:
        drawn = pdf_page(found.content, number=side, width=pixels, words=_deviating(invoice_id))
    except UnableToDrawPdfError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8", headers=_KEEP_OUT)
    if not drawn.picture:
        raise Http404("Siden findes ikke.")
    told = {"X-Pages": str(drawn.pages), "X-Marked": str(drawn.marked)}
    return HttpResponse(drawn.picture, content_type="image/png", headers={**_KEEP_OUT, **told})


def _deviating(invoice_id: UUID) -> tuple[str, ...]:
    """The values of the invoice that deviate, to be found in what came with it. Two queries."""
    case = invoice_case(invoice_id)
    marks = document_marks(case, findings_of_invoices([invoice_id]))
    invoice = read_einvoice(unseal(case.content, document_id=case.document_id)) if marks else None
    return marked_words(document_view(invoice, marks)) if invoice else ()


def _attachment(request: HttpRequest, invoice_id: UUID, number: int, what: str) -> Attachment:
    _, data = _open(request, invoice_id, what)
    held = read_einvoice(data).attachments
    if not 1 <= number <= len(held):
        _gone()
    return held[number - 1]


def _to_invoice(request: HttpRequest, invoice_id: UUID) -> HttpResponseRedirect:
    """The invoice, in the list that it was opened from."""
    words = request.GET.urlencode()
    return HttpResponseRedirect(reverse("invoice", args=[invoice_id]) + (f"?{words}" if words else ""))


def _open(request: HttpRequest, invoice_id: UUID, what: str) -> tuple[str, bytes]:
    return _look(request, invoice_id, what, reason_for(request, invoice_id) or Reason.CONTROL)


def _look(request: HttpRequest, invoice_id: UUID, what: str, reason: Reason) -> tuple[str, bytes]:
    try:
        filename, data = opened(invoice_id=invoice_id, page=request.path, reason=reason)
    except InvoiceNotVisibleError:
        _gone()
    note_look(invoice_id=invoice_id, what=what, actor_id=actor_of(request), now=clock.now())
    return filename, data


def _gone() -> NoReturn:
    raise Http404("Bilaget findes ikke, eller det ligger uden for dit område.")


def _file(data: bytes, kind: str, filename: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind, headers=_KEEP_OUT)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=masked(filename)) or "attachment"
    )
    return answer
