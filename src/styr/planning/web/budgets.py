"""Budget versions: the list, a new one, one with its sums and its way to approval, two beside each other, the file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.planning import age_rules, deciding
from styr.planning.budgeting import UnableToMakeBudgetError, make_version
from styr.planning.copying import YEARS
from styr.planning.core.versions import MONTHS, Part, VersionState
from styr.planning.core.workbench import TooLargeError
from styr.planning.exporting import UnableToExportBudgetError, budget_file
from styr.planning.in_force import standing_beside
from styr.planning.naming import names
from styr.planning.versions import (
    SumRow,
    VersionCard,
    VersionNotVisibleError,
    month_sums,
    sections_of,
    sums,
    version,
    versions,
)
from styr.planning.web.asking import municipality_of, user_of, uuid_or_none
from styr.planning.web.budget_forms import TextForm, VersionForm
from styr.planning.web.pictures import Series, month_lines
from styr.planning.web.words import UNKNOWN
from styr.ui.chart_svg import Words
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from styr.planning.naming import Names

BY: Final = {"paragraf": "section", "enhed": "unit_id", "del": "part", "konto": "account", "leverandoer": "supplier_id"}
BY_WORDS: Final = {
    "paragraf": "Paragraf",
    "enhed": "Enhed",
    "del": "Del",
    "konto": "Konto",
    "leverandoer": "Leverandør",
}
_TWO: Final = 2
TONES: Final = {"draft": "info", "awaiting": "warning", "approved": "good", "replaced": "quiet", "put_away": "quiet"}


def actor_of(request: HttpRequest) -> deciding.Actor:
    """The person at the page, now."""
    return deciding.Actor(user_of(request), clock.today(), clock.now())


@requires(Permission.SEE_ECONOMY)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every version."""
    context = {
        "section": "economy",
        "versions": [(one, TONES[one.state]) for one in versions()],
        "units": names(clock.today()).units,
        "may_edit": may(request, Permission.EDIT_ECONOMY),
    }
    return render(request, "planning/versions.html", context)


