"""A draft's files: Word, PDF, redline, the signed contract. They name the citizen, so every look at one is logged."""

from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.drafting import queries, signing
from styr.drafting.queries import DraftCard
from styr.drafting.steps import DraftNotVisibleError, UnableToMoveDraftError
from styr.kernel import clock
from styr.people import queries as people

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF: Final = "application/pdf"
_TYPES: Final = {"docx": WORD, "pdf": PDF, "text": "text/plain; charset=utf-8"}
_COLUMNS: Final = {"hent": "content", "pdf": "pdf", "rettelser": "redline"}


def as_file(name: str, data: bytes, content_type: str) -> HttpResponse:
    """A file to be kept by whoever asked, and by nothing on the way."""
    answer = HttpResponse(data, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@requires(Permission.SEE_CONTRACTS)
@require_safe
def version_file(request: HttpRequest, draft_id: UUID, number: int, what: str) -> HttpResponse:
    """A version's own file (`hent`), its PDF (`pdf`), or Word's redline against the one before (`rettelser`)."""
    if what not in _COLUMNS:
        raise Http404("Den fil findes ikke.")
    card = card_or_404(draft_id)
    try:
        name, kind, data = queries.version_file(draft_id, number, _COLUMNS[what])
    except DraftNotVisibleError as missing:
        raise Http404("Filen er ikke dannet endnu.") from missing
    _let_in(request, card)
    stem = f"{card.contract.number}-udgave-{number}"
    match what:
        case "pdf":
            return as_file(f"{stem}.pdf", data, PDF)
        case "rettelser":
            return as_file(f"{stem}-rettelser.docx", data, WORD)
        case _:
            return as_file(name, data, _TYPES.get(kind, "application/octet-stream"))


@requires(Permission.SEE_CONTRACTS)
@require_safe
def signed(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The signed contract, held against its checksum first."""
    card = card_or_404(draft_id)
    try:
        name, data = signing.signed_bytes(draft_id)
    except UnableToMoveDraftError as refused:
        raise Http404(str(refused)) from refused
    _let_in(request, card)
    return as_file(name, data, PDF)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def being_made(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The part of the page that tells how far the newest version's files are; it asks again while they are made."""
    card = card_or_404(draft_id)
    return render(request, "drafting/being_made.html", {"card": card, "newest": queries.versions_of(draft_id)[0]})


def card_or_404(draft_id: UUID) -> DraftCard:
    """The draft, or 404 where there is none for the caller."""
    try:
        return queries.draft_card(draft_id)
    except DraftNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _let_in(request: HttpRequest, card: DraftCard) -> None:
    """The files hold a whole CPR number: for those who write contracts, and those who may reveal one. It is logged."""
    if not may(request, Permission.EDIT_CONTRACTS) and not may(request, Permission.REVEAL_CPR):
        raise PermissionDenied
    if card.contract.citizen_id is not None:
        ids = [card.contract.citizen_id]
        people.citizen_lines(citizen_ids=ids, page=request.path, purpose="kontraktudkast", today=clock.today())
