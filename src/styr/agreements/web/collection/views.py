"""The pages of the collection drive: coverage and cases, one case with its letters and files."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.agreements import collecting, collection_queries
from styr.agreements.collection_queries import CaseCard, CaseFilter, CaseLine
from styr.agreements.core.codes import CollectionState, StepKind
from styr.agreements.core.collecting.letters import (
    ANSWER_WITHIN,
    LetterFacts,
    as_word,
    reminder_letter,
    request_letter,
)
from styr.agreements.coverage import Coverage, coverage
from styr.agreements.web.collection.lists import CASES, TONES, CaseFilterForm
from styr.kernel import clock
from styr.kernel.danish import MONTHS
from styr.kernel.refusal import Refusal
from styr.ui import charts
from styr.ui.fields import DayField
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell, warn

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class LetterForm(forms.Form):
    """A letter that was sent, and when it should be answered."""

    text = forms.CharField(
        label="Brevet", widget=forms.Textarea(attrs={"rows": 16}), max_length=collecting.LONGEST_TEXT
    )
    due_on = DayField(label="Svar senest")
    recipient = forms.EmailField(
        label="Send som mail til",
        required=False,
        max_length=200,
        help_text="Brevet nævner ingen borgere. Kommer der ikke svar, sendes op til to påmindelser automatisk. "
        "Uden mailadresse noteres brevet som sendt på anden måde.",
    )


@requires(Permission.SEE_CONTRACTS)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """How much of what is spent has a contract, month by month, and the cases."""
    today = clock.today()
    person = person_of(request)

    def fetch(wanted: CaseFilter, sort: Sort, page: int, size: int) -> ListPage[CaseLine]:
        lines = collection_queries.case_lines(wanted, person_id=person.id, today=today)
        number = min(page, max(1, -(-len(lines) // size)))
        rows = collection_queries.page_of(lines, sort=sort.by, falling=sort.falling, page=number, size=size)
        return ListPage.of(rows, page=number, size=size, total=len(lines))

    whole = coverage(today=today)
    context = {
        "section": "contracts",
        "may_edit": may(request, Permission.EDIT_CONTRACTS),
        "shares": [(title, whole.share(code)) for code, title in _SHARES],
        "chart": _chart(whole) if whole.months else "",
    }
    return list_response(
        request, CASES, fetch, CaseFilterForm(request.GET), context, template="agreements/collection.html"
    )


_SHARES = (
    ("registered", "Under registreret kontrakt"),
    ("signed", "Under underskrevet kontrakt"),
    ("assured", "Under kvalitetssikret kontrakt"),
)


def _chart(whole: Coverage) -> str:
    words = charts.Words(
        name="daekning",
        title="Faktureret under underskrevet kontrakt, måned for måned",
        description="Søjlen har en underskrevet kontrakt ved månedens slutning; stregen er alt, der er faktureret.",
    )
    bars = [
        charts.Month(
            f"{MONTHS[one.month.month - 1][:3]} {one.month:%y}", actual_ore=one.signed_ore, budget_ore=one.spent_ore
        )
        for one in whole.months
    ]
    return charts.bars_per_month(words, bars, measure="Alt faktureret")


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def open_cases(request: HttpRequest) -> HttpResponse:
    """Open a case for every supplier without a contract."""
    person = person_of(request)
    try:
        opened = collecting.open_cases(
            municipality_id=person.municipality_id, actor_id=person.id, today=clock.today(), now=clock.now()
        )
    except Refusal as refused:
        warn(request, str(refused))
    else:
        tell(request, f"{opened} sager er oprettet." if opened != 1 else "1 sag er oprettet.")
    return redirect("collection")


@requires(Permission.SEE_CONTRACTS)
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case: what is lacking, the next letter, the files that came, and what was done."""
    card = _card(case_id)
    today = clock.today()
    may_edit = may(request, Permission.EDIT_CONTRACTS) and card.state is not CollectionState.CLOSED
    due_on = today + ANSWER_WITHIN
    context = {
        "section": "contracts",
        "card": card,
        "tone": TONES[card.state],
        "may_edit": may_edit,
        "form": LetterForm(initial={"text": _letter(request, card), "due_on": due_on, "recipient": card.email})
        if may_edit
        else None,
        "first": card.state is CollectionState.OPEN,
        "colleagues": colleagues_who(Permission.EDIT_CONTRACTS, unit_id=None, on=today) if may_edit else (),
        "letters": {StepKind.ASKED, StepKind.REMINDED},
    }
    return render(request, "agreements/collection_case.html", context)