@requires(Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """A new version, made from today's grants."""
    today = clock.today()
    years = range(today.year + 1, today.year + YEARS)
    initial = {"name": f"Budget {today.year + 1}, første udkast", "year": today.year + 1}
    form = VersionForm(request.POST or None, initial=initial, units=names(today).units, years=years)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_version(
                municipality_id=municipality_of(request),
                maker_id=user_of(request),
                plan=form.plan(),
                today=today,
                now=clock.now(),
            )
        except (UnableToMakeBudgetError, TooLargeError) as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Versionen er lavet af bevillingerne, som de er nu.")
            return redirect("budget_version", version_id=made)
    context = {"section": "economy", "form": form, "rules": age_rules.rules()}
    return render(request, "planning/version_new.html", context)


@requires(Permission.SEE_ECONOMY)
@require_safe
def one(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A version: what it comes to, of what, and where it stands."""
    card, known = version_or_404(version_id), names(clock.today())
    by = asked_by(request)
    context = {
        "section": "economy",
        "card": card,
        "tone": TONES[card.state],
        "unit_name": known.units.get(card.unit_id, UNKNOWN) if card.unit_id else "",
        "parts": [(Part(row.key), row) for row in sums(version_id, "part")],
        "rows": [(called(row, by, known), row) for row in sums(version_id, BY[by])],
        "by": by,
        "by_words": BY_WORDS,
        "chart": _chart(card, month_sums(version_id)) if card.lines else "",
        "may_edit": may(request, Permission.EDIT_ECONOMY),
        "may_approve": may(request, Permission.APPROVE_BUDGETS)
        and user_of(request) not in {card.made_by_id, card.sent_by_id},
        "standing": standing_beside(version_id) if card.state is VersionState.AWAITING else (),
        "answer_form": TextForm(),
        "others": [other for other in versions() if other.id != version_id],
    }
    return _kept(render(request, "planning/version.html", context))


@requires(Permission.SEE_ECONOMY)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two versions beside each other, the one made first to the left."""
    asked = [found for word in request.GET.getlist("v") if (found := uuid_or_none(word))][:2]
    cards = sorted((version_or_404(found) for found in asked), key=lambda card: card.made_at)
    context: dict[str, Any] = {"section": "economy", "cards": cards}
    if len(cards) == _TWO:
        known, by = names(clock.today()), asked_by(request)
        totals = sections_of([card.id for card in cards], BY[by])
        before, after = (totals[card.id] for card in cards)
        rows = [
            (
                called(SumRow(key, 0, 0), by, known),
                before.get(key),
                after.get(key),
                after.get(key, 0) - before.get(key, 0),
            )
            for key in before.keys() | after.keys()
        ]
        context |= {
            "rows": sorted(rows, key=lambda row: (-abs(row[3]), row[0])),
            "more_ore": cards[1].total_ore - cards[0].total_ore,
            "by": by,
            "by_words": BY_WORDS,
        }
    return _kept(render(request, "planning/versions_compared.html", context))


@requires(Permission.EDIT_ECONOMY)
@require_safe
def export(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The file for the finance system."""
    card = version_or_404(version_id)
    try:
        text = budget_file(version_id, page=request.path)
    except UnableToExportBudgetError as refused:
        warn(request, str(refused))
        return redirect("budget_version", version_id=version_id)
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="budgetter-{card.year}.csv"'
    return _kept(answer)


@requires(Permission.EDIT_ECONOMY)
@require_POST
@once
def act(request: HttpRequest, version_id: UUID, name: str) -> HttpResponse:
    """Send it, copy it, or put it away."""
    actor = actor_of(request)
    acts: dict[str, tuple[Callable[[], Any], str]] = {
        "send": (lambda: deciding.send(version_id=version_id, actor=actor), "Versionen er sendt til godkendelse."),
        "kopi": (
            lambda: deciding.copy_version(version_id=version_id, name=request.POST.get("navn", ""), actor=actor),
            "Kopien er en kladde, du kan rette i.",
        ),
        "laeg-vaek": (
            lambda: deciding.put_version_away(version_id=version_id, actor=actor),
            "Kladden er fjernet.",
        ),
    }
    if name not in acts:
        raise Http404("Det kan man ikke gøre ved en budgetversion.")
    done = _done(request, *acts[name])
    if name == "laeg-vaek" and done is not False:
        return redirect("budget_versions")
    return redirect("budget_version", version_id=done if name == "kopi" and done else version_id)


@requires(Permission.APPROVE_BUDGETS)
@require_POST
@once
def decide(request: HttpRequest, version_id: UUID, name: str) -> HttpResponse:
    """Approve it, send it back with the reason, or take an approved one out of force."""
    actor = actor_of(request)
    if name == "godkend":
        seen = frozenset(found for word in request.POST.getlist("erstatter") if (found := uuid_or_none(word)))
        _done(
            request,
            lambda: deciding.approve(version_id=version_id, actor=actor, replaces=seen),
            "Budgettet er godkendt.",
        )
    elif name == "send-tilbage":
        answer = request.POST.get("text", "")
        _done(
            request,
            lambda: deciding.send_back(version_id=version_id, answer=answer, actor=actor),
            "Versionen er sendt tilbage som kladde.",
        )
    elif name == "ud-af-kraft":
        reason = request.POST.get("text", "")
        _done(
            request,
            lambda: deciding.withdraw(version_id=version_id, reason=reason, actor=actor),
            "Budgettet er sat ud af kraft.",
        )
    else:
        raise Http404("Det kan man ikke afgøre om en budgetversion.")
    return redirect("budget_version", version_id=version_id)


def version_or_404(version_id: UUID) -> VersionCard:
    """The version; 404 where there is none for the caller."""
    try:
        return version(version_id)
    except VersionNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def asked_by(request: HttpRequest) -> str:
    """What sums are by (`?efter=`)."""
    word = request.GET.get("efter", "")
    return word if word in BY else "paragraf"


def called(row: SumRow, by: str, known: Names) -> str:
    """What a sum is of."""
    match by:
        case "paragraf":
            return known.sections.get(row.key, row.key or "Uden paragraf")
        case "enhed":
            return known.units.get(row.key, UNKNOWN)
        case "del":
            return Part(row.key).danish.capitalize()
        case "konto":
            return row.key or "Uden konto"
        case _:
            return known.suppliers.get(row.key, UNKNOWN) if row.key else "Uden leverandør"


def _done(request: HttpRequest, work: Callable[[], Any], told: str) -> Any:
    """Do it and tell, or tell why not (False)."""
    try:
        made = work()
    except VersionNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refused:
        warn(request, str(refused))
        return False
    tell(request, told)
    return made


def _chart(card: VersionCard, months: list[int]) -> str:
    words = Words("maaneder", f"Budget {card.year} pr. måned", "Summen af de linjer, du kan se.")
    firsts = [date(card.year, number, 1) for number in range(1, MONTHS + 1)]
    return month_lines(words, firsts, [Series(f"Budget {card.year}", tuple(months))], nought="")


def _kept(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
