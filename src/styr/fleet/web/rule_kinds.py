"""The assumptions about vehicles as a set of dated rules, to be confirmed and changed where the other sets are."""

from __future__ import annotations

from typing import Any

from django import forms

from styr.fleet import assuming
from styr.ledger.dated_rules import RuleKind, register
from styr.ui.fields import DayField


class AssumptionForm(forms.Form):
    """An assumption of the municipality's own."""

    rule = forms.ChoiceField(
        label="Forudsætning",
        choices=[(rule, f"{title} ({measure})") for rule, (title, measure) in assuming.NAMES.items()],
    )
    value = forms.IntegerField(
        label="Værdi", min_value=0, max_value=assuming.MOST,
        help_text="Priser skrives i øre: 13,50 kr. er 1350. Klokkeslæt er minutter efter midnat: kl. 7 er 420.",
    )  # fmt: skip
    starts = DayField(label="Gælder fra")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor tallet er fra, fx den seneste aftale.")

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return assuming.set_assumption(**self.cleaned_data, **told)


register(
    RuleKind(
        table=assuming.ASSUMPTIONS,
        title="Forudsætninger for egne vogne",
        about="Priser, timer og år, som brug, deling og udskiftning af kommunens egne vogne regnes med.",
        columns=("Værdi",),
        reference=assuming.reference,
        own=assuming.own,
        form=AssumptionForm,
    )
)
