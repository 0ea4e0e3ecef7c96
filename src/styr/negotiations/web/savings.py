"""The pages of the savings ledger."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.contracts.queries import service_names
from styr.kernel import clock
from styr.kernel.danish import danish_number
from styr.kernel.period import Period
from styr.kernel.units import Unit
from styr.negotiations import past, queries, saving
from styr.negotiations.details import saving_details
from styr.negotiations.places import GrantPlace, lines_of
from styr.negotiations.web.forms import PastForm, SavingForm
from styr.negotiations.web.who import actor_of, ask_for_grant, asked_grant
from styr.ui.fields import DayField
from styr.ui.toasts import tell, warn

_YEARS = range(2000, 2100)
TONES: Final = {"expected": "quiet", "agreed": "info", "realised": "good", "dropped": "quiet"}
_NARROWED: Final[dict[str, tuple[str, Callable[[queries.SavingLine, int], bool]]]] = {
    "realiseret": ("dem, som årets fakturaer viser", lambda one, year: bool(one.realised_in(year))),
    "laekker": ("dem, der er faktureret over den aftalte pris", lambda one, year: bool(one.leaked_in(year))),
}


@requires(Permission.SEE_RESULTS)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The savings, with what they bring in a year (`?aar=`) and what invoices show; `?vis=` narrows to some of them."""
    today = clock.today()
    said = request.GET.get("aar", "")
    year = int(said) if said.isdecimal() and int(said) in _YEARS else today.year
    lines = queries.savings_of(year=year)
    summary = queries.summed(lines, year=year, today=today)
    only, shown = _NARROWED.get(request.GET.get("vis", ""), ("", lambda _one, _year: True))
    context = {
        "section": "results",
        "year": year,
        "years": [year - 1, year, year + 1],
        "rows": [
            (one, TONES[one.status], one.realised_in(year)) for one in lines if one.meets(year) and shown(one, year)
        ],
        "only": only,
        "summary": summary,
        "today": today,
    }
    return render(request, "negotiations/savings.html", context)


@requires(Permission.SEE_RESULTS)
@require_safe
def one(request: HttpRequest, saving_id: UUID) -> HttpResponse:
    """One saving: its prices, its evidence, and the invoices of each year against it."""
    today = clock.today()
    found = queries.savings_of(year=today.year, saving_id=saving_id)
    if not found:
        raise Http404(str(saving.SavingNotThereError()))
    details = saving_details(saving_id)
    context = {
        "section": "results",
        "one": found[0],
        "row": details,
        "tone": TONES[found[0].status],
        "unit": Unit(details.unit).danish if details.unit else "",
        "today": today,
    }
    return render(request, "negotiations/saving.html", context)


@requires(Permission.NEGOTIATE)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """Register a saving on a grant (`?bevilling=`)."""
    if "bevilling" not in request.GET:
        return ask_for_grant(request)
    grant, today = asked_grant(request), clock.today()
    form = SavingForm(request.POST or None, lines=line_choices(grant, today), initial={"starts": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = saving.register_saving(wanted=form.wanted(grant.id), actor=actor_of(request))
        except saving.UnableToSaveError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Besparelsen er registreret som forventet.")
            return redirect("saving", made)
    return render(request, "negotiations/saving_new.html", {"section": "results", "form": form, "grant": grant})


@requires(Permission.NEGOTIATE)
@require_POST
@once
def verify(request: HttpRequest) -> HttpResponse:
    """Hold all agreed savings against what is invoiced, now."""
    changed = saving.verify_savings(today=clock.today())
    word = "besparelse" if changed == 1 else "besparelser"
    tell(request, f"Efterprøvet mod fakturaerne: {changed} {word} har ny status eller nyt beløb.")
    return redirect("savings")


@requires(Permission.NEGOTIATE)
@require_POST
@once
def act(request: HttpRequest, saving_id: UUID, name: str) -> HttpResponse:
    """Agree, give up or end a saving; go back to it."""
    does = _ACTS.get(name)
    if does is None:
        raise Http404("Den handling findes ikke.")
    try:
        tell(request, does(request, saving_id))
    except saving.SavingNotThereError as missing:
        raise Http404(str(missing)) from missing
    except saving.UnableToSaveError as refused:
        warn(request, str(refused))
    return redirect("saving", saving_id)


@requires(Permission.NEGOTIATE, everywhere=True)
@require_http_methods(["GET", "POST"])
@once
def past_new(request: HttpRequest) -> HttpResponse:
    """Register results from before, as their source tells them."""
    form = PastForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            count = past.register_past(
                municipality_id=person_of(request).municipality_id,
                results=past.read_results(said["text"]),
                period=Period(said["starts"], said["last"] + timedelta(days=1)),
                source=said["source"],
                actor=actor_of(request),
            )
        except (saving.UnableToSaveError, ValueError) as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"{count} historiske resultater er registreret.")
            return redirect("savings")
    return render(request, "negotiations/past_new.html", {"section": "results", "form": form})


def line_choices(grant: GrantPlace, on: date) -> list[tuple[Any, str]]:
    """The grant's service lines to choose between, with today's price."""
    names = service_names()
    return [
        (
            str(line.id),
            f"{names.get(line.service, line.service)} ({Unit(line.unit).danish}"
            + (f", {danish_number(line.price)} kr.)" if line.price is not None else ")"),
        )
        for line in lines_of(grant.id, on=on)
    ]


def _agree(request: HttpRequest, saving_id: UUID) -> str:
    saving.agree_saving(saving_id=saving_id, agreed_on=_day(request), actor=actor_of(request))
    return "Besparelsen er aftalt. Fra nu af holdes fakturaerne op mod den aftalte pris."


def _give_up(request: HttpRequest, saving_id: UUID) -> str:
    saving.give_up_saving(saving_id=saving_id, because=request.POST.get("ord", ""), actor=actor_of(request))
    return "Besparelsen er opgivet og tæller ikke længere."


def _end(request: HttpRequest, saving_id: UUID) -> str:
    saving.end_saving(saving_id=saving_id, last_day=_day(request), actor=actor_of(request))
    return "Besparelsen slutter den dag."


def _day(request: HttpRequest) -> date:
    try:
        day = DayField(label="Dato").clean(request.POST.get("dag", ""))
    except ValidationError:
        day = None
    if day is None:
        raise saving.UnableToSaveError("Vælg en dato.")
    return day


_ACTS: Final[dict[str, Callable[[HttpRequest, UUID], str]]] = {
    "aftal": _agree,
    "opgiv": _give_up,
    "afslut": _end,
}
