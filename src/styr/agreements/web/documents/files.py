"""A document's pages as pictures, and the file as it came. The browser itself opens nothing that came from outside."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.agreements import pictures
from styr.agreements.core.reading.document import UnreadableDocumentError
from styr.agreements.queries import DocumentNotVisibleError
from styr.invoices.core.masking import masked
from styr.ui.toasts import warn

_KEEP_OUT: Final = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
REASONS: Final = {
    "kontrakt": "gennemgang af kontrakten",
    "leverandoer": "henvendelse fra leverandøren",
    "borger": "henvendelse fra borgeren",
    "revision": "revision eller tilsyn",
}


@requires(Permission.SEE_CONTRACTS)
@require_safe
def page(request: HttpRequest, document_id: UUID, number: int) -> HttpResponse:
    """A page as a picture, its CPR numbers covered."""
    try:
        picture = pictures.page_picture(document_id=document_id, number=number, whole=False, page=request.path)
    except DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except UnreadableDocumentError as refused:
        return HttpResponse(str(refused), status=422, content_type="text/plain; charset=utf-8", headers=_KEEP_OUT)
    if not picture:
        raise Http404("Siden findes ikke.")
    return HttpResponse(picture, content_type="image/png", headers=_KEEP_OUT)


@requires(read=Permission.SEE_CONTRACTS, write=Permission.REVEAL_CPR)
@require_POST
def original(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The file as it came, for a reason that is logged; it may hold whole CPR numbers, and is never opened here."""
    reason = REASONS.get(request.POST.get("grund", ""))
    if reason is None or not may(request, Permission.REVEAL_CPR):
        warn(request, "Vælg, hvorfor du skal hente filen.")
        return redirect("agreement_document", document_id)
    try:
        name, data = pictures.original(document_id=document_id, page=request.path, purpose=f"Kontraktfil: {reason}")
    except DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    answer = HttpResponse(data, content_type="application/octet-stream", headers=_KEEP_OUT)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=masked(name)) or "attachment"
    )
    return answer
