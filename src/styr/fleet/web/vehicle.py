"""One own vehicle: when it is out, what it costs, what may become of it, and the forms that change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.fleet import queries, services
from styr.fleet.assuming import said
from styr.fleet.core.codes import Alternative
from styr.fleet.core.use import heat, possible
from styr.fleet.web.forms import ChoiceForm, CostForm, DutyForm
from styr.fleet.web.pages import heat_rows
from styr.kernel import clock
from styr.transport.whereabouts import destinations
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from collections.abc import Callable

LATEST: Final = 14
_SAYS: Final = "Udfyld felterne rigtigt, og prøv igen."


@requires(Permission.SEE_TRANSPORT)
@require_safe
def fleet_vehicle(request: HttpRequest, vehicle_id: UUID) -> HttpResponse:
    """The vehicle. At most twelve queries."""
    today = clock.today()
    sheet = queries.fleet_sheet(today)
    try:
        line = queries.car_line(sheet, vehicle_id)
    except queries.VehicleNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    places = destinations()
    car = line.car
    context: dict[str, Any] = {
        "section": "transport",
        "sheet": sheet,
        "line": line,
        "car": car,
        "hours": queries.hours(),
        "heat": heat_rows(heat(line.uses), possible(sheet.working, 1)),
        "latest": sorted(line.uses, key=lambda use: (use.day, use.starts), reverse=True)[: rows_shown(request, LATEST)],
        "duties": [place for place in places if place.place_id in car.places],
        "assumptions": [(one, said(one)) for one in sheet.assumptions],
        "may_edit": may(request, Permission.EDIT_TRANSPORT),
        "choice": _choice(car.choice or Alternative.KEEP, car.reason),
        "cost": CostForm(initial=_cost(car, today)),
        "duty": DutyForm(places=places, initial={"fra_dag": today}),
    }
    return render(request, "fleet/vehicle.html", context)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
@held_row("transport.Vehicle", id="vehicle_id")
def fleet_choose(request: HttpRequest, vehicle_id: UUID) -> HttpResponse:
    """Note what is to become of it."""
    form = _choice(*services.chosen(vehicle_id), request.POST)

    def act(by: services.By) -> None:
        told = form.cleaned_data
        services.choose(vehicle_id=vehicle_id, alternative=Alternative(told["valg"]), reason=told["begrundelse"], by=by)

    return _done(request, vehicle_id, form, act, "Valget er gemt og står i planen.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def fleet_cost(request: HttpRequest, vehicle_id: UUID) -> HttpResponse:
    """Note what it costs from a day on."""
    form = CostForm(request.POST)

    def act(by: services.By) -> None:
        services.set_cost(vehicle_id=vehicle_id, starts=form.cleaned_data["fra"], amounts=form.amounts(), by=by)

    return _done(request, vehicle_id, form, act, "Udgifterne er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def fleet_duty(request: HttpRequest, vehicle_id: UUID) -> HttpResponse:
    """Note that it drives somewhere by duty."""
    form = DutyForm(request.POST, places=destinations())

    def act(by: services.By) -> None:
        services.add_duty(vehicle_id=vehicle_id, place_id=form.place(), starts=form.cleaned_data["fra_dag"], by=by)

    return _done(request, vehicle_id, form, act, "Den faste kørsel er gemt.")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def fleet_duty_end(request: HttpRequest, vehicle_id: UUID) -> HttpResponse:
    """Note that it drives there no more."""
    try:
        place_id = UUID(request.POST.get("sted", ""))
    except ValueError:
        warn(request, _SAYS)
        return redirect("fleet_vehicle", vehicle_id=vehicle_id)
    try:
        services.end_duty(vehicle_id=vehicle_id, place_id=place_id, by=_by(request))
    except queries.VehicleNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except services.UnableToChangeFleetError as refused:
        warn(request, str(refused))
    else:
        tell(request, "Den faste kørsel er afsluttet.")
    return redirect("fleet_vehicle", vehicle_id=vehicle_id)


def _done(
    request: HttpRequest, vehicle_id: UUID, form: Any, act: Callable[[services.By], None], words: str
) -> HttpResponse:
    if not form.is_valid():
        first = next(iter(form.errors.values()))[0] if form.errors else _SAYS
        warn(request, first if form.non_field_errors() else f"{_SAYS} {first}")
        return redirect("fleet_vehicle", vehicle_id=vehicle_id)
    try:
        act(_by(request))
    except queries.VehicleNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    except services.UnableToChangeFleetError as refused:
        warn(request, str(refused))
    else:
        tell(request, words)
    return redirect("fleet_vehicle", vehicle_id=vehicle_id)


def _by(request: HttpRequest) -> services.By:
    person = person_of(request)
    return services.By(person.municipality_id, person.id, clock.today(), clock.now())


def _choice(alternative: Alternative, reason: str, sent: Any = None) -> ChoiceForm:
    return ChoiceForm(sent, initial={"valg": alternative.value, "begrundelse": reason})


def _cost(car: Any, today: Any) -> dict[str, Any]:
    names = (
        ("leasing", car.leasing_month_ore),
        ("forsikring", car.insurance_year_ore),
        ("service", car.service_year_ore),
    )
    return {"fra": today, "forbrug": car.per_100km} | {
        word: None if ore is None else f"{ore // 100},{ore % 100:02d}" for word, ore in names
    }
