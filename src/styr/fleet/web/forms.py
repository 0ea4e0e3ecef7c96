"""What is asked about a vehicle: what becomes of it, what it costs, where it drives by duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from styr.fleet.core.codes import Alternative
from styr.kernel.money import Money
from styr.ui.fields import AmountField, DayField
from styr.ui.unchanged import UnchangedForm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.transport.whereabouts import Whereabouts


class ChoiceForm(UnchangedForm):
    """What is to become of a vehicle."""

    valg = forms.ChoiceField(label="Valg", choices=[(one.value, one.danish.capitalize()) for one in Alternative])
    begrundelse = forms.CharField(
        label="Begrundelse", max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Står i oplægget."
    )


class CostForm(forms.Form):
    """What a vehicle costs from a day on; an empty field is not known."""

    fra = DayField(label="Gælder fra")
    leasing = AmountField(label="Leasing eller afskrivning pr. måned", required=False, min_value=0)
    forsikring = AmountField(label="Forsikring og afgift pr. år", required=False, min_value=0)
    service = AmountField(label="Service pr. år", required=False, min_value=0)
    forbrug = AmountField(
        label="Forbrug pr. 100 km",
        required=False,
        min_value=0,
        max_value=9_999,
        help_text="Liter, eller kWh for elvogne.",
    )
    kilde = forms.CharField(label="Kilde", max_length=200, required=False)

    def amounts(self) -> dict[str, Any]:
        """The fields of the cost."""
        told = self.cleaned_data
        ore = {
            name: None if told[word] is None else Money.from_kroner(told[word]).ore
            for name, word in (
                ("leasing_month_ore", "leasing"), ("insurance_year_ore", "forsikring"), ("service_year_ore", "service"),
            )
        }  # fmt: skip
        return ore | {"per_100km": told["forbrug"], "source": told["kilde"].strip()}


class DutyForm(forms.Form):
    """Where a vehicle drives by duty."""

    sted = forms.ChoiceField(label="Kører fast til")
    fra_dag = DayField(label="Fra")

    def __init__(self, *args: Any, places: Sequence[Whereabouts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sted"].choices = [(str(one.place_id), one.written) for one in places]  # type: ignore[attr-defined]  # a choice field's

    def place(self) -> UUID:
        """The place's id."""
        return UUID(self.cleaned_data["sted"])
