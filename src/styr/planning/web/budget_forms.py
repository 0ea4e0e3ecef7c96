"""The forms of budget versions and their lines."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from styr.planning.budgeting import Plan
from styr.planning.core.versions import Part
from styr.planning.deciding import AddedLine
from styr.planning.versions import LineFilter
from styr.ui.fields import AmountField
from styr.ui.lists import FilterForm
from styr.ui.unchanged import UnchangedForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from styr.planning.naming import Names

MOST_KRONER = Decimal(10**12)


class VersionForm(forms.Form):
    """What a version is made with."""

    name = forms.CharField(label="Navn", max_length=120)
    year = forms.TypedChoiceField(label="Budgetår", coerce=int)
    unit = forms.TypedChoiceField(label="Enhed", required=False, coerce=UUID, empty_value=None)
    index_percent = AmountField(
        label="Fremskrivning i procent", required=False, decimal_places=2, min_value=Decimal(-25),
        max_value=Decimal(25),
        help_text="KL's PL-fremskrivning fra i dag til budgetåret, fx 2,6. Priser aftalt for året ændres ikke.",
    )  # fmt: skip
    from_forecast = forms.ChoiceField(
        label="Begynd med", required=False, initial="",
        choices=[("", "bevillingerne, som de er nu"), ("prognose", "prognosen for året, med puljer og erfaring")],
        help_text="Prognosen er fremskrevet i forvejen og regner selv med bevillinger, der fortsætter.",
    )  # fmt: skip
    goes_on = forms.BooleanField(
        label="Bevillinger fortsætter efter deres slutdato", required=False, initial=True,
        help_text="De fleste forlænges. Uden fluebenet slutter de, som de er bevilget.",
    )  # fmt: skip
    transitions = forms.BooleanField(
        label="Overgange ved 18 år og folkepensionsalder", required=False, initial=True,
        help_text="Efter de medfølgende regler (kontrollér dem nedenfor).",
    )  # fmt: skip
    negotiations = forms.BooleanField(label="Planlagte forhandlinger regnes med", required=False, initial=True)
    note = forms.CharField(label="Note", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *given: Any, units: Mapping[UUID, str], years: Sequence[int], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined] # a choice field
        everything = [("", "Alt, hvad du kan se")]
        self.fields["unit"].choices = [*everything, *((str(key), name) for key, name in units.items())]  # type: ignore[attr-defined] # the same

    def plan(self) -> Plan:
        """The plan of a valid form."""
        given = self.cleaned_data
        return Plan(
            name=given["name"],
            year=given["year"],
            unit_id=given["unit"],
            index_percent=given["index_percent"] or Decimal(0),
            goes_on=given["goes_on"],
            transitions=given["transitions"],
            negotiations=given["negotiations"],
            note=given["note"],
            from_forecast=bool(given["from_forecast"]),
        )


class LineForm(UnchangedForm):
    """Another amount for a line's year, and why."""

    total = AmountField(label="Beløb for året, kr.", min_value=-MOST_KRONER, max_value=MOST_KRONER, decimal_places=2)
    account = forms.CharField(label="Kontostreng", max_length=40, required=False, help_text="16 cifre.")
    reason = forms.CharField(label="Begrundelse", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def total_ore(self) -> int:
        """The amount in øre."""
        return int(self.cleaned_data["total"] * 100)


class NewLineForm(LineForm):
    """A line by hand."""

    text = forms.CharField(label="Hvad er det?", max_length=200)
    unit = forms.TypedChoiceField(label="Enhed", coerce=UUID)
    section = forms.ChoiceField(label="Paragraf", required=False)
    field_order = ("text", "unit", "section", "account", "total", "reason")

    def __init__(self, *given: Any, names: Names, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = [(str(key), name) for key, name in names.units.items()]  # type: ignore[attr-defined] # a choice field
        self.fields["section"].choices = [("", "–"), *names.sections.items()]  # type: ignore[attr-defined] # the same

    def added(self) -> AddedLine:
        """The line of a valid form."""
        given = self.cleaned_data
        return AddedLine(given["text"], given["unit"], given["section"], given["account"], self.total_ore)


class TextForm(forms.Form):
    """A comment, or the answer that sends a version back."""

    text = forms.CharField(label="Kommentar", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class LineFilterForm(FilterForm):
    """What can be asked of a version's lines."""

    paragraf = forms.ChoiceField(label="Paragraf")
    enhed = forms.TypedChoiceField(label="Enhed", coerce=UUID, empty_value=None)
    del_ = forms.ChoiceField(label="Del", choices=[("", "Alle"), *((one.value, one.danish) for one in Part)])
    konto = forms.CharField(label="Konto", max_length=16)
    rettede = forms.BooleanField(label="Kun rettede")
    udenkonto = forms.BooleanField(label="Uden konto")

    def __init__(self, *given: Any, names: Names, **named: Any) -> None:
        sections = [("", "Alle"), *names.sections.items()]
        units = [("", "Alle"), *((str(key), name) for key, name in names.units.items())]
        super().__init__(*given, offered={"paragraf": sections, "enhed": units}, **named)

    def wanted(self) -> LineFilter:
        """The filter as the versions understand it."""
        asked = self.values
        return LineFilter(
            section=asked["paragraf"],
            unit_id=asked["enhed"],
            part=asked["del_"],
            account=asked["konto"],
            edited=bool(asked["rettede"]),
            without_account=bool(asked["udenkonto"]),
        )
