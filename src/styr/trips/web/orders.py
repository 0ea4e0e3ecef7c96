"""Orders to operators, and the changes that institutions tell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_month
from styr.people.queries import citizen_lines
from styr.transport.core.weekdays import text_of
from styr.trips import ordering, riding
from styr.trips.core.change_sheet import month_after, next_sheet
from styr.trips.core.codes import ChangeKind
from styr.trips.web.acting import by_of
from styr.ui.fields import DayField
from styr.ui.table_files import rows_shown
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID


class MonthForm(forms.Form):
    """Which month is ordered."""

    maaned = forms.DateField()


class ChangeForm(forms.Form):
    """One change for those who are ticked."""

    kind = forms.ChoiceField(label="Ændring", choices=[(one.value, one.danish.capitalize()) for one in ChangeKind])
    first = DayField(label="Fra")
    last = DayField(label="Til og med")
    note = forms.CharField(label="Bemærkning", required=False, max_length=200)
    riders = forms.MultipleChoiceField(
        label="Hvem",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Vælg mindst én, som ændringen gælder."},
    )


@requires(Permission.SEE_TRANSPORT)
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """The orders that were made, what waits to be told, and the places whose changes can be noted."""
    today = clock.today()
    waiting = riding.changes(today, most=rows_shown(request, riding.MOST_CHANGES))
    shown = citizen_lines(
        citizen_ids={one.citizen_id for one in waiting}, page=request.path, purpose=ordering.PURPOSE, today=today
    )
    sheet_month, sheet_day = next_sheet(today)
    following = month_after(today)
    context = {
        "section": "transport",
        "orders": riding.orders(most=rows_shown(request, riding.MOST_ORDERS)),
        "changes": [(one, shown.get(one.citizen_id)) for one in waiting],
        "waiting": sum(one.order_number is None for one in waiting),
        "places": riding.places_ridden_to(today),
        "months": [(month, f"{danish_month(month)}") for month in (today.replace(day=1), following)],
        "sheet_month": sheet_month,
        "sheet_day": sheet_day,
    }
    return render(request, "trips/orders.html", context)


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def order_make(request: HttpRequest) -> HttpResponse:
    """Order a month of standing rides from every operator that has not been told."""
    form = MonthForm(request.POST)
    if not form.is_valid() or not _near(form.cleaned_data["maaned"]):
        warn(request, "Vælg en måned, fra denne til om et år.")
        return redirect("orders")
    try:
        made = ordering.order_month(month=form.cleaned_data["maaned"], by=by_of(request))
    except ordering.UnableToOrderError as refused:
        warn(request, str(refused))
        return redirect("orders")
    if not made:
        tell(request, "Måneden er allerede bestilt hos alle, eller ingen kører fast i den.")
    else:
        told = ", ".join(f"{one.operator} ({one.lines} ture)" for one in made)
        tell(request, f"Bestilt: {told}.")
    return redirect("orders")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
@once
def change_sheet_make(request: HttpRequest) -> HttpResponse:
    """Tell the operators the changes that no sheet has told."""
    try:
        made = ordering.send_changes(by=by_of(request))
    except ordering.UnableToOrderError as refused:
        warn(request, str(refused))
        return redirect("orders")
    if not made:
        tell(request, "Der er ingen ændringer til måneder, der er bestilt.")
    else:
        tell(request, f"{len(made)} ændringsark er lavet." if len(made) > 1 else "Ændringsarket er lavet.")
    return redirect("orders")


@requires(Permission.EDIT_TRANSPORT)
@require_POST
def order_fetch(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The order's file, as it was made; that it was fetched is noted, so it is asked for by a form."""
    try:
        name, content = ordering.fetch_order(order_id=order_id, by=by_of(request))
    except ordering.UnableToOrderError as refused:
        raise Http404(str(refused)) from refused
    answer = HttpResponse(content, content_type="text/csv")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@requires(read=Permission.SEE_TRANSPORT, write=Permission.EDIT_TRANSPORT)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def ride_changes(request: HttpRequest, ride_place_id: UUID) -> HttpResponse:
    """One form for all who ride to a place."""
    today = clock.today()
    try:
        riders = riding.riders_to(ride_place_id, page=request.path, today=today)
    except riding.PlaceNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    form = ChangeForm(request.POST or None, initial={"first": today, "last": today})
    form.fields["riders"].choices = [  # type: ignore[attr-defined]  # a choice field
        (str(one.grant_id), f"{one.name} · {text_of(one.weekdays)} · {one.operator}") for one in riders
    ]
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        chosen = [one for one in riders if str(one.grant_id) in set(given["riders"])]
        try:
            noted, late = riding.note_changes(
                riders=chosen,
                kind=ChangeKind(given["kind"]),
                first=given["first"],
                last=given["last"],
                note=given["note"],
                by=by_of(request),
            )
        except ordering.UnableToOrderError as refused:
            form.add_error(None, str(refused))
        else:
            words = f"{noted} ændringer er noteret." if noted != 1 else "Ændringen er noteret."
            tell(request, f"{words} Ring også til operatøren: arket for måneden er allerede sendt." if late else words)
            return redirect("orders")
    sheet_month, sheet_day = next_sheet(today)
    place = next((one.name for one in riding.places_ridden_to(today) if one.id == ride_place_id), "Stedet")
    context = {
        "section": "transport", "form": form, "place": place, "riders": len(riders), "sheet_month": sheet_month,
        "sheet_day": sheet_day,
    }  # fmt: skip
    return render(request, "trips/ride_changes.html", context)


def _near(day: date) -> bool:
    today = clock.today()
    return today.replace(day=1) <= day <= date(today.year + 1, today.month, 28)
