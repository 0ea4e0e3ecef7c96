"""The sets of dated rules of refunds: limits of a year, the law's numbers, and how accounts count."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms

from styr.kernel.danish import kroner
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleKind, register
from styr.refunds import account_rules, law_numbers
from styr.refunds.core.codes import Treatment
from styr.refunds.limiting import LIMITS, known_limits
from styr.refunds.reference.load import shipped_limits
from styr.refunds.web.forms import SCHEMES, LimitsForm
from styr.ui.fields import DayField


class NumberForm(forms.Form):
    """A number of the law: a deadline of claims, or a rule that the central refund of a year goes by."""

    rule = forms.ChoiceField(label="Regel", choices=list(law_numbers.NAMES.items()))
    value = forms.IntegerField(
        label="Værdi",
        min_value=0,
        max_value=120,
        help_text="Måneder for frister, år for aldre. Engangsudgifter: 12 fordeler over årets måneder, 1 lader dem "
        "tælle i deres egen.",
    )
    starts = DayField(
        label="Gælder fra",
        help_text="En frist gælder hjælp ydet fra dagen. De andre gælder hele regnskabsår: skriv den 1. januar.",
    )
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor tallet er slået op.")

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return law_numbers.set_number(**self.cleaned_data, **told)


class AccountForm(forms.Form):
    """How an account counts in the municipality."""

    account = forms.CharField(
        label="Konto",
        max_length=10,
        help_text="Funktion med fem cifre (fx 5.28.24), eller hovedfunktion med tre (5.28).",
    )
    treatment = forms.ChoiceField(label="Tæller som", choices=Treatment.choices())
    law = forms.ChoiceField(
        label="Lov",
        required=False,
        choices=[("", "–"), ("SEL", "Serviceloven"), ("BL", "Barnets lov")],
        help_text="Kun for en hovedfunktion: den lov, udgifter uden bevilling hører til.",
    )
    starts = DayField(label="Gælder fra")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor reglen er slået op eller besluttet.")

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return account_rules.set_account(**self.cleaned_data, **told)


def _limit_row(scheme: str, year: int, steps: Any, source: str, *, own: bool) -> RuleRow:
    said = [f"{kroner(step.over_ore, whole=True)}: {step.percent} %" for step in steps]
    amounts = {f"over{number}": step.over_ore // 100 for number, step in enumerate(steps, start=1)}
    shares = {f"percent{number}": step.percent for number, step in enumerate(steps, start=1)}
    return RuleRow(
        key=f"{scheme}|{year}",
        title=f"{SCHEMES[scheme]}, {year}",
        says=(*said, *("–",) * (3 - len(said))),
        valid_from=date(year, 1, 1),
        valid_to=date(year + 1, 1, 1),
        own=own,
        to_check="kontrollér" in source and not own,
        source=source,
        about={"scheme": scheme, "year": year},
        initial={"scheme": scheme, "year": year, "source": source if own else "", **amounts, **shares},
    )


@cache
def _shipped() -> tuple[RuleRow, ...]:
    return tuple(_limit_row(one.scheme, one.year, one.steps, one.source, own=False) for one in shipped_limits())


def _own_limits() -> list[RuleRow]:
    known = [one for one in known_limits() if one.own]
    return [_limit_row(one.scheme, one.year, one.steps, one.source, own=True) for one in known]


register(
    RuleKind(
        table=LIMITS,
        title="Refusionsgrænser",
        about="Grænserne for central refusion, år for år (SEL § 176 og BL § 198). "
        "Senere år slår I selv op og indtaster; programmet gætter dem ikke.",
        columns=("Første", "Anden", "Tredje"),
        reference=_shipped,
        own=_own_limits,
        form=LimitsForm,
        dated=False,
    )
)
register(
    RuleKind(
        table=law_numbers.NUMBERS,
        title="Frister og regler for refusion og krav",
        about="Lovens tal, som refusion, mellemkommunale krav og kontrollen af andres regninger regner med. "
        "Ændres loven, eller læser I den anderledes, sætter I jeres eget tal fra en dag og skriver kilden.",
        columns=("Værdi",),
        reference=law_numbers.reference,
        own=law_numbers.own,
        form=NumberForm,
    )
)
register(
    RuleKind(
        table=account_rules.ACCOUNTS,
        title="Konti i central refusion",
        about="Hvilke konti der tæller med i en dyr sag, og hvilke der ikke gør. Jeres egen regel gælder i stedet for "
        "programmets på de dage, I sætter.",
        columns=("Tæller som", "Lov"),
        reference=account_rules.reference,
        own=account_rules.own,
        form=AccountForm,
    )
)
