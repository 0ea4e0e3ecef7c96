"""What people do to a grant that runs: each act is written, its effect shown, and then carried out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.grants import acting
from styr.grants.acting import Act, carry_out, effect_of, set_follow_up
from styr.grants.approving import UnableToApproveError
from styr.grants.changes import UnableToChangeGrantError, take_back_absence
from styr.grants.core.codes import GrantStatus
from styr.grants.ending import UnableToStopGrantError
from styr.grants.locked import GrantChangedMeanwhileError, UnknownGrantError
from styr.grants.page import GrantPage, Line
from styr.grants.web.approving import SeenForm
from styr.grants.web.conflicts import as_it_is_now, latest_change
from styr.grants.web.fields import as_uuid
from styr.grants.web.views import frame_of, page_or_404
from styr.grants.web.who import actor_of
from styr.kernel.danish import danish_date, danish_number
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.units import Per, Unit
from styr.ui.fields import AmountField, DayField
from styr.ui.toasts import tell, tell_with_undo, warn

REFUSALS = (UnableToChangeGrantError, UnableToStopGrantError, UnableToApproveError)


class StopForm(SeenForm):
    """The last day."""

    last_day = DayField(label="Sidste dag", help_text="Dagen er med i bevillingen.")

    def act(self) -> Act:
        """The act that is written."""
        return acting.Stop(self.cleaned_data["last_day"])


class ExtendForm(SeenForm):
    """The new last day, or none."""

    last_day = DayField(
        label="Ny sidste dag", required=False, help_text="Lad feltet stå tomt, hvis bevillingen løber indtil videre."
    )

    def act(self) -> Act:
        """The act that is written."""
        return acting.Extend(self.cleaned_data["last_day"])


class LineChosenForm(SeenForm):
    """A change of one line from a day."""

    line = forms.TypedChoiceField(label="Ydelse", coerce=as_uuid)
    day = DayField(label="Gælder fra")
    only_own = False

    def __init__(self, *given: Any, lines: tuple[Line, ...], **named: Any) -> None:
        super().__init__(*given, **named)
        chosen = [(line.id, _said(line)) for line in lines if not (self.only_own and line.by_contract)]
        self.fields["line"].choices = chosen  # type: ignore[attr-defined]  # a choice field


class QuantityForm(LineChosenForm):
    """Another quantity from a day."""

    quantity = AmountField(label="Nyt antal")

    def act(self) -> Act:
        """The act that is written."""
        given = self.cleaned_data
        return acting.ChangeQuantity(given["line"], given["day"], given["quantity"])


class PriceForm(LineChosenForm):
    """Another own price from a day."""

    amount = AmountField(label="Ny pris i kr. pr. enhed")
    only_own = True

    def act(self) -> Act:
        """The act that is written."""
        given = self.cleaned_data
        return acting.ChangePrice(given["line"], given["day"], given["amount"])


class AbsenceForm(SeenForm):
    """Days away."""

    first_day = DayField(label="Første fraværsdag")
    last_day = DayField(
        label="Sidste fraværsdag", required=False, help_text="Lad feltet stå tomt, hvis fraværet fortsætter."
    )
    reason = forms.CharField(
        label="Årsag", required=False, max_length=200, help_text="Fx indlæggelse. Ingen helbredsoplysninger."
    )

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Sidste dag ligger før første dag.")
        return given

    def act(self) -> Act:
        """The act that is written."""
        given = self.cleaned_data
        return acting.BeAway(Period.through(given["first_day"], given["last_day"]), given["reason"])


class FollowUpForm(SeenForm):
    """The day of the next follow-up."""

    follow_up_on = DayField(
        label="Næste opfølgning", required=False, help_text="Lad feltet stå tomt, hvis der ikke skal følges op."
    )


@dataclass(frozen=True)
class Page:
    """The page of an act."""

    title: str
    button: str
    form: Callable[..., Any]
    said: str
    icon: str = "check"
    tone: str = "primary"
    by_line: bool = False


PAGES: Final = {
    "stop": Page("Stop bevillingen", "Stop", StopForm, "Bevillingen er stoppet.", tone="danger-strong"),
    "forlaeng": Page("Forlæng bevillingen", "Gem ny slutdato", ExtendForm, "Bevillingens slutdato er flyttet."),
    "antal": Page("Ændr antal fra en dag", "Gem antallet", QuantityForm, "Det nye antal er gemt.", by_line=True),
    "pris": Page("Ændr pris fra en dag", "Gem prisen", PriceForm, "Den nye pris er gemt.", by_line=True),
    "fravaer": Page("Registrér fravær", "Gem fraværet", AbsenceForm, "Fraværet er registreret."),
}


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def act(request: HttpRequest, grant_id: UUID, name: str) -> HttpResponse:
    """Write the act, see what it does, and carry it out."""
    page, about = page_or_404(grant_id), _about(name)
    if page.status != GrantStatus.GRANTED:
        warn(request, "Kun en bevilget bevilling kan ændres sådan.")
        return redirect("grant", grant_id=grant_id)
    form = _form(request, about, page)
    actor = actor_of(request)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            carry_out(grant_id=grant_id, act=form.act(), seen_version=form.cleaned_data["version"], actor=actor)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        except GrantChangedMeanwhileError:
            conflict = latest_change(grant_id)
            form = as_it_is_now(form, page.version)
        else:
            _tell(request, name, about, page)
            return redirect("grant", grant_id=grant_id)
    context = {
        **frame_of(request, page),
        "form": form,
        "conflict": conflict,
        "title": about.title,
        "button": about.button,
        "button_tone": about.tone,
        "effect_address": reverse("grant_effect", args=[grant_id, name]),
    }
    return render(request, "grants/act.html", context, status=409 if conflict else 200)


@requires(Permission.EDIT_GRANTS)
@require_POST
def effect(request: HttpRequest, grant_id: UUID, name: str) -> HttpResponse:
    """A fragment: what the act as written would do. Nothing is kept."""
    page, about = page_or_404(grant_id), _about(name)
    form = _form(request, about, page)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            context["effect"] = effect_of(grant_id=grant_id, act=form.act(), actor=actor_of(request))
        except REFUSALS as refused:
            context["refused"] = str(refused)
    return render(request, "grants/effect.html", context)


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
def follow_up(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Say when the grant is to be followed up next."""
    page = page_or_404(grant_id)
    form = FollowUpForm(request.POST or None, initial={"version": page.version, "follow_up_on": page.follow_up_on})
    conflict = None
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["follow_up_on"]
        try:
            set_follow_up(grant_id=grant_id, on=on, seen_version=form.cleaned_data["version"])
        except GrantChangedMeanwhileError:
            conflict = latest_change(grant_id)
            form = as_it_is_now(form, page.version)
        else:
            tell(request, f"Næste opfølgning er {danish_date(on)}." if on else "Opfølgningen er fjernet.")
            return redirect("grant", grant_id=grant_id)
    context = {
        **frame_of(request, page), "form": form, "conflict": conflict, "title": "Sæt opfølgning", "button": "Gem",
    }  # fmt: skip
    return render(request, "grants/act.html", context, status=409 if conflict else 200)


