"""The forms and filters of refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from django import forms

from styr.kernel.period import ONE_DAY, next_month
from styr.refunds.cases import CaseFilter, Standing
from styr.refunds.core.codes import ClaimState, PaymentKind
from styr.refunds.core.limits import Scheme, Step
from styr.refunds.limiting import change_limits
from styr.refunds.payment_queries import PaymentFilter
from styr.ui.fields import AmountField, DayField
from styr.ui.filters import FilterForm

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDINGS: Final = {
    Standing.PASSED: "Over grænsen",
    Standing.AHEAD: "Kommer over",
    Standing.NEAR: "Tæt på",
}
SCHEMES: Final[dict[str, str]] = {scheme: scheme.danish for scheme in Scheme}
_STEPS: Final = (1, 2, 3)
_USUAL: Final = (25, 50, 75)


class CaseFilterForm(FilterForm):
    """Which cases; the year is chosen above the list."""

    aar = forms.IntegerField(widget=forms.HiddenInput)
    stand = forms.ChoiceField(
        label="Status", choices=[("", "Alle"), *((one.value, text) for one, text in STANDINGS.items())]
    )
    ordning = forms.ChoiceField(
        label="Ordning", choices=[("", "Alle"), *((one, text) for one, text in SCHEMES.items())]
    )
    year = 0

    def wanted(self) -> CaseFilter:
        """The filter as the query understands it."""
        return CaseFilter(self.year, self.values["stand"] or "", self.values["ordning"] or "")


class MunicipalFilterForm(FilterForm):
    """What is open has no filter but its order."""


class ClaimFilterForm(FilterForm):
    """Which claims."""

    stand = forms.ChoiceField(
        label="Status", choices=[("", "Alle"), *((s.value, s.danish.capitalize()) for s in ClaimState)]
    )

    def wanted(self) -> str:
        """The state asked for."""
        return self.values["stand"] or ""


class PaymentFilterForm(FilterForm):
    """Which user payments."""

    mangler = forms.BooleanField(label="Mangler betaling")
    afsluttede = forms.BooleanField(label="Også afsluttede")

    def wanted(self) -> PaymentFilter:
        """The filter as the query understands it."""
        return PaymentFilter(missing=bool(self.values["mangler"]), running=not self.values["afsluttede"])


class LimitsForm(forms.Form):
    """The limits of a scheme and year."""

    scheme = forms.ChoiceField(label="Ordning", choices=[(one, text) for one, text in SCHEMES.items()])
    year = forms.IntegerField(label="År", min_value=2007, max_value=2199)
    source = forms.CharField(
        label="Kilde", max_length=200, help_text="Hvor tallene er slået op, fx en orienteringsskrivelse med dato."
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for step, usual in zip(_STEPS, _USUAL, strict=True):
            name = ("Første", "Anden", "Tredje")[step - 1]
            first = step == 1
            self.fields[f"over{step}"] = AmountField(
                label=f"{name} grænse, kr. om året", required=first, max_digits=11, decimal_places=2
            )
            self.fields[f"percent{step}"] = forms.IntegerField(
                label="Refusion over den, procent", min_value=1, max_value=100, initial=usual, required=first
            )

    @property
    def steps(self) -> list[Step]:
        """The steps written; a limit without an amount is not there."""
        given = self.cleaned_data
        return [
            Step(int(given[f"over{step}"] * 100), given[f"percent{step}"] or usual)
            for step, usual in zip(_STEPS, _USUAL, strict=True)
            if given.get(f"over{step}")
        ]

    def save(self, **told: Any) -> UUID:
        """Enter them; return the change."""
        given = self.cleaned_data
        scheme = Scheme(given["scheme"])
        return change_limits(scheme=scheme, year=given["year"], steps=self.steps, source=given["source"], **told)


class HouseholdForm(forms.Form):
    """A child in a household."""

    known = forms.ChoiceField(
        label="Husstand", required=False, help_text="Vælg søskendes husstand, eller skriv en ny nedenfor."
    )
    household = forms.CharField(
        label="Ny husstand", max_length=100, required=False, help_text="Det navn, I bruger om husstanden."
    )
    citizen = forms.CharField(label="Borgernummer", max_length=60, help_text="Fagsystemets nummer på barnet.")
    valid_from = DayField(label="Fra måned", help_text="Regnes fra den første i måneden.")
    last = DayField(label="Til og med", required=False)

    def __init__(self, *given: Any, known: Iterable[tuple[UUID, str]] = (), **options: Any) -> None:
        super().__init__(*given, **options)
        choices = [("", "Ny husstand"), *((str(each), name) for each, name in known)]
        cast("forms.ChoiceField", self.fields["known"]).choices = choices

    def clean(self) -> dict[str, Any]:
        """Whole months in, exclusive end out; `chosen` is a household's id, or the name of a new one."""
        given = super().clean() or {}
        given["chosen"] = UUID(given["known"]) if given.get("known") else given.get("household", "")
        if given.get("valid_from"):
            given["valid_from"] = given["valid_from"].replace(day=1)
        given["valid_to"] = given["last"] + ONE_DAY if given.get("last") else None
        return given


class ClaimForm(forms.Form):
    """Up to and with which month is claimed."""

    through = forms.IntegerField(min_value=1, max_value=12)


class DropForm(forms.Form):
    """Why a claim is given up."""

    note = forms.CharField(label="Hvorfor", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class PayerForm(forms.Form):
    """Who pays for a citizen from a month on."""

    payer = forms.CharField(
        label="Betalingskommune",
        max_length=60,
        required=False,
        help_text="Kommunens nummer eller navn. Tomt felt: os selv.",
    )
    first = DayField(label="Fra måned", help_text="En dag i måneden; hele måneden tæller.")
    last = DayField(label="Til og med måned", required=False)
    reason = forms.CharField(label="Hvorfor", max_length=300, help_text="Fx afgørelse efter § 9 c med dato.")

    def clean(self) -> dict[str, Any]:
        """Whole months; `end` is the month after the last."""
        given = super().clean() or {}
        given["end"] = next_month(given["last"].replace(day=1)) if given.get("last") else None
        return given


class ChargeForm(forms.Form):
    """What a citizen is to pay."""

    grant = forms.CharField(label="Bevilling", max_length=12, help_text="Bevillingens nummer, fx B1234567-8.")
    kind = forms.ChoiceField(label="For", choices=[(one.value, one.danish.capitalize()) for one in PaymentKind])
    month = AmountField(label="Kr. om måneden", max_digits=9, decimal_places=2)
    starts = DayField(label="Fra")
    last = DayField(label="Til og med", required=False)
    decided_on = DayField(label="Afgjort den")


class EndForm(forms.Form):
    """The last day that is charged."""

    last = DayField(label="Sidste dag, der betales for")
