"""Settings: what the municipality has decided, and what comes with the program."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.audit.queries import record_history
from styr.contracts import queries as contracts
from styr.contracts.reference import editing
from styr.grants import duplicate_rules as rules
from styr.grants.acting import Actor
from styr.grants.calendar_limits import ChangedDays, close_days, open_day
from styr.grants.core.codes import Verdict
from styr.grants.price_limits import PriceBeyondLimitError
from styr.kernel import clock
from styr.kernel.calendar import danish_holidays
from styr.kernel.danish import danish_date
from styr.ui.toasts import tell, warn
from styr.workspace.core.settled_words import settled_words
from styr.workspace.web.addresses import page_of
from styr.workspace.web.settings.forms import CalendarForm, ClosingForm, DuplicateRuleForm

_NEAR, _FAR = 2015, 2040


@dataclass(frozen=True, slots=True)
class Card:
    """A part of the settings; a page that is not there, or that one may not open, has no card."""

    title: str
    about: str
    url_name: str
    icon: str
    needs: Permission = Permission.SEE_SETTINGS


CARDS = (
    Card("Paragraffer og ydelser", "Hvad der kan bevilges hos jer, og under hvilket navn.", "sections", "book-open"),
    Card("Kontering", "Hvilken konto en bevilling betales af, refusion og moms.", "account_rules", "wallet"),
    Card("Daterede regler", "Grænser, satser og frister: programmets og jeres egne.", "rules", "clock"),
    Card("Kontobehandling", "Statsrefusion og moms for hver funktion i kontoplanen.", "account_treatments", "coins"),
    Card(
        "Kontraktskabeloner",
        "Jeres egne kontrakter i Word.",
        "contract_templates",
        "file-text",
        Permission.SEE_CONTRACTS,
    ),
    Card("Omkostningssteder", "Hvilken enhed en postering hører til.", "cost_centres", "map-pin"),
    Card("Samtidige bevillinger", "Hvilke paragraffer der ikke må forekomme samtidig.", "duplicate_rules", "layers"),
    Card("Beløbsgrænser", "Hvem der må godkende hvor meget, og hvornår der skal to til.", "limits", "percent"),
    Card("Åbningskalendere", "Lukkedage for tilbud, der betales pr. åbningsdag.", "calendars", "calendar"),
    Card("Helligdage", "Danske helligdage, som beregningerne bruger.", "holidays", "calendar-days"),
    Card("Brugere og roller", "Hvem der har adgang til hvad.", "users", "users-round", Permission.MANAGE_USERS),
    Card(
        "Jobfunktionsroller",
        "Hvad kommunens egne roller giver her, når man logger ind gennem kommunen.",
        "job_roles",
        "key-round",
        Permission.MANAGE_USERS,
    ),
    Card("Enheder", "Organisationen, som adgangen følger.", "units", "building-2", Permission.MANAGE_USERS),
    Card("Adgang", "Hvad hver rolle må.", "access_overview", "key-round", Permission.MANAGE_USERS),
    Card(
        "Opbevaring og sletning", "Frister for arkivering og sletning.", "retention", "archive", Permission.KEEP_RECORDS
    ),
    Card("Kontroller", "Hvad hver kontrol betyder, dens kilde og ejer.", "help_controls", "shield-check"),
)


@requires(Permission.SEE_SETTINGS)
@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """The parts of the settings that the person may open."""
    cards = [(card, address) for card in CARDS if may(request, card.needs) and (address := page_of(card.url_name))]
    return render(request, "workspace/settings/settings.html", {"section": "settings", "cards": cards})


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def duplicate_rules(request: HttpRequest) -> HttpResponse:
    """The rules on grants at the same time; a new one holds from a day on and the old one is kept."""
    today = clock.today()
    known = contracts.sections_on(today).values()
    offered = [(one.code, f"{one.code.replace('-', ' § ', 1)} {one.name}") for one in known]
    form = DuplicateRuleForm(request.POST or None, sections=offered, initial={"starts": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            rules.set_duplicate_rule(
                municipality_id=person_of(request).municipality_id,
                sections=(given["first"], given["second"]),
                verdict=Verdict(given["verdict"]),
                starts=given["starts"],
                note=given["note"],
                today=today,
            )
        except rules.UnableToSetRuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, f"Reglen gælder fra {danish_date(given['starts'])}.")
            return redirect("duplicate_rules")
    context = {
        "section": "settings",
        "rules": [rule for rule in rules.duplicate_rules() if not rule.replaced],
        "replaced": [rule for rule in rules.duplicate_rules() if rule.replaced] if "alle" in request.GET else [],
        "form": form,
        "today": today,
    }
    return render(request, "workspace/settings/duplicate_rules.html", context)


@requires(Permission.SEE_SETTINGS)
@require_safe
def duplicate_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Who changed one of the municipality's rules, and when."""
    rule = next((one for one in rules.duplicate_rules() if one.id == rule_id), None)
    if rule is None:
        raise Http404("Reglen findes ikke.")
    context = {"section": "settings", "rule": rule, "history": record_history("grants.DuplicateRule", rule_id)}
    return render(request, "workspace/settings/duplicate_rule.html", context)


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def calendars(request: HttpRequest) -> HttpResponse:
    """The calendars; a new one is open like the standard until days are closed."""
    form = CalendarForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = editing.create_calendar(
                municipality_id=person_of(request).municipality_id, code=form.cleaned_data["code"]
            )
        except editing.UnableToChangeCalendarError as refusal:
            form.add_error("code", str(refusal))
        else:
            tell(request, "Kalenderen er oprettet.")
            return redirect("calendar", made)
    context = {"section": "settings", "calendars": editing.calendars(), "form": form}
    return render(request, "workspace/settings/calendars.html", context)


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def calendar(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """One calendar's closing days of a year, and who changed them."""
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            closed = close_days(
                calendar_id=calendar_id,
                days=form.days(),
                municipality_id=person_of(request).municipality_id,
                now=clock.now(),
            )
        except editing.UnableToChangeCalendarError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, _told(closed))
            return redirect(f"{request.path}?aar={form.cleaned_data['first'].year}")
    year = _year(request)
    card = editing.calendar_card(calendar_id, year=year)
    if card is None:
        raise Http404("Kalenderen findes ikke.")
    context = {
        "section": "settings",
        "calendar": card,
        "year": year,
        "form": form,
        "history": record_history("contracts.OpeningCalendar", calendar_id, parts=("contracts.ClosingDay",), most=50),
    }
    return render(request, "workspace/settings/calendar.html", context)


