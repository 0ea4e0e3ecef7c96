"""The forms of follow-up rounds."""

from __future__ import annotations

from typing import Any

from django import forms

from styr.ui.fields import AmountField, DayField


class OpenForm(forms.Form):
    """A new round."""

    unit = forms.ChoiceField(label="Enhed")
    held_on = DayField(label="Mødet holdes")

    def __init__(self, *given: Any, units: list[tuple[str, str]], **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a choice field


class NoteForm(forms.Form):
    """What was said."""

    borger = forms.ChoiceField(label="Om", required=False)
    tekst = forms.CharField(label="Notat", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *given: Any, citizens: list[tuple[str, str]], **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.fields["borger"].choices = citizens  # type: ignore[attr-defined]  # the same


class ActionForm(forms.Form):
    """What was agreed."""

    handling = forms.CharField(label="Hvad er aftalt", max_length=300)
    borger = forms.ChoiceField(label="Om", required=False)
    ansvarlig = forms.ChoiceField(label="Ansvarlig")
    frist = DayField(label="Frist")
    virkning = AmountField(
        label="Forventet besparelse i år, kr.",
        required=False,
        help_text="Lad feltet stå tomt, hvis den ikke er kendt endnu.",
    )

    def __init__(
        self, *given: Any, citizens: list[tuple[str, str]], colleagues: list[tuple[str, str]], **named_: Any
    ) -> None:
        super().__init__(*given, **named_)
        self.fields["borger"].choices = citizens  # type: ignore[attr-defined]  # the same
        self.fields["ansvarlig"].choices = colleagues  # type: ignore[attr-defined]  # the same


class CloseForm(forms.Form):
    """The minutes."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    attendees = forms.CharField(label="Deltagere", max_length=4000, help_text="Navne og roller, adskilt af komma.")
    summary = forms.CharField(
        label="Konklusion", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
