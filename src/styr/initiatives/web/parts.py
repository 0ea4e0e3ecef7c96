"""The small acts on an initiative's page: phases, risks, what it waits for, and its place in the order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.initiatives import planning, queries, services
from styr.initiatives.core.codes import Level
from styr.initiatives.services import UnableToChangeInitiativesError
from styr.initiatives.web.forms import NeedForm, RiskForm, StepForm
from styr.initiatives.web.views import page_or_404, shown_again, step_choices
from styr.initiatives.web.who import WRITE, actor_of, uuid_or_none
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest


@require_POST
@requires(WRITE)
@once
def initiative_step_new(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Add a phase to the plan."""
    form = StepForm(request.POST, steps=step_choices(page_or_404(initiative_id)), auto_id="fase_%s")
    if not form.is_valid():
        return shown_again(request, initiative_id, step_form=form)
    given = form.cleaned_data
    step = planning.NewStep(given["navn"], given["fra"], given["ends"], uuid_or_none(given["efter"]))
    who = actor_of(request)
    act = partial(planning.add_step, initiative_id=initiative_id, step=step, actor=who)
    return _acted(request, initiative_id, act, "Fasen er tilføjet.", "plan")


@require_POST
@requires(WRITE)
@once
def initiative_risk_new(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Write a risk down."""
    page_or_404(initiative_id)
    form = RiskForm(request.POST, auto_id="risiko_%s")
    if not form.is_valid():
        return shown_again(request, initiative_id, risk_form=form)
    given = form.cleaned_data
    risk = planning.NewRisk(
        given["tekst"], Level(given["sandsynlighed"]), Level(given["konsekvens"]), given["modtraek"]
    )
    act = partial(planning.add_risk, initiative_id=initiative_id, risk=risk, actor=actor_of(request))
    return _acted(request, initiative_id, act, "Risikoen er tilføjet.", "risici")


@require_POST
@requires(WRITE)
@once
def initiative_need_new(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Note what it waits for."""
    others = page_or_404(initiative_id).choices
    form = NeedForm(request.POST, others=others, auto_id="afhaenger_%s")
    needs_id = uuid_or_none(form.cleaned_data["indsats"]) if form.is_valid() else None
    if needs_id is None:
        return shown_again(request, initiative_id, need_form=form)
    return _acted(
        request, initiative_id,
        lambda: planning.wait_for(initiative_id=initiative_id, needs_id=needs_id, actor=actor_of(request)),
        "Afhængigheden er tilføjet.", "afhaenger",
    )  # fmt: skip


@require_POST
@requires(WRITE)
@once
def initiative_step_done(request: HttpRequest, initiative_id: UUID, step_id: UUID) -> HttpResponse:
    """A phase is done, or is not after all."""
    who = actor_of(request)
    return _acted(
        request, initiative_id, lambda: planning.finish_step(step_id=step_id, actor=who), "Planen er gemt.", "plan"
    )


@require_POST
@requires(WRITE)
@once
def initiative_step_remove(request: HttpRequest, initiative_id: UUID, step_id: UUID) -> HttpResponse:
    """Take a phase out of the plan."""
    who = actor_of(request)
    return _acted(
        request, initiative_id, lambda: planning.remove_step(step_id=step_id, actor=who), "Fasen er fjernet.", "plan"
    )


@require_POST
@requires(WRITE)
@once
def initiative_risk_remove(request: HttpRequest, initiative_id: UUID, risk_id: UUID) -> HttpResponse:
    """Take a risk away."""
    who = actor_of(request)
    return _acted(
        request,
        initiative_id,
        lambda: planning.remove_risk(risk_id=risk_id, actor=who),
        "Risikoen er fjernet.",
        "risici",
    )


@require_POST
@requires(WRITE)
@once
def initiative_need_remove(request: HttpRequest, initiative_id: UUID, dependency_id: UUID) -> HttpResponse:
    """It waits no more."""
    who = actor_of(request)
    said = "Afhængigheden er fjernet."
    return _acted(
        request, initiative_id, lambda: planning.wait_no_more(dependency_id=dependency_id, actor=who), said, "afhaenger"
    )


@require_POST
@requires(WRITE)
@once
def initiative_move(request: HttpRequest, initiative_id: UUID) -> HttpResponse:
    """Move it up or down in the order of priority."""
    found = page_or_404(initiative_id).initiative
    try:
        services.move(initiative_id=initiative_id, up=request.POST.get("retning") != "ned", actor=actor_of(request))
    except UnableToChangeInitiativesError as refused:
        warn(request, str(refused))
    return redirect(f"{reverse('initiatives')}?katalog={found.catalogue_id}#indsats-{found.number}")


def _acted(request: HttpRequest, initiative_id: UUID, act: Callable[[], Any], said: str, where: str) -> HttpResponse:
    try:
        act()
    except UnableToChangeInitiativesError as refused:
        warn(request, str(refused))
    except queries.UnknownInitiativeError as missing:
        raise Http404(str(missing)) from missing
    else:
        tell(request, said)
    return redirect(f"{reverse('initiative', args=[initiative_id])}#{where}")
