"""What goes with a negotiation: letters, meetings and the supplement that the agreement is written in."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.negotiations import letters, meeting, texting
from styr.negotiations.cases import NegotiationNotThereError, UnableToNegotiateError
from styr.negotiations.web.cases import card_or_404
from styr.negotiations.web.forms import LetterForm, MeetingForm, SentForm
from styr.negotiations.web.who import actor_of
from styr.ui.toasts import tell, warn


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def letter_new(request: HttpRequest, negotiation_id: UUID, code: str) -> HttpResponse:
    """Write a letter, begun from a template (`code`) with what the case knows."""
    card = card_or_404(request, negotiation_id)
    try:
        proposed = letters.proposed_letter(card, code=code, today=clock.today())
    except UnableToNegotiateError as missing:
        raise Http404(str(missing)) from missing
    form = LetterForm(request.POST or None, initial={"subject": proposed.subject, "text": proposed.text})
    if request.method == "POST" and form.is_valid():
        try:
            made = letters.keep_letter(
                negotiation_id=negotiation_id, code=code, draft=_draft(form), actor=actor_of(request)
            )
        except UnableToNegotiateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Brevet er gemt.")
            return redirect("negotiation_letter", negotiation_id, made)
    return render(request, "negotiations/letter_new.html", {"section": "results", "form": form, "card": card})


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
@held_row("negotiations.CaseLetter", id="letter_id")
def letter(request: HttpRequest, negotiation_id: UUID, letter_id: UUID) -> HttpResponse:
    """One letter: read, mended until it is sent; a POST keeps what was mended."""
    card = card_or_404(request, negotiation_id)
    line, draft = _letter(negotiation_id, letter_id)
    form = LetterForm(request.POST or None, initial={"subject": draft.subject, "text": draft.text})
    if request.method == "POST" and form.is_valid():
        try:
            letters.keep_letter(
                negotiation_id=negotiation_id, code=line.template, draft=_draft(form), actor=actor_of(request),
                letter_id=letter_id,
            )  # fmt: skip
        except UnableToNegotiateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Brevet er gemt.")
            return redirect("negotiation_letter", negotiation_id, letter_id)
    context = {
        "section": "results", "form": form, "card": card, "letter": line, "draft": draft,
        "sent_form": SentForm(initial={"sent_on": clock.today()}),
    }  # fmt: skip
    return render(request, "negotiations/letter.html", context)


@requires(Permission.NEGOTIATE)
@require_POST
@once
def letter_sent(request: HttpRequest, negotiation_id: UUID, letter_id: UUID) -> HttpResponse:
    """Note that a letter went out."""
    _letter(negotiation_id, letter_id)
    form = SentForm(request.POST)
    if not form.is_valid():
        warn(request, "Skriv, hvem brevet er sendt til, og hvornår.")
        return redirect("negotiation_letter", negotiation_id, letter_id)
    said = form.cleaned_data
    try:
        letters.note_sent(
            negotiation_id=negotiation_id, letter_id=letter_id, sent_to=said["sent_to"], sent_on=said["sent_on"],
            actor=actor_of(request),
        )  # fmt: skip
    except UnableToNegotiateError as refused:
        warn(request, str(refused))
    else:
        tell(request, "Brevet er noteret som sendt og kan ikke længere ændres.")
    return redirect("negotiation_letter", negotiation_id, letter_id)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def meeting_new(request: HttpRequest, negotiation_id: UUID) -> HttpResponse:
    """Call a meeting about the negotiation; the agenda is proposed from the arguments."""
    card = card_or_404(request, negotiation_id)
    initial = {"agenda": meeting.proposed_agenda(card), "held_on": clock.today()}
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = meeting.call_meeting(negotiation_id=negotiation_id, actor=actor_of(request), **form.cleaned_data)
        except UnableToNegotiateError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Mødet er indkaldt. Referat og aftaler skrives her.")
            return redirect("meeting", made)
    return render(request, "negotiations/meeting_new.html", {"section": "results", "form": form, "card": card})


@requires(Permission.NEGOTIATE)
@require_POST
@once
def supplement(request: HttpRequest, negotiation_id: UUID) -> HttpResponse:
    """Draft a supplement with what was agreed."""
    card_or_404(request, negotiation_id)
    try:
        made = texting.draft_supplement(negotiation_id=negotiation_id, page=request.path, actor=actor_of(request))
    except UnableToNegotiateError as refused:
        warn(request, str(refused))
        return redirect("negotiation", negotiation_id)
    tell(request, "Tillægget er skrevet. Prisen ændres, når det er godkendt og underskrevet.")
    return redirect("draft", made)


@requires(Permission.NEGOTIATE)
@require_safe
def letter_file(request: HttpRequest, negotiation_id: UUID, letter_id: UUID) -> HttpResponse:
    """The letter as a Word file, to be sent by hand."""
    card = card_or_404(request, negotiation_id)
    _, draft = _letter(negotiation_id, letter_id)
    answer = HttpResponse(
        letters.as_word(draft),
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )
    answer["Content-Disposition"] = f'attachment; filename="brev-{card.line.grant_number}.docx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _letter(negotiation_id: UUID, letter_id: UUID) -> tuple[letters.LetterLine, letters.LetterDraft]:
    try:
        return letters.letter_of(negotiation_id, letter_id)
    except NegotiationNotThereError as missing:
        raise Http404("Brevet findes ikke, eller du har ikke adgang til det.") from missing


def _draft(form: LetterForm) -> letters.LetterDraft:
    return letters.LetterDraft(form.cleaned_data["subject"], form.cleaned_data["text"])
