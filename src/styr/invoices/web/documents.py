"""The document itself: the file as it came, what it holds, and the pages of its PDFs as pictures. All is noted."""

from typing import NoReturn
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.invoices.case import InvoiceNotVisibleError
from styr.invoices.core.einvoice.model import Attachment
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.masking import masked
from styr.invoices.core.pdf_pages import UnableToDrawPdfError, looks_like_pdf, pdf_page
from styr.invoices.looking import note_look
from styr.invoices.opening import opened
from styr.invoices.web.people import actor_of
from styr.kernel import clock

_KEEP_OUT = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@require_safe
@requires(Permission.SEE_INVOICES)
def original(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """The XML file as it came."""
    filename, data = _open(request, invoice_id, "original")
    return _file(data, "application/xml", filename)


@require_safe
@requires(Permission.SEE_INVOICES)
def enclosed(request: HttpRequest, invoice_id: UUID, number: int) -> HttpResponse:
    """A file that came inside the invoice; never shown by the browser itself."""
    found = _attachment(request, invoice_id, number, "file")
    kind = "application/pdf" if looks_like_pdf(found.content) else "application/octet-stream"
    return _file(found.content, kind, masked(found.filename))


@require_safe
@requires(Permission.SEE_INVOICES)
def page(request: HttpRequest, invoice_id: UUID, number: int, side: int) -> HttpResponse:
    """A page of an enclosed PDF as a picture."""
    found = _attachment(request, invoice_id, number, "document")
    width = request.GET.get("bredde", "900")
    try:
        drawn = pdf_page(found.content, number=side, width=int(width) if width.isdecimal() and len(width) < 5 else 900)  # noqa: PLR2004 - pixels
    except UnableToDrawPdfError as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8", headers=_KEEP_OUT)
    if not drawn.picture:
        raise Http404("Siden findes ikke.")
    return HttpResponse(drawn.picture, content_type="image/png", headers={**_KEEP_OUT, "X-Pages": str(drawn.pages)})


def _attachment(request: HttpRequest, invoice_id: UUID, number: int, what: str) -> Attachment:
    _, data = _open(request, invoice_id, what)
    held = read_einvoice(data).attachments
    if not 1 <= number <= len(held):
        _gone()
    return held[number - 1]


def _open(request: HttpRequest, invoice_id: UUID, what: str) -> tuple[str, bytes]:
    try:
        filename, data = opened(invoice_id=invoice_id, page=request.path, purpose="Bilag til faktura")
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
