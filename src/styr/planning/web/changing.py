"""A scenario's changes: add one, write it anew, take it out, move it up, plan the negotiation it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.planning import keeping
from styr.planning.copying import horizon_of
from styr.planning.core.changes import ChangeKind
from styr.planning.core.sharing import NegotiationStatus
from styr.planning.naming import names, numbers_of
from styr.planning.negotiating import UnableToPlanNegotiationError, plan_negotiations, settle_negotiation
from styr.planning.scenarios import ScenarioNotVisibleError
from styr.planning.web.asking import user_of
from styr.planning.web.forms import ChangeForm, written
from styr.planning.web.scenarios import own_or_404
from styr.planning.web.words import change_title
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from styr.planning.scenarios import ChangeLine, ScenarioCard


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
def add(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """One more change, of the kind in the address."""
    card = own_or_404(request, scenario_id)
    word = request.GET.get("type", "")
    if word not in {kind.value for kind in ChangeKind}:
        raise Http404("Den slags ændring findes ikke.")
    return _written(request, card, ChangeKind(word), None)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
@held_row("planning.Scenario", id="scenario_id")
def edit(request: HttpRequest, scenario_id: UUID, change_id: UUID) -> HttpResponse:
    """The change written anew."""
    card = own_or_404(request, scenario_id)
    line = _line(card, change_id)
    return _written(request, card, line.change.kind, line)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def remove(request: HttpRequest, scenario_id: UUID, change_id: UUID) -> HttpResponse:
    """The change taken out."""
    try:
        keeping.remove_change(scenario_id=scenario_id, owner_id=user_of(request), change_id=change_id, now=clock.now())
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Ændringen er fjernet.")
    return redirect("scenario", scenario_id=scenario_id)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def up(request: HttpRequest, scenario_id: UUID, change_id: UUID) -> HttpResponse:
    """The change one place earlier."""
    try:
        keeping.move_up(scenario_id=scenario_id, owner_id=user_of(request), change_id=change_id, now=clock.now())
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    return redirect("scenario", scenario_id=scenario_id)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def negotiate(request: HttpRequest, scenario_id: UUID, change_id: UUID) -> HttpResponse:
    """Planned negotiations of the change: one a supplier and unit that it touches."""
    card = own_or_404(request, scenario_id)
    line = _line(card, change_id)
    title = change_title(line.change, names(clock.today()))
    try:
        count = plan_negotiations(
            scenario_id=scenario_id, change_id=change_id, planner_id=user_of(request), title=title,
            today=clock.today(), now=clock.now(),
        )  # fmt: skip
    except UnableToPlanNegotiationError as refused:
        warn(request, str(refused))
    else:
        tell(request, "1 forhandling er planlagt." if count == 1 else f"{count} forhandlinger er planlagt.")
    return redirect("scenario", scenario_id=scenario_id)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def drop_negotiation(request: HttpRequest, negotiation_id: UUID) -> HttpResponse:
    """The planned negotiation given up."""
    if not settle_negotiation(negotiation_id=negotiation_id, status=NegotiationStatus.DROPPED):
        raise Http404("Forhandlingen findes ikke.")
    tell(request, "Forhandlingen er opgivet.")
    return redirect("scenarios")


def _written(request: HttpRequest, card: ScenarioCard, kind: ChangeKind, line: ChangeLine | None) -> HttpResponse:
    known, today = names(clock.today()), clock.today()
    initial = written(line.change, numbers_of(line.change.touches.grant_ids)) if line else _next_year(today.year)
    months = [part.start for part in horizon_of(today).months()]
    form = ChangeForm(request.POST or None, initial=initial, kind=kind, names=known, months=months)
    if request.method == "POST" and form.is_valid() and form.change is not None:
        owner, now = user_of(request), clock.now()
        try:
            if line is None:
                keeping.add_change(scenario_id=card.id, owner_id=owner, change=form.change, now=now)
            else:
                keeping.replace_change(
                    scenario_id=card.id, owner_id=owner, change_id=line.id, change=form.change, now=now
                )
        except keeping.UnableToChangeScenarioError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("scenario", scenario_id=card.id)
    context = {"section": "economy", "card": card, "kind": kind, "line": line, "form": form}
    return render(request, "planning/change.html", context)


def _next_year(year: int) -> dict[str, object]:
    return {"from_month": f"{year + 1}-01-01"}


def _line(card: ScenarioCard, change_id: UUID) -> ChangeLine:
    found = next((line for line in card.lines if line.id == change_id), None)
    if found is None:
        raise Http404("Ændringen findes ikke.")
    return found
