"""Settings of the ledger: what holds for accounts, and which unit a cost centre belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.units_in_reach import units_in_reach
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ledger.core.codes import StateRefund, VatTreatment
from styr.ledger.treatments import (
    TreatmentFacts,
    UnableToSetTreatmentError,
    cost_centres,
    set_cost_centre,
    set_treatment,
    treatments,
)
from styr.ui.fields import AmountField, DayField
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PER_CENT: Final = 100


class TreatmentForm(forms.Form):
    """A treatment of the municipality's own."""

    function = forms.CharField(label="Funktion", max_length=10, help_text="Fem cifre, fx 5.28.20.")
    name = forms.CharField(label="Navn", max_length=120)
    cost_type = forms.RegexField("^[0-9]{2}$", label="Art", required=False, help_text="To cifre; tom er alle.")
    ownership = forms.RegexField("^[0-9]$", label="Ejerforhold", required=False, help_text="Et ciffer; tom er alle.")
    state_refund = forms.ChoiceField(label="Statsrefusion", choices=StateRefund.choices())
    vat_treatment = forms.ChoiceField(label="Moms", choices=VatTreatment.choices())
    vat_percent = AmountField(label="Andel i procent", required=False)
    starts = DayField(label="Gælder fra")
    note = forms.CharField(label="Note", max_length=300, required=False)

    def clean_vat_percent(self) -> Any:
        """A percentage from 0 to 100."""
        value = self.cleaned_data["vat_percent"]
        if value is not None and not 0 <= value <= _PER_CENT:
            raise forms.ValidationError("Andelen skal ligge fra 0 til 100 procent.")
        return value

    def facts(self) -> TreatmentFacts:
        """What was written."""
        told = self.cleaned_data
        percent = told["vat_percent"]
        return TreatmentFacts(
            function="".join(sign for sign in told["function"] if sign.isdigit()),
            cost_type=told["cost_type"],
            ownership=told["ownership"],
            name=told["name"].strip(),
            state_refund=told["state_refund"],
            vat_treatment=told["vat_treatment"],
            vat_share=None if percent is None else percent / _PER_CENT,
            note=told["note"].strip(),
        )


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


@requires(read=Permission.SEE_SETTINGS, write=Permission.CHANGE_SETTINGS)
@require_http_methods(["GET", "HEAD", "POST"])
@once
def account_treatments(request: HttpRequest) -> HttpResponse:
    """What holds for accounts; the municipality's own stand in place of the program's."""
    today = clock.today()
    form = TreatmentForm(request.POST or None, initial={"starts": today})
    if request.method == "POST" and form.is_valid():
        try:
            set_treatment(
                municipality_id=person_of(request).municipality_id,
                facts=form.facts(),
                starts=form.cleaned_data["starts"],
            )
        except UnableToSetTreatmentError as refusal:
            form.add_error(None, str(refusal))
        else:
            tell(request, f"Behandlingen gælder fra {danish_date(form.cleaned_data['starts'])}.")
            return redirect("account_treatments")
    lines = treatments(today=today)
    context = {
        "section": "settings",
        "lines": lines,
        "unchecked": sum(not line.own for line in lines),
        "lacking": sum(line.lacks_share for line in lines),
        "form": form,
    }
    return render(request, "ledger/treatments.html", context)


@requires(Permission.SEE_SETTINGS)
@require_safe
def centres(request: HttpRequest) -> HttpResponse:
    """The cost centres and their units."""
    form = CentreFilterForm(request.GET)

    def fetch(wanted: Any, _sort: Sort, page: int, size: int) -> ListPage[Any]:
        rows, total = cost_centres(words=(wanted.get("q") or "").strip(), page=page, size=size)
        return ListPage.of(rows, page=page, size=size, total=total)

    context = {"section": "settings", "form": CentreForm(initial={"starts": clock.today()})}
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
        set_cost_centre(
            municipality_id=person_of(request).municipality_id,
            code=told["code"],
            unit_id=told["unit"],
            starts=told["starts"],
        )
    except UnableToSetTreatmentError as refusal:
        warn(request, str(refusal))
    else:
        tell(request, f"Omkostningssted {told['code']} hører til enheden fra {danish_date(told['starts'])}.")
    return redirect(f"{reverse('cost_centres')}?q={told['code']}")
