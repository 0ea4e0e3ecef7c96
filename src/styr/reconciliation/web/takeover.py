"""Takes over what the case system says: first what it comes to, then the change; or a draft of what we lack."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.grants.acting import Actor
from styr.grants.locked import UnknownGrantError
from styr.kernel import clock
from styr.kernel.refusal import Refusal
from styr.reconciliation import services
from styr.reconciliation.services import Difference, NoDifferenceError
from styr.reconciliation.taking_back import NothingTakenOverError, take_correction_back
from styr.reconciliation.web.overview import frame_of
from styr.ui.fields import DayField
from styr.ui.toasts import tell, tell_with_undo, warn


class TakeOverForm(forms.Form):
    """The day it holds from, and what was shown."""

    day = DayField(label="Gælder fra", help_text="Dagen, hvor ændringen begynder. Betalte måneder efterreguleres.")
    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=32, widget=forms.HiddenInput)


@requires(Permission.EDIT_GRANTS)
@require_http_methods(["GET", "POST"])
@once
@held_row("controls.Finding", id="finding_id")
def take_over(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Show what taking over comes to, and do it."""
    known = _known(finding_id)
    if known.grant is None or not known.what:
        warn(request, "Denne forskel kan ikke overtages her. Ret den der, hvor fejlen er.")
        return redirect("reconciliation_difference", finding_id)
    form = _form(request, known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            grant_id = services.take_over(
                finding_id=finding_id,
                day=given.get("day"),
                seen_fingerprint=given["seen"],
                seen_version=given["version"],
                actor=_actor(request),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            told = f"{known.what.capitalize()} er overtaget fra {known.case.system_name}."
            latest = next(
                (one for one in services.difference(finding_id, today=clock.today()).taken if one.undone_at is None),
                None,
            )
            if latest is None:
                tell(request, told)
            else:
                tell_with_undo(request, told, undo=reverse("reconciliation_take_back", args=[latest.id]))
            return redirect("grant", grant_id=grant_id)
    return render(request, "reconciliation/take_over.html", {**frame_of(request, known), "form": form})


@requires(Permission.EDIT_GRANTS)
@require_POST
def effect(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """A fragment: what taking over would do. Nothing is kept."""
    known = _known(finding_id)
    form = _form(request, known)
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            context["effect"] = services.effect(
                finding_id=finding_id, day=form.cleaned_data.get("day"), actor=_actor(request)
            )
        except Refusal as refused:
            context["refused"] = str(refused)
    return render(request, "grants/effect.html", context)


@requires(Permission.EDIT_GRANTS)
@require_POST
@once
def draft(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """Make a draft of a grant that only the case system has."""
    person = person_of(request)
    _known(finding_id)
    try:
        grant_id = services.draft_here(
            finding_id=finding_id,
            municipality_id=person.municipality_id,
            actor_id=person.id,
            today=clock.today(),
            now=clock.now(),
        )
    except Refusal as refused:
        warn(request, str(refused))
        return redirect("reconciliation_difference", finding_id)
    tell(request, "Kladden er oprettet. Skriv begrundelserne, og godkend bevillingen.")
    return redirect("grant", grant_id=grant_id)


@requires(Permission.EDIT_GRANTS)
@require_POST
def take_back(request: HttpRequest, taken_id: UUID) -> HttpResponse:
    """Make the grant what it was before a correction was taken over; sent twice, the second is told so."""
    try:
        finding_id = take_correction_back(taken_id=taken_id, actor=_actor(request))
    except (NothingTakenOverError, UnknownGrantError) as missing:
        raise Http404(str(missing)) from missing
    except Refusal as refused:
        warn(request, str(refused))
        return redirect("reconciliation")
    tell(request, "Bevillingen er igen, som den var.")
    return redirect("reconciliation_difference", finding_id)


def _known(finding_id: UUID) -> Difference:
    try:
        return services.difference(finding_id, today=clock.today())
    except (NoDifferenceError, UnknownGrantError) as missing:
        raise Http404(str(missing)) from missing


def _form(request: HttpRequest, known: Difference) -> TakeOverForm:
    initial = {
        "day": known.day or clock.today(),
        "version": known.grant.version if known.grant else None,
        "seen": known.finding.fingerprint,
    }
    form = TakeOverForm(request.POST or None, initial=initial)
    if known.finding.code in services.DAYLESS:
        del form.fields["day"]
    return form


def _actor(request: HttpRequest) -> Actor:
    return Actor(person_of(request).id, clock.today(), clock.now())
