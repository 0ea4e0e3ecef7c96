"""The forms of the settings."""

from datetime import date, timedelta
from typing import Any

from django import forms

from styr.grants.core.codes import Verdict

_MOST_DAYS = 120


class DuplicateRuleForm(forms.Form):
    """A rule of two sections from a day on."""

    first = forms.ChoiceField(label="Paragraf")
    second = forms.ChoiceField(label="Samtidig med paragraf")
    verdict = forms.ChoiceField(label="Regel", choices=[(one.value, one.danish) for one in Verdict])
    starts = forms.DateField(label="Gælder fra", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label="Hvorfor", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = sections


class CalendarForm(forms.Form):
    """A new calendar."""

    code = forms.CharField(label="Navn", max_length=60, help_text="Fx tilbuddets navn, som det står i kontrakterne.")


class ClosingForm(forms.Form):
    """Closing days, from the first to the last."""

    first = forms.DateField(label="Fra", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(
        label="Til og med", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, and not a year after."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last") or given.get("first")
        if first and last and not first <= last < first + timedelta(days=_MOST_DAYS):
            self.add_error("last", f"Sidste dag skal ligge efter den første, og højst {_MOST_DAYS} dage efter.")
        return given

    def days(self) -> list[date]:
        """The days of a valid form."""
        first: date = self.cleaned_data["first"]
        last: date = self.cleaned_data["last"] or first
        return [first + timedelta(days=at) for at in range((last - first).days + 1)]
