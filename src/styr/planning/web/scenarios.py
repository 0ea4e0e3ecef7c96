"""The list of scenarios; making one, renaming and sharing it, copying it, putting it away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.planning import keeping
from styr.planning.naming import names
from styr.planning.negotiating import planned_negotiations
from styr.planning.scenarios import ScenarioNotVisibleError, scenarios
from styr.planning.web.asking import municipality_of, scenario_or_404, user_of
from styr.planning.web.forms import ScenarioForm
from styr.ui.toasts import tell

if TYPE_CHECKING:
    from uuid import UUID

    from styr.planning.scenarios import ScenarioCard


@requires(Permission.SEE_ECONOMY)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every scenario that one sees, and the negotiations that came of them."""
    context = {
        "section": "economy",
        "scenarios": scenarios(),
        "negotiations": planned_negotiations(),
        "names": names(clock.today()),
        "me": user_of(request),
        "may_work": may(request, Permission.FOLLOW_UP_ECONOMY),
    }
    return render(request, "planning/scenarios.html", context)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """A new scenario."""
    form = ScenarioForm(request.POST or None, units=names(clock.today()).units)
    if request.method == "POST" and form.is_valid():
        try:
            made = keeping.create_scenario(
                municipality_id=municipality_of(request),
                owner_id=user_of(request),
                facts=form.facts(),
                now=clock.now(),
            )
        except keeping.UnableToChangeScenarioError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("scenario", scenario_id=made)
    return _written(request, form, None)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
@held_row("planning.Scenario", id="scenario_id")
def edit(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Rename it, share it, reckon otherwise."""
    card = own_or_404(request, scenario_id)
    initial = {"name": card.name, "note": card.note, "shared": card.shared.value, "unit": card.unit_id}
    form = ScenarioForm(
        request.POST or None, initial=initial | {"goes_on": card.goes_on}, units=names(clock.today()).units
    )
    if request.method == "POST" and form.is_valid():
        try:
            keeping.change_scenario(
                scenario_id=scenario_id, owner_id=user_of(request), facts=form.facts(), now=clock.now()
            )
        except keeping.UnableToChangeScenarioError as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Scenariet er gemt.")
            return redirect("scenario", scenario_id=scenario_id)
    return _written(request, form, card)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def copy(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A copy of one's own."""
    try:
        made = keeping.copy_scenario(
            scenario_id=scenario_id,
            municipality_id=municipality_of(request),
            owner_id=user_of(request),
            now=clock.now(),
        )
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Kopien er din. Kun du kan se den, til du deler den.")
    return redirect("scenario", scenario_id=made)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def put_away(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Off the lists."""
    try:
        keeping.put_away(scenario_id=scenario_id, owner_id=user_of(request), now=clock.now())
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    tell(request, "Scenariet er fjernet.")
    return redirect("scenarios")


def own_or_404(request: HttpRequest, scenario_id: UUID) -> ScenarioCard:
    """One's own scenario; 404 for anybody else's."""
    card = scenario_or_404(scenario_id)
    if card.owner_id != user_of(request):
        raise Http404("Scenariet kan kun ændres af den, der ejer det.")
    return card


def _written(request: HttpRequest, form: ScenarioForm, card: ScenarioCard | None) -> HttpResponse:
    context: dict[str, Any] = {"section": "economy", "form": form, "card": card}
    return render(request, "planning/scenario_write.html", context)
