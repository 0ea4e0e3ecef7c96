"""One ride of a plan: let another vehicle drive it, seen before it is kept; hold it to its vehicle."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.routes import adjusting, queries, services
from styr.routes.web.forms import MoveForm
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from styr.routes.queries import PlanSheet
    from styr.routes.stops import RideLine


@requires(Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "POST"])
@once
def move(request: HttpRequest, route_plan_id: UUID, ride_id: UUID) -> HttpResponse:
    """What another vehicle would do to price and times, and the choice of it."""
    sheet, line = _found(route_plan_id, ride_id)
    choices = [(row.id, row.name) for row in sheet.fleet if row.name != line.vehicle]
    form = MoveForm(request.POST or request.GET or None, vehicles=choices)
    moved = None
    if form.is_bound and form.is_valid():
        vehicle = UUID(form.cleaned_data["vogn"])
        try:
            if request.method == "POST":
                adjusting.move(
                    ride_id=ride_id, vehicle_id=vehicle, actor_id=person_of(request).id, today=clock.today(),
                    now=clock.now(),
                )  # fmt: skip
                tell(request, f"{line.name} kører nu med {dict(choices)[vehicle]}, og turen er låst til den.")
                return redirect("route_plan", route_plan_id=route_plan_id)
            moved = adjusting.try_move(ride_id=ride_id, vehicle_id=vehicle)
        except services.UnableToPlanError as refused:
            form.add_error(None, str(refused))
    context = {"section": "transport", "plan": sheet.plan, "line": line, "form": form, "moved": moved}
    answer = render(request, "routes/move.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def lock(request: HttpRequest, route_plan_id: UUID, ride_id: UUID) -> HttpResponse:
    """Hold the ride to its vehicle, or let go of it."""
    _found(route_plan_id, ride_id)
    try:
        adjusting.lock(
            ride_id=ride_id, locked=request.POST.get("laas") == "1", actor_id=person_of(request).id, today=clock.today()
        )
    except services.UnableToPlanError as refused:
        warn(request, str(refused))
    return redirect("route_plan", route_plan_id=route_plan_id)


def _found(route_plan_id: UUID, ride_id: UUID) -> tuple[PlanSheet, RideLine]:
    try:
        sheet = queries.plan_sheet(route_plan_id, page="ruteplan, tur", today=clock.today())
    except queries.PlanNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    for line in sheet.rides:
        if line.ride.id == ride_id:
            return sheet, line
    raise Http404("Turen er ikke i planen.")