@requires(Permission.EDIT_GRANTS)
@require_POST
def resume(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Take a stop back, if the grant is as it was shown; doing it twice is refused by the grant itself."""
    page_or_404(grant_id)
    form = SeenForm({"version": request.POST.get("version") or request.GET.get("version")})
    if not form.is_valid():
        warn(request, "Stoppet er ikke fortrudt. Gør det fra bevillingens side.")
        return redirect("grant", grant_id=grant_id)
    try:
        acting.resume(grant_id=grant_id, seen_version=form.cleaned_data["version"], actor=actor_of(request))
    except (*REFUSALS, GrantChangedMeanwhileError) as refused:
        warn(request, str(refused))
    else:
        tell(request, "Stoppet er fortrudt, og bevillingen løber som før.")
    return redirect("grant", grant_id=grant_id)


@requires(Permission.EDIT_GRANTS)
@require_POST
def undo_absence(request: HttpRequest, grant_id: UUID, absence_id: UUID) -> HttpResponse:
    """Take absence back; doing it twice finds nothing to take back."""
    page = page_or_404(grant_id)
    only_where_held(request, Permission.EDIT_GRANTS, page.unit_id)
    if absence_id not in {away.id for away in page.absences}:
        warn(request, "Fraværet er allerede taget tilbage.")
        return redirect("grant", grant_id=grant_id)
    try:
        take_back_absence(absence_id=absence_id, now=actor_of(request).now)
    except UnknownGrantError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Fraværet er taget tilbage.")
    return redirect("grant", grant_id=grant_id)


def _about(name: str) -> Page:
    if name not in PAGES:
        raise Http404("Siden findes ikke.")
    return PAGES[name]


def _form(request: HttpRequest, about: Page, page: GrantPage) -> Any:
    lines = {"lines": page.lines} if about.by_line else {}
    initial = {
        "version": page.version,
        "day": actor_of(request).today,
        "last_day": page.ends - ONE_DAY if page.ends and about.form is ExtendForm else None,
    }
    return about.form(request.POST or None, initial=initial, **lines)


def _tell(request: HttpRequest, name: str, about: Page, before: GrantPage) -> None:
    undo = None
    if name == "stop":
        undo = f"{reverse('grant_resume', args=[before.id])}?version={page_or_404(before.id).version}"
    elif name == "fravaer":
        known = {away.id for away in before.absences}
        made = [away.id for away in page_or_404(before.id).absences if away.id not in known]
        undo = reverse("grant_absence_undo", args=[before.id, made[0]]) if made else None
    if undo:
        tell_with_undo(request, about.said, undo=undo)
    else:
        tell(request, about.said)


def _said(line: Line) -> str:
    return f"{line.name}: {danish_number(line.quantity)} {Unit(line.unit).danish} pr. {Per(line.per).danish}"
