"""Forms about deliveries and meetings with suppliers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from styr.ui.fields import AmountField, DayField
from styr.ui.unchanged import UnchangedForm

Choices = Iterable[tuple[Any, str]]


class DeliveryForm(forms.Form):
    """How much was delivered of a service in a month."""

    line = forms.TypedChoiceField(label="Ydelse", coerce=UUID)
    month = DayField(label="En dag i måneden", help_text="Leverancen tæller for hele måneden.")
    quantity = AmountField(label="Leveret", help_text="I ydelsens egen enhed, fx timer eller døgn.")
    note = forms.CharField(label="Bemærkning", required=False, max_length=200)

    def __init__(self, *given: Any, lines: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["line"].choices = list(lines)  # type: ignore[attr-defined]  # a choice field


class MeetingForm(forms.Form):
    """A meeting to be held."""

    held_on = DayField(label="Dato")
    participants = forms.CharField(label="Deltagere", required=False, max_length=300)
    agenda = forms.CharField(
        label="Dagsorden",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Foreslået efter de åbne afvigelser. Skriv ikke borgeres navne eller CPR-numre.",
    )


class MinutesForm(UnchangedForm):
    """What was said."""

    participants = forms.CharField(label="Deltagere", required=False, max_length=300)
    minutes = forms.CharField(
        label="Referat",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Skriv ikke borgeres navne eller CPR-numre.",
    )


class ActionForm(forms.Form):
    """Something agreed."""

    what = forms.CharField(label="Aftalt handling", max_length=300)
    owner = forms.TypedChoiceField(label="Ansvarlig", coerce=UUID)
    due_on = DayField(label="Frist")

    def __init__(self, *given: Any, owners: Choices = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]  # a choice field
