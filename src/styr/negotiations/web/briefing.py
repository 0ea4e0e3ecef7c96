"""The negotiation brief, in one click: Word or PDF."""

from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.negotiations import reading
from styr.negotiations.briefing import as_pdf, as_word, gather
from styr.negotiations.cases import NegotiationNotThereError

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@requires(Permission.NEGOTIATE)
@require_safe
def brief(request: HttpRequest, negotiation_id: UUID, what: str) -> HttpResponse:
    """The brief as a file (`word` or `pdf`)."""
    if what not in {"word", "pdf"}:
        raise Http404("Den fil findes ikke.")
    today = clock.today()
    try:
        card = reading.negotiation(negotiation_id, actor_id=person_of(request).id, today=today)
    except NegotiationNotThereError as missing:
        raise Http404(str(missing)) from missing
    gathered = gather(card, today=today)
    if what == "pdf":
        content, kind, ending = as_pdf(gathered), "application/pdf", "pdf"
    else:
        content, kind, ending = as_word(gathered), _WORD, "docx"
    headers = {"Content-Disposition": f'attachment; filename="forhandlingsoplaeg-{card.line.grant_number}.{ending}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
