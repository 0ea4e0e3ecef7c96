"""Changing a citizen's facts: unit, protection, moves, death; guardians and consents."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.here import only_where_held
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.audit import queries as audit
from styr.kernel import clock
from styr.kernel.period import ONE_DAY, Period
from styr.people import changing, services
from styr.people import queries as people
from styr.workspace.citizens import citizen_choices
from styr.workspace.web.citizens.tabs import framed, page_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from styr.workspace.citizens_frame import CitizenFrame

REFUSALS = (services.UnableToChangeCitizenError, services.UnableToWithdrawConsentError)


def _date(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput({"type": "date", "class": "input"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _text(label: str, longest: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=forms.TextInput({"class": "input"}))


class FactsForm(forms.Form):
    """The facts that people change; the last days are inclusive here."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=64)
    unit = forms.ChoiceField(
        label="Enhed",
        help_text="Værger, samtykker og borgerens egne kontrakter flytter med. Bevillinger bliver i deres enhed.",
        widget=forms.Select({"class": "input"}),
    )
    protected_from = _date("Navne- og adressebeskyttet fra", "CPR-lovens § 28.")
    protected_last = _date("Beskyttet til og med", "Lad feltet stå tomt, hvis beskyttelsen løber videre.")
    moved_in = _date("Tilflyttet")
    moved_last = _date("Sidste dag i kommunen", "Lad feltet stå tomt, hvis borgeren bor her.")
    died_on = _date("Død", "Bevillinger stoppes af sagsbehandleren; kontrollen minder om det.")

    def __init__(self, *given: Any, units: tuple[tuple[str, str], ...], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def facts(self) -> changing.CitizenFacts:
        """What was written, as it is stored."""
        told = self.cleaned_data
        return changing.CitizenFacts(
            unit_id=uuid.UUID(told["unit"]),
            protected_from=told["protected_from"],
            protected_to=_after(told["protected_last"]),
            moved_in=told["moved_in"],
            moved_out=_after(told["moved_last"]),
            died_on=told["died_on"],
        )


class GuardianForm(forms.Form):
    """A new guardian."""

    name = _text("Navn", 200)
    kind = _text("Type", 60)
    starts = _date("Fra", required=True)
    last_day = _date("Til og med", "Lad feltet stå tomt, hvis værgen fortsætter.")

    def clean(self) -> dict[str, Any]:
        """A period does not end before it begins."""
        told: dict[str, Any] = super().clean() or {}
        starts, last = told.get("starts"), told.get("last_day")
        if starts and last and last < starts:
            self.add_error("last_day", "Slutdatoen ligger før startdatoen.")
        return told


class ConsentForm(forms.Form):
    """A new consent."""

    purpose = _text("Formål", 200)
    given_by = _text("Givet af", 200)
    given_on = _date("Givet den", required=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_CITIZENS)
@once
def edit(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """The form; after a conflict it shows what somebody else changed, and the next saving builds on that."""
    frame = framed(request, citizen_id, "ret oplysninger")
    units = _units(frame)
    if request.method != "POST":
        return _edit_page(request, frame, FactsForm(initial=_initial(frame), units=units))
    only_where_held(request, Permission.EDIT_CITIZENS, frame.citizen.unit_id)
    form = FactsForm(request.POST, units=units)
    if not form.is_valid():
        return _edit_page(request, frame, form)
    try:
        changing.change_citizen(
            citizen_id=citizen_id,
            facts=form.facts,
            seen_version=form.cleaned_data["version"],
            today=clock.today(),
        )
    except changing.CitizenChangedMeanwhileError:
        return _conflict(request, frame)
    except services.UnableToChangeCitizenError as refusal:
        form.add_error(None, str(refusal))
        return _edit_page(request, frame, form)
    messages.success(request, "Oplysningerne er gemt.")
    return redirect("citizen", citizen_id)


@require_POST
@requires(Permission.EDIT_CITIZENS)
@once
def add_guardian(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Record a guardian."""
    form = GuardianForm(request.POST)

    def act() -> str:
        told = form.cleaned_data
        period = Period(told["starts"], _after(told["last_day"]))
        changing.add_guardian(citizen_id=citizen_id, name=told["name"], kind=told["kind"], period=period)
        return "Værgen er registreret."

    return _done(request, citizen_id, form, act)


@require_POST
@requires(Permission.EDIT_CITIZENS)
@once
def end_guardian(request: HttpRequest, citizen_id: UUID, guardian_id: UUID) -> HttpResponse:
    """Let a guardian act for the last time today."""

    def act() -> str:
        changing.end_guardian(citizen_id=citizen_id, guardian_id=guardian_id, last_day=clock.today())
        return "Værgen er ophørt fra i dag."

    return _done(request, citizen_id, forms.Form(request.POST), act)


@require_POST
@requires(Permission.EDIT_CITIZENS)
@once
def add_consent(request: HttpRequest, citizen_id: UUID) -> HttpResponse:
    """Record a consent."""
    form = ConsentForm(request.POST)

    def act() -> str:
        services.give_consent(citizen_id=citizen_id, **form.cleaned_data)
        return "Samtykket er registreret."

    return _done(request, citizen_id, form, act)


@require_POST
@requires(Permission.EDIT_CITIZENS)
@once
def withdraw_consent(request: HttpRequest, citizen_id: UUID, consent_id: UUID) -> HttpResponse:
    """Withdraw a consent from today."""

    def act() -> str:
        if consent_id not in {consent.id for consent in people.consents_of(citizen_id)}:
            raise services.UnableToWithdrawConsentError("Samtykket findes ikke.")
        services.withdraw_consent(consent_id=consent_id, withdrawn_on=clock.today())
        return "Samtykket er trukket tilbage fra i dag."

    return _done(request, citizen_id, forms.Form(request.POST), act)


def _done(request: HttpRequest, citizen_id: UUID, form: forms.Form, act: Callable[[], str]) -> HttpResponse:
    """Do it and go back to the form of facts; faults are told there."""
    try:
        only_where_held(request, Permission.EDIT_CITIZENS, people.unit_of(citizen_id))
    except people.CitizenNotVisibleError as refusal:
        raise Http404(str(refusal)) from refusal
    if not form.is_valid():
        for name, faults in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            messages.error(request, f"{label}: {' '.join(str(fault) for fault in faults)}")
        return redirect("citizen_edit", citizen_id)
    try:
        messages.success(request, act())
    except people.CitizenNotVisibleError as refusal:
        raise Http404(str(refusal)) from refusal
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    return redirect("citizen_edit", citizen_id)


def _edit_page(request: HttpRequest, frame: CitizenFrame, form: FactsForm, **context: Any) -> HttpResponse:
    citizen_id = frame.citizen.id
    return page_of(
        request,
        frame,
        "citizen_edit",
        form=form,
        guardians=people.guardians_of(citizen_id),
        consents=people.consents_of(citizen_id),
        guardian_form=GuardianForm(auto_id="guardian_%s"),
        consent_form=ConsentForm(auto_id="consent_%s"),
        **context,
    )


def _conflict(request: HttpRequest, frame: CitizenFrame) -> HttpResponse:
    latest = audit.record_history("people.Citizen", frame.citizen.id, hidden=("address", "postal_code", "city"), most=1)
    written = request.POST.copy()
    written["version"] = frame.citizen.version
    form = FactsForm(written, units=_units(frame))
    return _edit_page(request, frame, form, conflict=latest[0] if latest else None, conflicted=True)


def _units(frame: CitizenFrame) -> tuple[tuple[str, str], ...]:
    """The units that one may move the citizen to, and the one they are in."""
    here = (str(frame.citizen.unit_id), frame.unit_name)
    others = citizen_choices().units
    return others if here in others else (here, *others)


def _initial(frame: CitizenFrame) -> dict[str, Any]:
    citizen = frame.citizen
    return {
        "version": citizen.version,
        "unit": str(citizen.unit_id),
        "protected_from": citizen.protected_from,
        "protected_last": _before(citizen.protected_to),
        "moved_in": citizen.moved_in,
        "moved_last": _before(citizen.moved_out),
        "died_on": citizen.died_on,
    }


def _before(end: date | None) -> date | None:
    return None if end is None else end - ONE_DAY


def _after(last: date | None) -> date | None:
    return None if last is None else last + ONE_DAY
