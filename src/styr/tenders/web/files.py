"""The files of a tender: the price sheet, the papers as Word and PDF, and what bidders handed in once it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.crypto import unseal
from styr.access.queries import municipality_name
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.tenders import decision_papers, papers, queries
from styr.tenders.awarding import judged
from styr.tenders.bidding import bid_of, place_of, sheet_lots
from styr.tenders.core.codes import BidState, TenderState
from styr.tenders.core.price_sheet import price_sheet
from styr.tenders.printing import as_pdf, as_word
from styr.tenders.web.views import tender_or_404

if TYPE_CHECKING:
    from uuid import UUID

    from styr.tenders.core.paper import Paper
    from styr.tenders.models import Tender

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPENED: Final = (TenderState.OPENED, TenderState.AWARDED, TenderState.CONCLUDED)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def price_file(_request: HttpRequest, tender_id: UUID) -> HttpResponse:
    """The price sheet to be filled in."""
    tender = tender_or_404(tender_id)
    views = queries.lot_views(tender)
    lots = sheet_lots([one.lot for one in views], tender.elements)
    content = price_sheet(papers.full_title(tender), lots, {one.lot.number: one.routes for one in views})
    return _file(content, _XLSX, f"prisskema-U{tender.number}.xlsx")


@requires(Permission.SEE_TRANSPORT)
@require_safe
def paper_file(_request: HttpRequest, tender_id: UUID, name: str, kind: str) -> HttpResponse:
    """A paper as Word or PDF."""
    tender = tender_or_404(tender_id)
    paper = _paper(tender, name)
    return _printed(paper, kind, f"{name}-U{tender.number}")


@requires(Permission.EDIT_TRANSPORT)
@require_safe
def letter_file(_request: HttpRequest, tender_id: UUID, bid_id: UUID, kind: str) -> HttpResponse:
    """The letter to one bidder, once it is decided."""
    tender = tender_or_404(tender_id)
    decision = _decision(tender)
    bid = decision.bids.get(bid_id)
    if bid is None or tender.state not in {TenderState.AWARDED, TenderState.CONCLUDED}:
        raise Http404("Brevet dannes, når der er truffet beslutning.")
    paper = decision_papers.letter(tender, bid, decision, queries.awards_of(tender), _issued())
    return _printed(paper, kind, f"brev-U{tender.number}")


@requires(Permission.EDIT_TRANSPORT)
@require_safe
def attachment(_request: HttpRequest, tender_id: UUID, bid_id: UUID) -> HttpResponse:
    """A bidder's description of the service; not before the bids are opened."""
    tender = tender_or_404(tender_id)
    try:
        bid = bid_of(bid_id)
    except LookupError as missing:
        raise Http404(str(missing)) from missing
    if bid.tender_id != tender.id or bid.state == BidState.RECEIVED or not bid.attachment:
        raise Http404("Der er ingen beskrivelse, eller tilbuddet er ikke åbnet.")
    content = unseal(bid.attachment, place=place_of(bid.id, "attachment"))
    suffix = bid.attachment_name.rpartition(".")[2].lower()
    ending = suffix if suffix in {"pdf", "docx", "xlsx", "txt"} else "bin"
    return _file(content, "application/octet-stream", f"beskrivelse-U{tender.number}.{ending}")


def _paper(tender: Tender, name: str) -> Paper:
    criteria = list(tender.criteria.order_by("number"))
    match name:
        case "udbudsmateriale":
            found = list(tender.requirements.order_by("part", "code"))
            return papers.tender_documents(tender, queries.lot_views(tender), found, criteria, _issued())
        case "spoergsmaal-og-svar":
            return papers.answers_paper(tender, list(tender.questions.order_by("number")), _issued())
        case "indstilling" if tender.state in _OPENED:
            people = queries.people_of(tender)
            return decision_papers.decision_memo(tender, _decision(tender), people, criteria, _issued())
        case _:
            raise Http404("Papiret findes ikke, eller tilbuddene er ikke åbnet.")


def _decision(tender: Tender) -> decision_papers.Decision:
    bids = {bid.id: bid for bid in queries.bids_of(tender)}
    return decision_papers.Decision(judged(tender, list(bids.values())) if tender.state in _OPENED else [], bids)


def _issued() -> papers.Issued:
    return papers.Issued(municipality_name(), clock.today())


def _printed(paper: Paper, kind: str, name: str) -> HttpResponse:
    match kind:
        case "docx":
            return _file(as_word(paper), _DOCX, f"{name}.docx")
        case "pdf":
            return _file(as_pdf(paper), "application/pdf", f"{name}.pdf")
        case _:
            raise Http404("Papiret findes som Word og PDF.")


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
