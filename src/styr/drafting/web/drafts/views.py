"""Drafts: the list, one with its next step, and one version beside the one before."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.drafting import listing, queries
from styr.drafting.amending import Effect, effect_kept
from styr.drafting.approving import year_of
from styr.drafting.changing import changes_in as changes_of
from styr.drafting.core.changes import Changes
from styr.drafting.core.codes import CLOSED, DraftState, Making, StepKind
from styr.drafting.core.compare import changes_in, compare
from styr.drafting.evidence import evidence_of
from styr.drafting.listing import DraftFilter, DraftLine
from styr.drafting.queries import DraftCard, StepLine
from styr.drafting.reading import Read, read_of
from styr.drafting.reference.load import checklist
from styr.drafting.steps import DraftNotVisibleError
from styr.drafting.supplements import SUPPLEMENT
from styr.drafting.text_and_register import accepted, compared_with_register
from styr.drafting.unchanged import APPROVALS
from styr.drafting.web.drafts.files import card_or_404
from styr.drafting.web.drafts.lists import DRAFTS, TONES, DraftFilterForm
from styr.drafting.written import written_of
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
        rows, total = listing.draft_page(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    context: dict[str, Any] = {"section": "contracts"}
    if may(request, Permission.EDIT_CONTRACTS):
        context["empty_action"] = {"address": reverse("draft_new"), "text": "Nyt udkast", "icon": "plus"}
    form = DraftFilterForm(request.GET)
    return list_response(request, DRAFTS, fetch, form, context, template="drafting/drafts.html")


@requires(Permission.SEE_CONTRACTS)
@require_safe
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """One draft: its next step, its deviations, its versions and its log."""
    card = card_or_404(draft_id)
    found = read_of(queries.version_of(draft_id, card.latest))
    versions, steps = queries.versions_of(draft_id), queries.steps_of(draft_id)
    given = given_since_submitted(steps)
    changes, effect = _supplement(card)
    context = {
        **_shared(request, card, "udkast"),
        "newest": versions[0],
        "versions": versions,
        "steps": steps,
        "deviations": found.deviations,
        "year_ore": year_of(card.contract.id, changes),
        "changes": changes,
        "effect": effect,
        "amount_waits": StepKind.APPROVED_AMOUNT not in given,
        "terms_wait": bool(found.deviations) and StepKind.APPROVED_TERMS not in given,
        "may_approve": may(request, Permission.APPROVE_CONTRACTS),
        "may_decide": may(request, Permission.DECIDE_TERMS),
        "waiting": versions[0].making is Making.WAITING,
    }
    return render(request, "drafting/draft.html", context)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def assurance(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The checklist of a draft's newest version: what was answered, and what the program can tell."""
    card = card_or_404(draft_id)
    found = read_of(queries.version_of(draft_id, card.latest))
    changes, _effect = _supplement(card)
    compared = None
    if card.state not in CLOSED:
        compared = compared_with_register(found.texts(), contract_id=card.contract.id, changes=changes)
    differ = () if compared is None else compared.differences
    told = evidence_of(card, found, compared)
    answers = queries.answers_of(draft_id)
    context = {
        **_shared(request, card, "kvalitet"),
        "items": [(item, told.get(item.evidence), answers.get(item.code)) for item in checklist().items],
        "answerable": card.state in _ANSWERABLE,
        "differ": differ,
        "differ_accepted": bool(differ) and accepted(draft_id, differ),
        "supplement": changes is not None,
        "may_decide": may(request, Permission.DECIDE_TERMS),
    }
    return render(request, "drafting/assurance.html", context)


def _shared(request: HttpRequest, card: DraftCard, tab: str) -> dict[str, Any]:
    """What both pages about a draft are drawn from."""
    items = len(checklist().items)
    return {
        "section": "contracts",
        "card": card,
        "tab": tab,
        "state_tone": TONES[card.state],
        "citizen": _citizen(request, card),
        "unanswered": items - card.answered,
        "item_count": items,
        "may_edit": may(request, Permission.EDIT_CONTRACTS),
        "may_open": may(request, Permission.EDIT_CONTRACTS) or may(request, Permission.REVEAL_CPR),
    }


def given_since_submitted(steps: Sequence[StepLine]) -> frozenset[StepKind]:
    """The approvals given since the draft was last sent to be approved; the latest step first."""
    since = takewhile(lambda step: step.kind is not StepKind.SUBMITTED, steps)
    return frozenset(step.kind for step in since if step.kind in APPROVALS)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def version(request: HttpRequest, draft_id: UUID, number: int) -> HttpResponse:
    """One version beside an earlier one (`?mod=`, the one before unless said otherwise), sentence by sentence."""
    card = card_or_404(draft_id)
    versions = queries.versions_of(draft_id)
    earlier = [one.number for one in versions if one.number < number]
    asked = request.GET.get("mod", "")
    against = int(asked) if asked.isdecimal() and int(asked) in earlier else max(earlier, default=None)
    try:
        found = read_of(queries.version_of(draft_id, number))
    except DraftNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    before = found if against is None else read_of(queries.version_of(draft_id, against))
    compared = compare(_shown(before), _shown(found))
    context = {
        "section": "contracts",
        "card": card,
        "version": next(one for one in versions if one.number == number),
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


def _citizen(request: HttpRequest, card: DraftCard) -> people.CitizenLine | None:
    citizen_id = card.contract.citizen_id
    if citizen_id is None:
        return None
    ids, today = [citizen_id], clock.today()
    return people.citizen_lines(citizen_ids=ids, page=request.path, purpose=_PURPOSE, today=today).get(citizen_id)


def _supplement(card: DraftCard) -> tuple[Changes | None, Effect | None]:
    """What a supplement changes and what that costs; one query, and nothing of other drafts."""
    if card.template.code != SUPPLEMENT:
        return None, None
    written = written_of(queries.facts_of(card.id), card.id)
    return changes_of(written), effect_kept(written.effect)
