"""The ledger's own sets of dated rules: how accounts are treated, and which unit a cost centre belongs to."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django import forms

from styr.kernel.danish import danish_number
from styr.ledger.core.codes import StateRefund, VatTreatment
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleKind, register
from styr.ledger.layouts import LAYOUTS, OURS, RULE, name_of, read_spec, set_layout, shipped
from styr.ledger.models import AccountTreatment, PaymentLayoutChoice
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
    cost_type = forms.RegexField("^[0-9]{2}$", label="Art", required=False, help_text="To cifre. Tomt felt: alle.")
    ownership = forms.RegexField(
        "^[0-9]$", label="Ejerforhold", required=False, help_text="Et ciffer. Tomt felt: alle."
    )
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


class LayoutForm(forms.Form):
    """Which layout payment files are written in."""

    code = forms.ChoiceField(label="Layout")
    spec = forms.CharField(
        label="Eget layout",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="TOML, som programmets layouts er skrevet i. Tomt felt: det valgte layout uden ændringer.",
    )
    starts = DayField(label="Gælder for bankdage fra")
    source = forms.CharField(
        label="Kilde", max_length=200, help_text="Hvornår og hvor layoutet er afprøvet i økonomisystemet."
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [(OURS, "Vores eget format"), *((code, str(one["name"])) for code, one in shipped().items())]
        self.fields["code"].choices = known  # type: ignore[attr-defined]  # a choice field

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return set_layout(**self.cleaned_data, **told)


@cache
def _layouts() -> tuple[RuleRow, ...]:
    ours = RuleRow(
        key=RULE,
        title="Vores eget format",
        says=("CSV, UTF-8, semikolon", "CSV, UTF-8, semikolon, fire kolonner"),
        valid_from=date(2020, 1, 1),
        valid_to=None,
        own=False,
        source="Andre layouts kan vælges: " + ", ".join(str(one["name"]) for one in shipped().values()),
        initial={"code": OURS},
    )
    return (ours,)


def _own_layouts() -> list[RuleRow]:
    return [
        RuleRow(
            key=RULE,
            title=_first_large(name_of(row.code, row.spec)),
            says=_said(row.code, row.spec),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            own=True,
            source=row.source,
            about={"rule": RULE},
            initial={"code": row.code, "spec": row.spec, "source": row.source},
        )
        for row in PaymentLayoutChoice.objects.all()
    ]


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def _said(code: str, spec: str) -> tuple[str, str]:
    told = read_spec(spec) if spec else shipped().get(code)
    if told is None:
        return _layouts()[0].says[0], _layouts()[0].says[1]
    form = "faste bredder" if told["form"] == "fixed" else "med skilletegn"
    words = ", ".join(str(word) for word in told["answer"]["accepted"])
    answer = f"{len(told['answer']['columns'])} felter; modtaget er {words}"
    return f"{str(told.get('suffix', 'txt')).upper()}, {form}, {told.get('encoding', 'utf-8')}", answer


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
        about="Hvilken enhed en postering hører til, når hverken bevilling eller borger viser det.",
        columns=("Enhed",),
        reference=tuple,
        own=tuple,
        address="cost_centres",
    )
)
register(
    RuleKind(
        table=LAYOUTS,
        title="Betalingsfilers layout",
        about="Hvordan betalingsfil, bilag og kvittering er bygget op. Layouts efter Opus og Prisme er efterligninger: "
        "afprøv dem i jeres eget system, før I bruger dem.",
        columns=("Fil og bilag", "Kvittering"),
        reference=_layouts,
        own=_own_layouts,
        form=LayoutForm,
    )
)
