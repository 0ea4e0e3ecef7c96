"""The sets of dated rules of planning: what happens at an age, and at which age pension begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from styr.contracts.local_terms import on_offer
from styr.controls.core.explain import section as section_title
from styr.kernel import clock
from styr.ledger.dated_rules import RuleKind, register
from styr.planning import age_rules
from styr.planning.core.transitions import PENSION
from styr.ui.fields import DayField

if TYPE_CHECKING:
    from datetime import date


class TransitionForm(forms.Form):
    """A transition of the municipality's own."""

    from_section = forms.ChoiceField(label="Hjælp efter")
    age = forms.CharField(
        label="Ved alder", max_length=10, help_text="Hele år, fx 18. Skriv »pension« for folkepensionsalderen."
    )
    to_section = forms.ChoiceField(
        label="Afløses af", required=False, help_text="Samme paragraf: hjælpen fortsætter uændret."
    )
    share = forms.IntegerField(label="Andel af udgiften, procent", min_value=0, max_value=300, initial=100)
    starts = DayField(label="Gælder fra")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor reglen er slået op eller besluttet.")

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        told = named.get("initial") or {}
        also = [told[name] for name in ("from_section", "to_section") if told.get(name)]
        offer = on_offer(clock.today(), also=also).sections
        known = [(code, f"{section_title(code)} {fact.name}") for code, fact in offer.items()]
        known += [(code, section_title(code)) for code in dict.fromkeys(also) if code not in offer]
        for name, first in (("from_section", "Vælg paragraf"), ("to_section", "Ophører")):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", first), *known]

    def clean_age(self) -> str:
        """The word that rules are kept with."""
        return str(self.cleaned_data["age"]).strip().lower()

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return age_rules.set_transition(**self.cleaned_data, **told)


class PensionAgeForm(forms.Form):
    """The age of pension of whoever is born from a day on."""

    born_from = forms.DateField(label="Født fra", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    months = forms.IntegerField(label="Alder i måneder", min_value=600, max_value=1200, help_text="67 år er 804.")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor alderen er slået op.")

    def clean_born_from(self) -> date:
        """A day of birth that somebody may have."""
        born: date = self.cleaned_data["born_from"]
        if not 1900 <= born.year <= 2099:  # noqa: PLR2004 - the years that dates of birth are reckoned in
            raise forms.ValidationError("Skriv en dato mellem 1900 og 2099.")
        return born

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return age_rules.set_pension_age(**self.cleaned_data, **told)


register(
    RuleKind(
        table=age_rules.TRANSITIONS,
        title="Overgange ved alder",
        about=f"Hvad hjælpen bliver til, når borgeren fylder 18 år eller når folkepensionsalderen (»{PENSION}«). "
        "Budgetlægningen regner med dem.",
        columns=("Afløses af", "Andel"),
        reference=age_rules.reference_transitions,
        own=age_rules.own_transitions,
        form=TransitionForm,
    )
)
register(
    RuleKind(
        table=age_rules.PENSION_AGES,
        title="Folkepensionsalder",
        about="Den alder, folkepensionen begynder ved, efter hvornår borgeren er født.",
        columns=("Måneder",),
        reference=age_rules.reference_ages,
        own=age_rules.own_ages,
        form=PensionAgeForm,
        dated=False,
        begins="Født",
    )
)
