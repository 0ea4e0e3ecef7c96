"""What people do with an invoice. Each posts, says what became of it with an undo, and goes on to the next."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.invoices.core.codes import Decided
from styr.invoices.holding import InvoiceChangedMeanwhileError
from styr.invoices.models import Decision
from styr.invoices.services import (
    Claim,
    LetterDraft,
    UnableToAnswerError,
    UnableToDecideInvoiceError,
    UnableToFollowUpError,
    UnableToSendLetterError,
    answer_question,
    approve_invoice,
    ask_about_invoice,
    reject_invoice,
    undo_decision,
    wait_for_credit_note,
)
from styr.invoices.web.listing import listing
from styr.invoices.web.people import actor_of
from styr.invoices.web.views import shown_invoice
from styr.kernel import clock
from styr.ui.fields import AmountField
from styr.ui.toasts import tell, tell_with_undo, warn

_BEYOND = 10**15
_KRONER = AmountField()
REFUSALS = (UnableToDecideInvoiceError, UnableToFollowUpError, UnableToSendLetterError, UnableToAnswerError)


@require_POST
@requires(Permission.DECIDE_INVOICES)
@once
def approve(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """Approve, in spite of findings with a reason; the first of two where two are needed."""

    def act() -> Decision:
        claim = _claim(request) if request.POST.get("opfoelg") else None
        return approve_invoice(**_given(request, invoice_id), claim=claim)

    return _decided(request, invoice_id, act, "godkendt")


@require_POST
@requires(Permission.DECIDE_INVOICES)
@once
def reject(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """Reject, with a letter to the supplier and a follow-up."""
    return _decided(
        request,
        invoice_id,
        lambda: reject_invoice(**_given(request, invoice_id), claim=_claim(request), letter=_letter(request)),
        "afvist",
    )


@require_POST
@requires(Permission.DECIDE_INVOICES)
@once
def wait(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """Let it wait for its credit note."""
    return _decided(
        request,
        invoice_id,
        lambda: wait_for_credit_note(**_given(request, invoice_id), claim=_claim(request), letter=_letter(request)),
        "sat til at vente på kreditnota",
    )


@require_POST
@requires(Permission.DECIDE_INVOICES)
@once
def ask(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    """Send it to those who know, with a question."""
    role = request.POST.get("til", "")
    given = _given(request, invoice_id)
    given.pop("reason")
    if role not in set(Role):
        warn(request, "Vælg, hvem der skal svare.")
        return _back(request, invoice_id)
    return _decided(
        request,
        invoice_id,
        lambda: ask_about_invoice(
            **given, to_role=Role(role), text=request.POST.get("spoergsmaal", ""), due_on=_due(request)
        ),
        "sendt til afklaring",
    )


@require_POST
@requires(Permission.ANSWER_QUESTIONS)
@once
def answer(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Answer a question; the invoice goes back to whoever asked."""
    try:
        invoice_id = answer_question(
            question_id=question_id, answer=request.POST.get("svar", ""), actor_id=actor_of(request), now=clock.now()
        )
    except UnableToAnswerError as error:
        warn(request, str(error))
        return HttpResponseRedirect(_safe(request, request.POST.get("tilbage", "")) or reverse("invoices"))
    tell(request, "Svaret er gemt, og fakturaen er sendt tilbage til afgørelse.")
    return HttpResponseRedirect(reverse("invoice", args=[invoice_id]) + _query(request))


@require_POST
@requires(Permission.DECIDE_INVOICES)
def undo(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision back; a second press finds nothing to take back."""
    try:
        taken = undo_decision(
            decision_id=decision_id,
            actor_id=actor_of(request),
            now=clock.now(),
            reason=request.POST.get("begrundelse", ""),
        )
    except UnableToDecideInvoiceError as error:
        warn(request, str(error))
        found = Decision.objects.filter(id=decision_id).values_list("invoice_id", flat=True).first()
        return HttpResponseRedirect(
            (reverse("invoice", args=[found]) if found else reverse("invoices")) + _query(request)
        )
    tell(request, "Afgørelsen er fortrudt. Fakturaen er, som den var.")
    return HttpResponseRedirect(reverse("invoice", args=[taken.invoice_id]) + _query(request))


def _decided(request: HttpRequest, invoice_id: UUID, act: Callable[[], Decision], done: str) -> HttpResponse:
    following = listing(request).beside(invoice_id)
    try:
        decision = act()
    except InvoiceChangedMeanwhileError:
        wrote = [request.POST.get(name, "").strip() for name in ("begrundelse", "spoergsmaal", "tekst")]
        return shown_invoice(request, invoice_id, written="\n\n".join(words for words in wrote if words))
    except REFUSALS as error:
        warn(request, str(error))
        return _back(request, invoice_id)
    number = decision.invoice.number or "uden nummer"
    if decision.outcome == Decided.FIRST:
        done = "godkendt af dig og venter på en anden godkender"
    tell_with_undo(
        request, f"Faktura {number} er {done}.", undo=reverse("invoice_undo", args=[decision.id]) + _query(request)
    )
    address = reverse("invoice", args=[following]) if following else reverse("invoices")
    return HttpResponseRedirect(address + _query(request))


def _back(request: HttpRequest, invoice_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("invoice", args=[invoice_id]) + _query(request))


def _query(request: HttpRequest) -> str:
    words = request.GET.urlencode()
    return f"?{words}" if words else ""


def _safe(request: HttpRequest, address: str) -> str:
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else ""


def _given(request: HttpRequest, invoice_id: UUID) -> dict[str, Any]:
    return {
        "invoice_id": invoice_id,
        "reason": request.POST.get("begrundelse", ""),
        "actor_id": actor_of(request),
        "seen": request.POST.get("set", ""),
        "now": clock.now(),
    }


def _claim(request: HttpRequest) -> Claim:
    return Claim(
        amount_ore=ore_of(request.POST.get("kraeves", "0")),
        cause=request.POST.get("aarsag", ""),
        due_on=_due(request),
        exception_code=request.POST.get("kode", "")[:30],
    )


def _letter(request: HttpRequest) -> LetterDraft | None:
    if not request.POST.get("brev"):
        return None
    return LetterDraft(
        subject=request.POST.get("emne", ""),
        body=request.POST.get("tekst", ""),
        recipient=request.POST.get("modtager", ""),
        exception_code=request.POST.get("kode", "")[:30],
    )


def _due(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.POST.get("frist", ""))
    except ValueError:
        raise UnableToFollowUpError("Skriv fristen som en dato.") from None


def ore_of(words: str) -> int:
    """Kroner as people write them ("6.362,50"), in øre.

    Raises:
        UnableToFollowUpError: it is no amount, or one that may mean two ("12.50").
    """
    try:
        ore = _KRONER.to_python(words.replace("\xa0", " ").strip()) * 100
    except (ValidationError, TypeError):
        ore = Decimal("NaN")
    if not ore.is_finite() or ore != ore.to_integral_value() or abs(ore) >= _BEYOND:
        raise UnableToFollowUpError("Beløbet skal skrives som kroner, for eksempel 6.362,50.")
    return int(ore)
