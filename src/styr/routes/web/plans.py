"""The list of route plans, a new one, and one plan with its map, its stops and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.routes import queries, services
from styr.routes.core.codes import PlanState
from styr.routes.web.forms import PlanForm, PublishForm, asked_by
from styr.routes.web.mapping import map_of
from styr.transport.offers import offers
from styr.transport.whereabouts import destinations, garages
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID


@requires(Permission.SEE_TRANSPORT)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every plan that is not laid away."""
    context = {
        "section": "transport",
        "plans": queries.plan_cards(),
        "may_plan": may(request, Permission.EDIT_TRANSPORT),
    }
    return render(request, "routes/plans.html", context)


@requires(Permission.EDIT_TRANSPORT, everywhere=True)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest) -> HttpResponse:
    """What is to be planned."""
    today = clock.today()
    goals, stands, fleet = destinations(), garages(), offers(day=today)
    form = PlanForm(
        request.POST or None, initial=asked_by(request.GET, today), goals=goals, garages=stands, fleet=fleet
    )
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        try:
            made = services.ask_for_plan(
                municipality_id=person.municipality_id,
                asked=form.asked(),
                actor_id=person.id,
                today=today,
                now=clock.now(),
            )
        except services.UnableToPlanError as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("route_plan", route_plan_id=made)
    return render(
        request,
        "routes/new.html",
        {"section": "transport", "form": form, "goals": goals, "garages": stands, "fleet": fleet},
    )


@requires(Permission.SEE_TRANSPORT)
@require_safe
def one(request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """A plan: the figures against today's, the map, the routes stop by stop, and who notices what."""
    plan = _plan_or_404(route_plan_id)
    context: dict[str, Any] = {"section": "transport", "may_plan": may(request, Permission.EDIT_TRANSPORT)}
    if plan.state in {PlanState.ASKED, PlanState.FAILED}:
        stopped = plan.state == PlanState.FAILED or not queries.is_worked_on(plan.id)
        return _answer(render(request, "routes/waiting.html", context | {"plan": plan, "stopped": stopped}))
    sheet = queries.plan_sheet(route_plan_id, page="ruteplan", today=clock.today())
    context |= {"plan": plan, "sheet": sheet, "form": PublishForm(initial={"fra": clock.today()})}
    return _answer(render(request, "routes/plan.html", context))


@requires(Permission.SEE_TRANSPORT)
@require_safe
def on_the_map(_request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """The plan's routes for the map; homes of citizens whose address is protected are not in it."""
    _plan_or_404(route_plan_id)
    sheet = queries.plan_sheet(route_plan_id, page="ruteplan, kort", today=clock.today())
    answer = JsonResponse(map_of(sheet))
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.SEE_TRANSPORT)
@require_safe
def drivers(request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """The lists that drivers get: time, place, first name and what the citizen brings; nothing else."""
    _plan_or_404(route_plan_id)
    sheet = queries.plan_sheet(route_plan_id, page="chaufførlister", today=clock.today())
    return _answer(render(request, "routes/drivers.html", {"section": "transport", "sheet": sheet, "plan": sheet.plan}))


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def publish(request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """Put the plan into operation."""
    _plan_or_404(route_plan_id)
    form = PublishForm(request.POST)
    if not form.is_valid():
        warn(request, "Skriv den dag, planen skal gælde fra.")
        return redirect("route_plan", route_plan_id=route_plan_id)
    valid_from, note = form.values()
    try:
        services.publish(
            plan_id=route_plan_id, valid_from=valid_from, note=note, actor_id=person_of(request).id, today=clock.today()
        )
    except services.UnableToPlanError as refused:
        warn(request, str(refused))
    else:
        tell(request, "Planen er sat i drift. Chaufførlisterne kan hentes.")
    return redirect("route_plan", route_plan_id=route_plan_id)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def again(request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """Work the plan out once more; what is locked stays."""
    _plan_or_404(route_plan_id)
    try:
        services.plan_again(plan_id=route_plan_id, actor_id=person_of(request).id, today=clock.today())
    except services.UnableToPlanError as refused:
        warn(request, str(refused))
    return redirect("route_plan", route_plan_id=route_plan_id)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def lay_away(request: HttpRequest, route_plan_id: UUID) -> HttpResponse:
    """Off the list."""
    _plan_or_404(route_plan_id)
    try:
        services.lay_away(plan_id=route_plan_id, actor_id=person_of(request).id, today=clock.today())
    except services.UnableToPlanError as refused:
        warn(request, str(refused))
        return redirect("route_plan", route_plan_id=route_plan_id)
    tell(request, "Planen er fjernet.")
    return redirect("route_plans")


def _plan_or_404(plan_id: UUID) -> Any:
    try:
        return queries.plan_card(plan_id)
    except queries.PlanNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def _answer(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
