"""The limits of entitlement as a set of dated rules, to be confirmed and changed where the other sets are."""

from __future__ import annotations

from typing import Any

from django import forms

from styr.ledger.dated_rules import RuleKind, register
from styr.transport import limiting
from styr.ui.fields import DayField


class LimitForm(forms.Form):
    """A limit of the municipality's own."""

    rule = forms.ChoiceField(label="Grænse", choices=[(rule, title) for rule, (title, _) in limiting.NAMES.items()])
    value = forms.IntegerField(
        label="Værdi", min_value=0, max_value=limiting.MOST, help_text="Veje skrives i meter: 2,5 km er 2500."
    )
    starts = DayField(label="Gælder fra")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor grænsen er slået op.")

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return limiting.set_limit(**self.cleaned_data, **told)


register(
    RuleKind(
        table=limiting.LIMITS,
        title="Grænser for befordring",
        about="Afstande, aldre og ture, som vurderingen af befordringsbevillinger regner med.",
        columns=("Grænse",),
        reference=limiting.reference,
        own=limiting.own,
        form=LimitForm,
    )
)
