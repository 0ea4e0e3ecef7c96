"""The ledger's own sets of dated rules: how accounts are treated, and which unit a cost centre belongs to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django import forms

from styr.kernel.danish import danish_number
from styr.ledger.core.codes import StateRefund, VatTreatment
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleKind, register
from styr.ledger.models import AccountTreatment
from styr.ledger.reference.load import account_treatments
from styr.ledger.treatments import COST_CENTRES, TREATMENTS, TreatmentFacts, function_number, set_treatment
from styr.ui.fields import AmountField, DayField

if TYPE_CHECKING:
    from collections.abc import Mapping

_PER_CENT: Final = 100
_SOURCE: Final = "kontrollér: almen viden om kontoplanen"


class TreatmentForm(forms.Form):
    """A treatment of the municipality's own."""

    function = forms.CharField(label="Funktion", max_length=10, help_text="Fem cifre, fx 5.28.20.")
    name = forms.CharField(label="Navn", max_length=120)
    cost_type = forms.RegexField("^[0-9]{2}$", label="Art", required=False, help_text="To cifre; tom er alle.")
    ownership = forms.RegexField("^[0-9]$", label="Ejerforhold", required=False, help_text="Et ciffer; tom er alle.")
    state_refund = forms.ChoiceField(label="Statsrefusion", choices=StateRefund.choices())
    vat_treatment = forms.ChoiceField(label="Moms", choices=VatTreatment.choices())
    vat_percent = AmountField(label="Andel i procent", required=False)
    starts = DayField(label="Gælder fra")
    note = forms.CharField(label="Note", max_length=300, required=False)

    def clean_vat_percent(self) -> Any:
        """A percentage from 0 to 100."""
        value = self.cleaned_data["vat_percent"]
        if value is not None and not 0 <= value <= _PER_CENT:
            raise forms.ValidationError("Andelen skal ligge fra 0 til 100 procent.")
        return value

    def facts(self) -> TreatmentFacts:
        """What was written."""
        told = self.cleaned_data
        percent = told["vat_percent"]
        return TreatmentFacts(
            function="".join(sign for sign in told["function"] if sign.isdigit()),
            cost_type=told["cost_type"],
            ownership=told["ownership"],
            name=told["name"].strip(),
            state_refund=told["state_refund"],
            vat_treatment=told["vat_treatment"],
            vat_share=None if percent is None else percent / _PER_CENT,
            note=told["note"].strip(),
        )

    def save(self, **told: Any) -> Any:
        """Let it hold from its day on; return the change."""
        return set_treatment(facts=self.facts(), starts=self.cleaned_data["starts"], **told)


def _row(told: Mapping[str, Any], *, own: bool) -> RuleRow:
    names = ("function", "cost_type", "ownership")
    function, cost_type, ownership = (told[name] for name in names)
    art = f"art {cost_type[0]}.{cost_type[1]}" if cost_type else "alle arter"
    vat = VatTreatment(told["vat_treatment"]).danish
    percent = None if told["vat_share"] is None else told["vat_share"] * _PER_CENT
    if percent is not None:
        vat += f": {danish_number(percent.normalize())} %"
    elif told["vat_treatment"] == VatTreatment.SHARE:
        vat += ": andelen mangler"
    return RuleRow(
        key="|".join(told[name] for name in names),
        title=f"{function_number(function)} {told['name']}",
        says=(
            f"{art}, ejerforhold {ownership}" if ownership else art,
            StateRefund(told["state_refund"]).danish.capitalize(),
            vat.capitalize(),
        ),
        valid_from=told["valid_from"],
        valid_to=told["valid_to"],
        own=own,
        to_check=not own,
        source=told["note"] or ("" if own else _SOURCE),
        about={name: told[name] for name in names},
        initial={name: told[name] for name in (*names, "name", "state_refund", "vat_treatment", "note")}
        | {"function": function_number(function), "vat_percent": percent},
    )


@cache
def _reference() -> tuple[RuleRow, ...]:
    return tuple(_row(told, own=False) for told in account_treatments())


def _own() -> list[RuleRow]:
    return [_row(told, own=True) for told in AccountTreatment.objects.values()]


register(
    RuleKind(
        table=TREATMENTS,
        title="Kontobehandling",
        about="Hvad staten refunderer, og hvad der sker med momsen, for hver funktion i kontoplanen. "
        "Indlæste konti skal have en funktion, der står her.",
        columns=("Art og ejerforhold", "Statsrefusion", "Moms"),
        reference=_reference,
        own=_own,
        form=TreatmentForm,
    )
)
register(
    RuleKind(
        table=COST_CENTRES,
        title="Omkostningssteder",
        about="Hvilken enhed en postering hører til, når hverken bevilling eller borger siger det.",
        columns=("Enhed",),
        reference=tuple,
        own=tuple,
        address="cost_centres",
    )
)