def _letter(request: HttpRequest, card: CaseCard) -> str:
    facts = LetterFacts(municipality_name(), card.supplier_name, card.cvr, card.grants, person_of(request).name)
    due_on = clock.today() + ANSWER_WITHIN
    if card.state is CollectionState.OPEN:
        return request_letter(facts, due_on=due_on)
    return reminder_letter(facts, asked_on=card.asked_on, due_on=due_on)


@requires(Permission.SEE_CONTRACTS)
@require_safe
def letter_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The next letter as a Word file, or with `?trin=` one that was sent."""
    card = _card(case_id)
    asked = request.GET.get("trin", "")
    sent = next((one.text for one in card.steps if str(one.id) == asked), None)
    answer = HttpResponse(as_word(sent or _letter(request, card)), content_type=_WORD)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"Brev til {card.supplier_name}.docx") or "attachment"
    )
    return answer


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def send(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note that the letter was sent."""
    form = LetterForm(request.POST)
    if not form.is_valid():
        warn(request, "Skriv brevet, en gyldig svarfrist og en rigtig mailadresse (eller ingen).")
        return redirect("collection_case", case_id)

    def work() -> None:
        collecting.letter_sent(
            case_id=case_id,
            text=form.cleaned_data["text"],
            due_on=form.cleaned_data["due_on"],
            actor_id=person_of(request).id,
            today=clock.today(),
            now=clock.now(),
            recipient=form.cleaned_data["recipient"],
        )

    told = "Brevet bliver sendt som mail." if form.cleaned_data["recipient"] else "Brevet er noteret som sendt."
    return _done(request, case_id, work, told)


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def note(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write a note, or close the case with the reason."""
    closing = request.POST.get("handling") == "afslut"
    act = collecting.close_case if closing else collecting.add_note

    def work() -> None:
        act(
            case_id=case_id,
            text=request.POST.get("text", ""),
            actor_id=person_of(request).id,
            today=clock.today(),
            now=clock.now(),
        )

    return _done(request, case_id, work, "Sagen er afsluttet." if closing else "Notatet er gemt.")


@requires(Permission.EDIT_CONTRACTS)
@require_POST
@once
def owner(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Give the case another owner."""
    able = {str(one.id): one for one in colleagues_who(Permission.EDIT_CONTRACTS, unit_id=None, on=clock.today())}
    chosen = able.get(request.POST.get("ansvarlig", ""))
    if chosen is None:
        warn(request, "Vælg en ansvarlig.")
        return redirect("collection_case", case_id)

    def work() -> None:
        collecting.give_owner(
            case_id=case_id,
            owner_id=chosen.id,
            owner_name=chosen.name,
            actor_id=person_of(request).id,
            today=clock.today(),
            now=clock.now(),
        )

    return _done(request, case_id, work, f"{chosen.name} er nu ansvarlig.")


def _card(case_id: UUID) -> CaseCard:
    try:
        return collection_queries.case_card(case_id, today=clock.today())
    except collecting.CaseNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _done(request: HttpRequest, case_id: UUID, work: Callable[[], None], told: str) -> HttpResponse:
    try:
        work()
    except collecting.CaseNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refused:
        warn(request, str(refused))
    else:
        tell(request, told)
    return redirect("collection_case", case_id)
