"""A letter to a supplier: read, mended, sent by mail, or fetched as text and sent by hand."""

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.controls.on_invoices import FoundOnInvoice
from styr.invoices.core.codes import QueryState
from styr.invoices.core.queries_to_supplier import Letter, drafted
from styr.invoices.models import SupplierQuery
from styr.invoices.services import LetterDraft, UnableToSendLetterError, change_letter, note_sent, send_letter
from styr.invoices.web.people import actor_of
from styr.kernel import clock
from styr.ui.toasts import tell, warn
from styr.ui.unchanged import MARK, mark_of

_CHANGED = (
    "En anden har rettet brevet, mens du havde det åbent, og dine rettelser er ikke gemt. Nu står der: »{text}«. "
    "Gem eller send igen, hvis dine rettelser skal gælde."
)


@requires(read=Permission.SEE_INVOICES, write=Permission.DECIDE_INVOICES)
@once
@held_row("invoices.SupplierQuery", id="letter_id")
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The letter as it would be sent, with what can be done with it."""
    found = _found(letter_id)
    if request.method == "POST":
        return _handled(request, found)
    state = QueryState(found.state)
    context = {"section": "invoices", "letter": found, "state": state, "draft": state is QueryState.DRAFT}
    return render(request, "invoices/letter.html", {**context, "seen": _mark(found)})


@require_safe
@requires(Permission.SEE_INVOICES)
def text(request: HttpRequest, letter_id: UUID) -> HttpResponse:  # noqa: ARG001 - every view has its request
    """The letter as a text file."""
    found = _found(letter_id)
    answer = HttpResponse(f"{found.subject}\n\n{found.body}\n", content_type="text/plain; charset=utf-8")
    name = f"brev-faktura-{found.invoice.number or found.invoice_id}.txt"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer


def first_letter(findings: Sequence[FoundOnInvoice]) -> Letter | None:
    """The query to the supplier that the first open finding with one drafts. One query where something is open."""
    open_ = [one for one in findings if one.open]
    sender = municipality_name() if open_ else ""
    letters = (drafted(one.view.code, one.evidence, sender=sender) for one in open_)
    return next((letter for letter in letters if letter is not None), None)


def _handled(request: HttpRequest, found: SupplierQuery) -> HttpResponse:
    done = {"gem": "Brevet er gemt.", "send": "Brevet sendes nu.", "noter": "Det er noteret, at brevet er sendt."}
    asked = request.POST.get("handling", "gem")
    draft = LetterDraft(
        subject=request.POST.get("emne", found.subject),
        body=request.POST.get("tekst", found.body),
        recipient=request.POST.get("modtager", found.recipient),
    )
    stands = _mark(found)
    if request.POST.get(MARK, stands) != stands:
        return _again(request, found, draft, _CHANGED.format(text=found.body))
    try:
        change_letter(letter_id=found.id, draft=draft, actor_id=actor_of(request), now=clock.now())
        if asked == "send":
            send_letter(letter_id=found.id, actor_id=actor_of(request), now=clock.now())
        elif asked == "noter":
            note_sent(letter_id=found.id, actor_id=actor_of(request), now=clock.now())
    except UnableToSendLetterError as error:
        return _again(request, found, draft, str(error))
    tell(request, done.get(asked, done["gem"]))
    back = reverse("letter", args=[found.id]) if asked == "gem" else reverse("invoice", args=[found.invoice_id])
    return HttpResponseRedirect(back)


def _again(request: HttpRequest, found: SupplierQuery, draft: LetterDraft, why: str) -> HttpResponse:
    """The letter as the person wrote it, which was not kept, and why."""
    warn(request, why)
    context = {"section": "invoices", "state": QueryState(found.state), "draft": True, "seen": _mark(found)}
    found.subject, found.body, found.recipient = draft.subject, draft.body, draft.recipient
    return render(request, "invoices/letter.html", {**context, "letter": found}, status=422)


def _mark(letter: SupplierQuery) -> str:
    return mark_of({"emne": letter.subject, "tekst": letter.body, "modtager": letter.recipient})


def _found(letter_id: UUID) -> SupplierQuery:
    found = SupplierQuery.objects.select_related("invoice", "sent_by").filter(id=letter_id).first()
    if found is None:
        raise Http404("Brevet findes ikke, eller det ligger uden for dit område.")
    return found
