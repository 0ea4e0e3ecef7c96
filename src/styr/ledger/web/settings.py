"""Which unit a cost centre belongs to: listed, set and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.units_in_reach import units_in_reach
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.refusal import Refusal
from styr.ledger.rule_queries import changes
from styr.ledger.treatments import COST_CENTRES, cost_centres, set_cost_centre
from styr.ui.fields import DayField
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, list_response
from styr.ui.toasts import tell_with_undo, warn

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class CentreForm(forms.Form):
    """A cost centre and its unit."""

    code = forms.CharField(label="Omkostningssted", max_length=4, help_text="Fire cifre.")
    unit = forms.TypedChoiceField(label="Enhed", coerce=UUID)
    starts = DayField(label="Gælder fra")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = [(str(unit), name) for unit, name in units_in_reach()]  # type: ignore[attr-defined]  # a choice field


class CentreFilterForm(FilterForm):
    """What the cost centres can be narrowed by."""

    q = forms.CharField(label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Nummer, enhed"}))


CENTRES: Final = ListSpec(
    name="omkostningssteder",
    title="Omkostningssteder",
    one="omkostningssted",
    many="omkostningssteder",
    default_sort="",
    columns=(
        Column("code", "Omkostningssted", fixed=True),
        Column("unit", "Enhed", note=lambda row: row.unit_number),
        Column("valid_from", "Fra", Kind.DATE),
        Column("valid_to", "Til og med", Kind.LAST_DAY),
    ),
    empty_icon="building-2",
    empty_title="Ingen omkostningssteder endnu",
    empty_text="Indlæs filen med omkostningssteder, eller sæt det første her.",
)


@requires(Permission.SEE_SETTINGS)
@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """The cost centres and their units."""
    form = CentreFilterForm(request.GET)

    def fetch(wanted: Any, _sort: Sort, page: int, size: int) -> ListPage[Any]:
        rows, total = cost_centres(words=(wanted.get("q") or "").strip(), page=page, size=size)
        return ListPage.of(rows, page=page, size=size, total=total)

    context = {
        "section": "settings",
        "form": CentreForm(initial={"starts": clock.today()}),
        "changes": changes(COST_CENTRES.what, most=20),
    }
    return list_response(request, CENTRES, fetch, form, context, template="ledger/centres.html")


@requires(Permission.CHANGE_SETTINGS)
@require_POST
@once
def centre_set(request: HttpRequest) -> HttpResponse:
    """Let a cost centre belong to a unit from a day on."""
    form = CentreForm(request.POST)
    if not form.is_valid():
        warn(request, "Skriv fire cifre, vælg en enhed og en dag.")
        return redirect("cost_centres")
    told = form.cleaned_data
    try:
        change = set_cost_centre(
            municipality_id=person_of(request).municipality_id,
            code=told["code"],
            unit_id=told["unit"],
            starts=told["starts"],
            actor_id=person_of(request).id,
            now=clock.now(),
        )
    except Refusal as refusal:
        warn(request, str(refusal))
    else:
        said = f"Omkostningssted {told['code']} hører til enheden fra {danish_date(told['starts'])}."
        tell_with_undo(request, said, undo=reverse("rule_take_back", args=[change]))
    return redirect(f"{reverse('cost_centres')}?q={told['code']}")
