"""Drafts: the list, one with its next step, and one version beside the one before."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.drafting import queries
from styr.drafting.approving import APPROVALS, year_of
from styr.drafting.core.codes import DraftState, Making, StepKind
from styr.drafting.core.compare import changes_in, compare
from styr.drafting.quality import evidence_of, known_of
from styr.drafting.queries import DraftCard, DraftFilter, DraftLine
from styr.drafting.reading import Read, read_of
from styr.drafting.reference.load import checklist
from styr.drafting.steps import DraftNotVisibleError
from styr.drafting.web.drafts.files import card_or_404
from styr.drafting.web.drafts.lists import DRAFTS, TONES, DraftFilterForm
from styr.grants import queries as grants
from styr.invoices.core.masking import masked
from styr.kernel import clock
from styr.people import queries as people
from styr.ui.lists import ListPage, Sort, list_response

_ANSWERABLE: Final = (DraftState.WORK, DraftState.APPROVAL, DraftState.APPROVED)
_PURPOSE: Final = "kontraktudkast"


@requires(Permission.SEE_CONTRACTS)
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Every draft within one's units; those under way unless others are asked for."""

    def fetch(wanted: DraftFilter, sort: Sort, page: int, size: int) -> ListPage[DraftLine]:
        rows, total = queries.draft_page(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    context: dict[str, Any] = {"section": "contracts"}
    if may(request, Permission.EDIT_CONTRACTS):
        context["empty_action"] = {"address": reverse("draft_new"), "text": "Nyt udkast", "icon": "plus"}
    form = DraftFilterForm(request.GET)
    return list_response(request, DRAFTS, fetch, form, context, template="drafting/drafts.html")


@requires(Permission.SEE_CONTRACTS)
@require_safe
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One draft: its next step, its deviations, the checklist, its versions and its log."""
    return render(request, "drafting/draft.html", page_context(request, draft_id))


def page_context(request: HttpRequest, draft_id: UUID) -> dict[str, Any]:
    """What the page about a draft is drawn from; 404 where there is none for the caller."""
    card = card_or_404(draft_id)
    found = read_of(queries.version_of(draft_id, card.newest.number))
    grant = None if card.grant_id is None else grants.grant_card(card.grant_id)
    return {
        "section": "contracts",
        "card": card,
        "state_tone": TONES[card.state],
        "citizen": _citizen(request, card),
        "grant": grant,
        "deviations": found.deviations,
        "year_ore": year_of(card.contract),
        "amount_waits": StepKind.APPROVED_AMOUNT not in given_since_submitted(card),
        "terms_wait": bool(found.deviations) and StepKind.APPROVED_TERMS not in given_since_submitted(card),
        "items": _items(card, found, grant),
        "answerable": card.state in _ANSWERABLE,
        "unanswered": sum(item.code not in card.answers for item in checklist().items),
        "may_edit": may(request, Permission.EDIT_CONTRACTS),
        "may_approve": may(request, Permission.APPROVE_CONTRACTS),
        "may_decide": may(request, Permission.DECIDE_TERMS),
        "may_open": may(request, Permission.EDIT_CONTRACTS) or may(request, Permission.REVEAL_CPR),
        "waiting": card.newest.making is Making.WAITING,
    }


def given_since_submitted(card: DraftCard) -> frozenset[StepKind]:
    """The approvals given since the draft was last sent to be approved."""
    given: set[StepKind] = set()
    for step in card.steps:
        if step.kind is StepKind.SUBMITTED:
            break
        if step.kind in APPROVALS:
            given.add(step.kind)
    return frozenset(given)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def version(request: HttpRequest, draft_id: UUID, number: int) -> HttpResponse:
    """One version beside an earlier one (`?mod=`, the one before unless said otherwise), sentence by sentence."""
    card = card_or_404(draft_id)
    earlier = [one.number for one in card.versions if one.number < number]
    asked = request.GET.get("mod", "")
    against = int(asked) if asked.isdecimal() and int(asked) in earlier else max(earlier, default=None)
    try:
        found = read_of(queries.version_of(draft_id, number))
        before = None if against is None else read_of(queries.version_of(draft_id, against))
    except DraftNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    compared = compare(_shown(found if before is None else before), _shown(found))
    context = {
        "section": "contracts",
        "card": card,
        "version": next(one for one in card.versions if one.number == number),
        "citizen": _citizen(request, card),
        "earlier": earlier,
        "against": against,
        "compared": compared,
        "changes": changes_in(compared),
        "deviations": found.deviations,
    }
    return render(request, "drafting/version.html", context)


def _shown(found: Read) -> list[str]:
    return [masked(text) for text in found.texts()]


def _items(card: DraftCard, found: Read, grant: grants.GrantCard | None) -> list[tuple[Any, Any, Any]]:
    """(item, what the program can tell, the answer) of the checklist."""
    told = evidence_of(known_of(card.contract, grant, found))
    return [(item, told.get(item.evidence), card.answers.get(item.code)) for item in checklist().items]


def _citizen(request: HttpRequest, card: DraftCard) -> people.CitizenLine | None:
    citizen_id = card.contract.citizen_id
    if citizen_id is None:
        return None
    ids, today = [citizen_id], clock.today()
    return people.citizen_lines(citizen_ids=ids, page=request.path, purpose=_PURPOSE, today=today).get(citizen_id)
