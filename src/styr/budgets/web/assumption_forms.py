"""The forms of the assumptions: a year's percentage, and a provision."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.budgets.assumptions import IndexYear, ProvisionFacts, ProvisionView
from styr.budgets.core.assumed_rows import CHECK, LONGEST_SOURCE, is_to_check, with_mark, without_mark
from styr.budgets.core.codes import ProvisionKind
from styr.kernel.account import Account, InvalidAccountError
from styr.ui.fields import AmountField

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYWHERE: Final = "alle"
"""Chosen among the units where something holds for the whole municipality."""
WHOLE_MUNICIPALITY: Final = "Hele kommunen"
_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_MOST_PERSONS, _MOST_KRONER = Decimal(9_999), Decimal(10_000_000)
_FEWER: Final = (ProvisionKind.DEPARTURES,)
_MORE: Final = (ProvisionKind.WAITING_LIST, ProvisionKind.ARRIVALS)


class MonthField(forms.DateField):
    """A month, as its first day."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(attrs={"type": "month"}, format="%Y-%m"))
        super().__init__(input_formats=["%Y-%m"], **given)
        self.error_messages["invalid"] = "Skriv en måned som 2027-03."

    def clean(self, value: Any) -> date | None:
        """The first day of the month."""
        day: date | None = super().clean(value)
        if day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            raise forms.ValidationError(f"Skriv en måned mellem {_FIRST_YEAR} og {_LAST_YEAR}.")
        return day


class SourcedForm(forms.Form):
    """What every assumption tells: where the figure is from, and whether somebody is to look it up."""

    source = forms.CharField(
        label="Kilde", max_length=LONGEST_SOURCE, help_text="Hvor tallet er fra, så andre kan slå det op."
    )
    check = forms.BooleanField(
        label=f"Skal efterprøves (mærkes »{CHECK}«)", required=False, help_text="Tallet regnes med alligevel."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    @property
    def note(self) -> str:
        """The source as it is kept."""
        return with_mark(self.cleaned_data["source"], check=self.cleaned_data["check"])


class IndexForm(SourcedForm):
    """By how much a year's prices differ from those of the year before."""

    year = forms.IntegerField(label="År", min_value=_FIRST_YEAR, max_value=_LAST_YEAR)
    percent = AmountField(
        label="Ændring i procent", min_value=Decimal(-50), max_value=Decimal(50), max_digits=6, decimal_places=4,
        help_text="Fra året før, fx 2,6. Et fald skrives med minus.",
    )  # fmt: skip
    field_order = ("year", "percent", "source", "check")


class ProvisionForm(SourcedForm):
    """Persons times a price, month by month."""

    kind = forms.ChoiceField(label="Art", choices=[(one.value, one.danish.capitalize()) for one in ProvisionKind])
    unit = forms.TypedChoiceField(label="Gælder", coerce=lambda word: None if word == EVERYWHERE else UUID(word))
    section = forms.ChoiceField(label="Paragraf", required=False)
    account = forms.CharField(label="Kontostreng", max_length=40, required=False, help_text="16 cifre.")
    persons = AmountField(
        label="Personer", min_value=-_MOST_PERSONS, max_value=_MOST_PERSONS, decimal_places=2,
        help_text="Afgang og besparelser skrives med minus, fx -1,5.",
    )  # fmt: skip
    price = AmountField(label="Pris pr. person pr. måned, kr.", max_value=_MOST_KRONER, decimal_places=2)
    starts = MonthField(label="Fra måned")
    last = MonthField(label="Til og med måned", required=False)
    field_order = ("kind", "unit", "section", "account", "persons", "price", "starts", "last", "source", "check")

    def __init__(self, *given: Any, units: list[tuple[str, str]], sections: Mapping[str, str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a choice field
        self.fields["section"].choices = [("", "Ingen bestemt"), *sections.items()]  # type: ignore[attr-defined]  # the same

    def clean_account(self) -> str:
        """Sixteen digits, or none."""
        words: str = self.cleaned_data["account"].strip()
        try:
            return str(Account.parse(words)) if words else ""
        except InvalidAccountError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """Refuse what would count the wrong way, or never."""
        told = super().clean() or self.cleaned_data
        kind, persons = told.get("kind"), told.get("persons")
        if persons == 0:
            self.add_error("persons", "Skriv et andet tal end nul.")
        if persons and kind in _FEWER and persons > 0:
            self.add_error("persons", "Afgang gør udgiften mindre: skriv personerne med minus.")
        if persons and kind in _MORE and persons < 0:
            self.add_error("persons", "Venteliste og tilgang gør udgiften større: skriv personerne uden minus.")
        starts, last = told.get("starts"), told.get("last")
        if starts and last and last < starts:
            self.add_error("last", "Den sidste måned kan ikke ligge før den første.")
        return told

    def facts(self) -> ProvisionFacts:
        """What a valid form says."""
        told = self.cleaned_data
        return ProvisionFacts(
            kind=ProvisionKind(told["kind"]),
            persons=told["persons"],
            price_ore=int(told["price"] * 100),
            starts=told["starts"],
            ends=None if told["last"] is None else month_after(told["last"]),
            unit_id=told["unit"],
            section=told["section"],
            account=told["account"],
            note=self.note,
        )


def month_after(month: date) -> date:
    """The first day of the next month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_month(ends: date | None) -> date | None:
    """The last month before an end, as its first day."""
    return None if ends is None else (ends - timedelta(days=1)).replace(day=1)


def index_initial(row: IndexYear) -> dict[str, Any]:
    """A percentage as the form shows it."""
    return {"year": row.year, "percent": row.percent, **_source(row.note)}


def provision_initial(row: ProvisionView) -> dict[str, Any]:
    """A provision as the form shows it."""
    return {
        "kind": row.kind.value,
        "unit": EVERYWHERE if row.unit_id is None else str(row.unit_id),
        "section": row.section,
        "account": row.account,
        "persons": row.persons,
        "price": Decimal(row.price_ore) / 100,
        "starts": row.starts,
        "last": last_month(row.ends),
        **_source(row.note),
    }


def _source(note: str) -> dict[str, Any]:
    return {"source": without_mark(note), "check": is_to_check(note)}
