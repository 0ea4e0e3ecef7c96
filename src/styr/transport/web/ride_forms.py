"""The forms of transport grants."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms

from styr.people import listing as citizens
from styr.transport.core.codes import OperatorKind, Outcome
from styr.transport.core.facts import QUESTIONS
from styr.transport.core.rules import ASKED
from styr.transport.core.weekdays import FULL, days_of
from styr.transport.ride_queries import ENDS_WITHIN_DAYS, RideFilter
from styr.ui.fields import AmountField
from styr.ui.filters import FilterForm
from styr.ui.unchanged import UnchangedForm

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from styr.transport.models import RideGrant

_MOST_NAMED: Final = 500
_LACKS: Final = [("", "Alle"), ("place", "Koordinater"), ("road", "Målt vej"), ("decision", "Vurdering")]
_YES_NO: Final = [("", "Ikke oplyst"), ("ja", "Ja"), ("nej", "Nej")]
_KINDS: Final = [("", "Alle"), *((one.value, one.danish.capitalize()) for one in OperatorKind)]
_HUNDRED: Final = 100


class RideFilterForm(FilterForm):
    """What can be asked of the list of transport grants."""

    q = forms.CharField(
        label="Søg", widget=forms.TextInput(attrs={"type": "search", "placeholder": "Nummer, borger, mål"})
    )
    omraade = forms.IntegerField(label="Område nr.", min_value=1, max_value=999)
    operatoer = forms.ChoiceField(label="Operatør", choices=_KINDS)
    mangler = forms.ChoiceField(label="Mangler", choices=_LACKS)
    loeber = forms.BooleanField(label="Løber nu")
    ophoerer = forms.BooleanField(label=f"Ophører inden {ENDS_WITHIN_DAYS} dage")

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        self.today = today
        super().__init__(*given, **named)

    def wanted(self) -> RideFilter:
        """The filter as the query understands it; words of three letters and more may name a citizen."""
        asked = self.values
        words = (asked["q"] or "").strip()
        named = len(words) > 2 and not words.isdigit()  # noqa: PLR2004 - as told
        found = citizens.citizen_ids(citizens.CitizenFilter(name=words), today=self.today) if named else []
        return RideFilter(
            text=words,
            citizens=tuple(found[:_MOST_NAMED]),
            area_no=asked["omraade"],
            kind=asked["operatoer"] or "",
            lacks=asked["mangler"] or "",
            running=bool(asked["loeber"]),
            ending=bool(asked["ophoerer"]),
        )


class RideForm(forms.Form):
    """What a grant says of rides. The choices of things are given by the page."""

    criterion = forms.TypedChoiceField(label="Kriterium", coerce=UUID)
    operator = forms.TypedChoiceField(label="Operatør", coerce=UUID, required=False, empty_value=None)
    home = forms.TypedChoiceField(label="Fra", coerce=UUID, required=False, empty_value=None)
    destination = forms.TypedChoiceField(label="Til", coerce=UUID, required=False, empty_value=None)
    weekdays = forms.TypedMultipleChoiceField(
        label="Ugedage",
        coerce=int,
        required=False,
        choices=[(str(day), name.capitalize()) for day, name in enumerate(FULL)],
        widget=forms.CheckboxSelectMultiple,
        help_text="Ingen valgte dage betyder efter behov.",
    )
    out_arrive = forms.TimeField(label="Fremme senest", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    back_leave = forms.TimeField(label="Hjem tidligst", required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    max_ride_minutes = forms.IntegerField(label="Længste køretid, minutter", required=False, min_value=1, max_value=600)
    user_payment = AmountField(label="Egenbetaling pr. tur, kr.", required=False, min_value=0, max_value=100_000)
    road_km = AmountField(
        label="Målt vej én vej, km",
        required=False,
        min_value=0,
        max_value=9_999,
        help_text="Lad feltet stå tomt, indtil vejen er målt.",
    )
    aids = forms.CharField(label="Hjælpemidler", required=False, max_length=200)
    companion = forms.BooleanField(label="Ledsager", required=False)
    solo = forms.BooleanField(label="Solokørsel", required=False)
    version = forms.CharField(widget=forms.HiddenInput, max_length=20)

    def __init__(self, *given: Any, offered: Mapping[str, list[tuple[UUID, str]]], **named: Any) -> None:
        super().__init__(*given, **named)
        for name, found in offered.items():
            first = [] if name == "criterion" else [("", "Ikke valgt")]
            self.fields[name].choices = [*first, *((str(id_), text) for id_, text in found)]  # type: ignore[attr-defined]  # a choice field

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        told = self.cleaned_data
        payment = told["user_payment"]
        return {
            **{f"{name}_id": told[name] for name in ("criterion", "operator", "home", "destination")},
            **{name: told[name] for name in ("out_arrive", "back_leave", "max_ride_minutes", "road_km")},
            **{name: told[name] for name in ("aids", "companion", "solo")},
            "weekdays": sum(1 << day for day in told["weekdays"]),
            "user_payment_ore": None if payment is None else int(payment * _HUNDRED),
        }


def initial_of(ride: RideGrant | None, version: str) -> dict[str, Any]:
    """What the form begins with."""
    if ride is None:
        return {"version": version}
    names = ("out_arrive", "back_leave", "max_ride_minutes", "road_km", "aids", "companion", "solo")
    payment = ride.user_payment_ore
    whole, rest = divmod(payment or 0, _HUNDRED)
    return {
        **{name: getattr(ride, name) for name in names},
        **{name: getattr(ride, f"{name}_id") for name in ("criterion", "operator", "home", "destination")},
        "weekdays": [str(day) for day in days_of(ride.weekdays)],
        "user_payment": None if payment is None else f"{whole},{rest:02d}",
        "version": version,
    }


class FactsForm(UnchangedForm):
    """The questions that a criterion's rule asks; what is left empty is not known."""

    def __init__(self, *given: Any, rule: str, **named: Any) -> None:
        super().__init__(*given, **named)
        for key in ASKED.get(rule, ()):
            question = QUESTIONS[key]
            self.fields[key] = (
                forms.ChoiceField(label=question.text, choices=_YES_NO, required=False)
                if question.most is None
                else forms.IntegerField(label=question.text, required=False, min_value=0, max_value=question.most)
            )

    def answers(self) -> dict[str, Any]:
        """Key → the answer; None is not known."""
        read = {"ja": True, "nej": False, "": None}
        return {
            key: value if QUESTIONS[key].most is not None else read[value]
            for key, value in self.cleaned_data.items()
            if key in QUESTIONS
        }


def facts_initial(answers: Mapping[str, bool | int]) -> dict[str, Any]:
    """What the form of facts begins with."""
    return {key: ("ja" if answer else "nej") if isinstance(answer, bool) else answer for key, answer in answers.items()}


class DecisionForm(forms.Form):
    """What a person decides, and why."""

    outcome = forms.TypedChoiceField(
        label="Afgørelse",
        coerce=Outcome,
        choices=[("", "Vælg"), *((one.value, one.danish.capitalize()) for one in Outcome)],
    )
    reason = forms.CharField(
        label="Begrundelse", max_length=1_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Regel, oplysninger og kilder gemmes sammen med den.",
    )  # fmt: skip
