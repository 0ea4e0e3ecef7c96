"""The merger of a supplier into another: what goes over is shown before it does."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.held import held_address
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.fingerprint import fingerprint
from styr.kernel.refusal import Refusal
from styr.suppliers import queries as suppliers
from styr.suppliers.merging import NewMerger
from styr.ui.fields import DayField
from styr.ui.toasts import tell, warn
from styr.workspace import merging


class MergeForm(forms.Form):
    """Who goes on, and from which day."""

    continuing = forms.TypedChoiceField(label="Fortsættende leverandør", coerce=UUID)
    valid_from = DayField(
        label="Fusionen gælder fra",
        help_text="Fra den dag er den fortsættende part i kontrakterne. Den ophørende kan kun fakturere dage før.",
    )
    note = forms.CharField(
        label="Bemærkning", max_length=300, required=False, help_text="Fx hvor fusionen er set (Virk, brev af …)."
    )

    def __init__(self, *given: Any, others: list[tuple[UUID, str]], today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today
        self.fields["continuing"].choices = [("", "Vælg leverandør"), *others]  # type: ignore[attr-defined]  # a choice field

    def clean_valid_from(self) -> date:
        """The day, which is here already."""
        day: date = self.cleaned_data["valid_from"]
        if day > self.today:
            raise forms.ValidationError(merging.NOT_YET)
        return day


@requires(Permission.EDIT_CONTRACTS)
@require_http_methods(["GET", "POST"])
@once
@held_address
def merge(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """Show what goes over on the day that is asked for, and once that is confirmed let it go over to another supplier.

    A form that was changed, or of which something else would go over by now, is to be confirmed anew.
    """
    today = clock.today()
    try:
        line = suppliers.supplier_line(supplier_id)
    except suppliers.SupplierNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    if not merging.may_merge(actor_id=person_of(request).id, on=today):
        warn(request, "Det kræver en rolle i hele kommunen at registrere en fusion.")
        return redirect("supplier", supplier_id)
    others = [(one.id, f"{one.name} ({one.cvr})") for one in suppliers.all_suppliers() if one.id != supplier_id]
    form = MergeForm(request.POST or None, others=others, today=today, initial={"valid_from": today})
    asks = request.method == "POST" and form.is_valid()
    day = form.cleaned_data["valid_from"] if asks else today
    going = merging.going_over(supplier_id, from_day=day)
    seen = fingerprint((str(form.cleaned_data["continuing"]), day, going)) if asks else ""
    if asks and request.POST.get("seen") == seen:
        try:
            return _merged(request, supplier_id, form.cleaned_data)
        except Refusal as refused:
            form.add_error(None, str(refused))
            seen = ""
    context = {"section": "suppliers", "supplier": line, "form": form, "going": going, "day": day, "seen": seen}
    return render(request, "workspace/suppliers/merge.html", context)


def _merged(request: HttpRequest, supplier_id: UUID, given: dict[str, Any]) -> HttpResponse:
    person = person_of(request)
    merger = NewMerger(
        absorbed_id=supplier_id,
        continuing_id=given["continuing"],
        valid_from=given["valid_from"],
        note=given["note"],
    )
    went = merging.merge(
        municipality_id=person.municipality_id,
        merger=merger,
        actor_id=person.id,
        today=clock.today(),
        now=clock.now(),
    )
    tell(request, f"{_told(went)} er overdraget fra {danish_date(merger.valid_from)}.")
    return redirect("supplier", merger.continuing_id)


def _told(went: merging.Going) -> str:
    contracts = went.contracts + went.frameworks
    return f"{contracts} {'kontrakt' if contracts == 1 else 'kontrakter'} og {went.grants} " + (
        "bevilling" if went.grants == 1 else "bevillinger"
    )
