"""Contract documents: the list, handing one in, and one beside what was read in it."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.agreements import queries, services
from styr.agreements.assuring import mark_of
from styr.agreements.core.codes import ClauseState, DocumentState, FieldState
from styr.agreements.core.review.language import NAMES as LANGUAGES
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.queries import DocumentFilter, DocumentLine
from styr.agreements.web.documents.files import REASONS
from styr.agreements.web.documents.forms import HandInForm
from styr.agreements.web.documents.lists import DOCUMENTS, DocumentFilterForm
from styr.agreements.web.documents.showing import current_field, field_after, shown_page
from styr.contracts import queries as contracts
from styr.kernel import clock
from styr.kernel.refusal import NotThere, Refusal
from styr.people import queries as people
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, warn


@requires(Permission.SEE_CONTRACTS)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """Every document within one's units, the latest first."""

    def fetch(wanted: DocumentFilter, sort: Sort, page: int, size: int) -> ListPage[DocumentLine]:
        rows, total = queries.document_page(wanted, sort=sort.by, falling=sort.falling, page=page, size=size)
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    action = {"address": reverse("agreement_document_new"), "text": "Indlæs en kontrakt", "icon": "upload"}
    context = {"section": "contracts", "may_edit": may(request, Permission.EDIT_CONTRACTS), "empty_action": action}
    return list_response(
        request, DOCUMENTS, fetch, DocumentFilterForm(request.GET), context, template="agreements/documents.html"
    )


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
def hand_in(request: HttpRequest) -> HttpResponse:
    """Hand a contract's file in; `?kontrakt=` names the contract that it belongs to."""
    asked = {"contract": request.GET.get("kontrakt"), "collection": request.GET.get("sag")}
    form = HandInForm(request.POST or None, request.FILES or None, initial=asked)
    contract = _contract_asked_for(request)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        assert isinstance(sent, UploadedFile)  # noqa: S101 - what a file field gives
        try:
            document_id = services.take_document(
                municipality_id=person_of(request).municipality_id,
                file=services.HandedIn(sent.name or "", sent.read()),
                contract_id=form.cleaned_data["contract"],
                actor_id=person_of(request).id,
                now=clock.now(),
                collection_id=form.cleaned_data["collection"],
            )
        except NotThere as missing:
            raise Http404(str(missing)) from missing
        except Refusal as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("agreement_document", document_id)
    context = {"section": "contracts", "form": form, "contract": contract}
    return render(request, "agreements/hand_in.html", context)


def _contract_asked_for(request: HttpRequest) -> contracts.ContractCard | None:
    asked = request.POST.get("contract") or request.GET.get("kontrakt") or ""
    if not asked:
        return None
    try:
        return contracts.contract_card(UUID(asked))
    except (ValueError, contracts.ContractNotVisibleError):
        raise Http404("Kontrakten findes ikke, eller du har ikke adgang til den.") from None


@requires(Permission.SEE_CONTRACTS)
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One document: what was read and judged on the left, its page with what was found there on the right.

    While scanned pages are being read, htmx asks for how far it is.
    """
    card = _card(document_id)
    if request.headers.get("HX-Request") and card.state is DocumentState.READING:
        return render(request, "agreements/reading.html", {"card": card})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "agreements/document.html", _context(request, card))


def _context(request: HttpRequest, card: queries.DocumentCard) -> dict[str, Any]:
    citizen = None
    if card.citizen_id is not None:
        shown = people.citizen_lines(
            citizen_ids=[card.citizen_id], page=request.path, purpose="kontraktdokument", today=clock.today()
        )
        citizen = shown.get(card.citizen_id)
    current = current_field(card, request.GET.get("felt", ""))
    undecided = sum(one.state is FieldState.PROPOSED for one in card.fields)
    open_clauses = [one for one in card.clauses if one.verdict is not Verdict.OK and one.state is ClauseState.OPEN]
    return {
        "section": "contracts",
        "card": card,
        "citizen": citizen,
        "may_edit": may(request, Permission.EDIT_CONTRACTS),
        "current": current,
        "after": field_after(card, current),
        "page": shown_page(
            card, asked=request.GET.get("side", ""), current=current, as_text=request.GET.get("vis") == "tekst"
        ),
        "undecided": undecided,
        "done": not undecided and not open_clauses,
        "red": [one for one in card.clauses if one.verdict is Verdict.RED],
        "missing": [one for one in card.clauses if one.verdict is Verdict.MISSING],
        "fine": [one for one in card.clauses if one.verdict is Verdict.OK],
        "cost_ore": sum(one.cost.ore or 0 for one in card.clauses if one.cost),
        "language": LANGUAGES.get(card.language, "et andet sprog"),
        "reasons": REASONS,
        "mark": None if card.contract_id is None else mark_of(card.contract_id),
    }


def _card(document_id: UUID) -> queries.DocumentCard:
    try:
        return queries.document_card(document_id)
    except queries.DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def decide_field(request: HttpRequest, field_id: UUID) -> HttpResponse:
    """Confirm, correct or drop a proposed fact, and go back to the document."""
    try:
        state = FieldState(request.POST.get("state", ""))
        document_id = services.decide_field(
            field_id=field_id,
            state=state,
            value=request.POST.get("value", ""),
            actor_id=person_of(request).id,
            now=clock.now(),
        )
    except queries.DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except ValueError:
        raise Http404("Den handling findes ikke.") from None
    except services.UnableToDecideError as refused:
        warn(request, str(refused))
        return redirect("agreement_document", refused.document_id)
    return redirect("agreement_document", document_id)


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def judge_clause(request: HttpRequest, clause_id: UUID) -> HttpResponse:
    """Say what is to be done about a clause, and go back to the document."""
    try:
        document_id = services.judge_clause(
            clause_id=clause_id,
            state=ClauseState(request.POST.get("state", "")),
            note=request.POST.get("note", ""),
            actor_id=person_of(request).id,
            now=clock.now(),
        )
    except queries.DocumentNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except ValueError:
        raise Http404("Den handling findes ikke.") from None
    except services.UnableToDecideError as refused:
        warn(request, str(refused))
        return redirect("agreement_document", refused.document_id)
    tell(request, "Din vurdering er gemt.")
    return redirect("agreement_document", document_id)
