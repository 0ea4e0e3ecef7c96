"""The estimates of the potential as a set of dated rules, to be confirmed and changed where the other sets are."""

from __future__ import annotations

from typing import Any

from django import forms

from styr.ledger.dated_rules import RuleKind, register
from styr.negotiations import estimating
from styr.negotiations.core.codes import Reason
from styr.negotiations.reference.load import shares
from styr.ui.fields import DayField

_MOST = 100


class ShareForm(forms.Form):
    """An estimate of the municipality's own."""

    reason = forms.ChoiceField(label="Grund", choices=[(one.value, one.danish.capitalize()) for one in shares()])
    low = forms.IntegerField(label="Lavt, procent", min_value=0, max_value=_MOST)
    likely = forms.IntegerField(label="Sandsynligt, procent", min_value=0, max_value=_MOST)
    high = forms.IntegerField(label="Højt, procent", min_value=0, max_value=_MOST)
    starts = DayField(label="Gælder fra")
    source = forms.CharField(
        label="Kilde", max_length=200, help_text="Hvad skønnet bygger på, fx kommunens egne resultater."
    )

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        said = self.cleaned_data
        percent = (said["low"], said["likely"], said["high"])
        return estimating.set_share(
            reason=Reason(said["reason"]), percent=percent, starts=said["starts"], source=said["source"], **told
        )


register(
    RuleKind(
        table=estimating.SHARES,
        title="Skøn over potentiale",
        about="Hvor stor en del af et beløb en forhandling kan give, hvor registrene ikke selv viser det. "
        "Programmets er vores skøn: ret dem efter jeres egne resultater.",
        columns=("Lavt", "Sandsynligt", "Højt"),
        reference=estimating.reference,
        own=estimating.own,
        form=ShareForm,
    )
)