@requires(Permission.CHANGE_SETTINGS)
@require_POST
def calendar_open(request: HttpRequest, calendar_id: UUID) -> HttpResponse:
    """Open a day again; opening it twice does nothing the second time."""
    day, person = _day(request.POST.get("dag", "")), person_of(request)
    actor = Actor(person.id, clock.today(), clock.now())
    try:
        opened = day and open_day(calendar_id=calendar_id, day=day, municipality_id=person.municipality_id, actor=actor)
    except (PriceBeyondLimitError, editing.UnableToChangeCalendarError) as refusal:
        warn(request, str(refusal))
        return redirect("calendar", calendar_id)
    if day and opened and opened.days:
        tell(request, f"{danish_date(day)} er åben igen.{settled_words(opened.adjusted)}")
    else:
        warn(request, "Dagen er ikke lukket i kalenderen.")
    return redirect("calendar", calendar_id)


@requires(Permission.SEE_SETTINGS)
@require_safe
def holidays(request: HttpRequest) -> HttpResponse:
    """The public holidays of a year that fall on weekdays, as opening days are counted by."""
    year = _year(request)
    days = sorted(danish_holidays(year))
    return render(request, "workspace/settings/holidays.html", {"section": "settings", "days": days, "year": year})


def _told(closed: ChangedDays) -> str:
    if not closed.days:
        return "Dagene var lukket i forvejen."
    days = "1 dag" if closed.days == 1 else f"{closed.days} dage"
    return f"{days} er lukket. Priserne beregnes igen.{settled_words(closed.adjusted)}"


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("aar", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else clock.today().year  # noqa: PLR2004 - a year's digits
    return min(max(year, _NEAR), _FAR)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
