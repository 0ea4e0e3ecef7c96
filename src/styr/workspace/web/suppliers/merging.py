"""The merger of a supplier into another: what goes over is shown before it does."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.kernel.refusal import Refusal
from styr.suppliers import queries as suppliers
from styr.suppliers.merging import NewMerger
from styr.ui.fields import DayField
from styr.ui.toasts import tell
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

    def __init__(self, *given: Any, others: list[tuple[UUID, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["continuing"].choices = [("", "Vælg leverandør"), *others]  # type: ignore[attr-defined]  # a choice field


@requires(Permission.EDIT_SUPPLIERS)
@require_http_methods(["GET", "POST"])
@once
def merge(request: HttpRequest, supplier_id: UUID) -> HttpResponse:
    """Let another supplier take over everything of this one from a day."""
    try:
        line = suppliers.supplier_line(supplier_id)
    except suppliers.SupplierNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    others = [(one.id, f"{one.name} ({one.cvr})") for one in suppliers.all_suppliers() if one.id != supplier_id]
    form = MergeForm(request.POST or None, others=others, initial={"valid_from": clock.today()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        merger = NewMerger(
            absorbed_id=supplier_id,
            continuing_id=given["continuing"],
            valid_from=given["valid_from"],
            note=given["note"],
        )
        person = person_of(request)
        try:
            went = merging.merge(
                municipality_id=person.municipality_id,
                merger=merger,
                actor_id=person.id,
                today=clock.today(),
                now=clock.now(),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, f"{_told(went)} er overdraget fra {danish_date(merger.valid_from)}.")
            return redirect("supplier", merger.continuing_id)
    going = merging.going_over(supplier_id, from_day=clock.today())
    context = {"section": "suppliers", "supplier": line, "form": form, "going": going}
    return render(request, "workspace/suppliers/merge.html", context)


def _told(went: merging.Going) -> str:
    contracts = went.contracts + went.frameworks
    return f"{contracts} {'kontrakt' if contracts == 1 else 'kontrakter'} og {went.grants} " + (
        "bevilling" if went.grants == 1 else "bevillinger"
    )
