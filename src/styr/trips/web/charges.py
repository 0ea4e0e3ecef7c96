"""User payment for rides: what each month comes to, for whom, and the button that charges it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_month
from styr.people.queries import citizen_lines
from styr.trips import charging
from styr.trips.web.acting import by_of
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class MonthForm(forms.Form):
    """Which month."""

    maaned = forms.DateField()


@requires(Permission.SEE_TRANSPORT)
@require_safe
def ride_charges(request: HttpRequest) -> HttpResponse:
    """The months, and one of them by citizen: the one asked for, else the latest that has ended."""
    today = clock.today()
    months = charging.months_of_rides(today)
    form = MonthForm(request.GET)
    asked = form.cleaned_data["maaned"].replace(day=1) if form.is_valid() else None
    ended = [one for one in months if one.ended]
    shown = next((one for one in months if one.month == asked), ended[0] if ended else None)
    riders = charging.riders_of_month(shown.month) if shown else []
    names = citizen_lines(
        citizen_ids={one.citizen_id for one in riders}, page=request.path, purpose="egenbetaling for kørsel",
        today=today,
    )  # fmt: skip
    context: dict[str, Any] = {
        "section": "transport",
        "months": months,
        "shown": shown,
        "riders": sorted(((one, names.get(one.citizen_id)) for one in riders), key=lambda pair: -pair[0].rest_ore),
    }
    return render(request, "trips/charges.html", context)


@requires(Permission.EDIT_ECONOMY)
@require_POST
@once
def ride_charges_make(request: HttpRequest) -> HttpResponse:
    """Charge a month, or mend what was charged for it."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        warn(request, "Vælg en måned.")
        return redirect("ride_charges")
    month = form.cleaned_data["maaned"].replace(day=1)
    try:
        made = charging.charge_rides(month=month, by=by_of(request))
    except charging.UnableToChargeRidesError as refused:
        warn(request, str(refused))
    else:
        word = danish_month(month)
        parts = ((made.new, "nye"), (made.changed, "rettet"), (made.gone, "fjernet"))
        told = ", ".join(f"{count} {what}" for count, what in parts if count)
        tell(request, f"Egenbetalingen for {word} er opkrævet: {told}." if told else f"Intet er ændret i {word}.")
    return redirect(f"{reverse('ride_charges')}?maaned={month.isoformat()}")
