"""The sets of dated rules of refunds: limits of a year, the law's numbers, and how accounts count."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms

from styr.kernel.danish import kroner
from styr.ledger.core.dated import RuleRow
from styr.ledger.dated_rules import RuleKind, RuleTable, register
from styr.refunds import law_numbers
from styr.refunds.core.codes import Treatment
from styr.refunds.limiting import LIMITS, known_limits
from styr.refunds.models import DefaultTreatment
from styr.refunds.reference.load import shipped_limits, treatment_rows
from styr.refunds.web.forms import SCHEMES, LimitsForm
from styr.ui.fields import DayField


class DeadlineForm(forms.Form):
    """The deadline of claims between municipalities."""

    months = forms.IntegerField(
        label="Frist for krav mellem kommuner, måneder",
        min_value=1,
        max_value=120,
        help_text="Regnes fra den første i måneden, hvor hjælpen er ydet.",
    )
    starts = DayField(label="Gælder for hjælp ydet fra")
    source = forms.CharField(label="Kilde", max_length=200, help_text="Hvor fristen er slået op.")

    def save(self, **told: Any) -> Any:
        """Let it hold; return the change."""
        return law_numbers.set_claim_deadline(**self.cleaned_data, **told)


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


@cache
def _accounts() -> tuple[RuleRow, ...]:
    return tuple(
        RuleRow(
            key=told["prefix"],
            title=f"Konti, der begynder med {told['prefix']}",
            says=(Treatment(told["treatment"]).danish.capitalize(), told["law"] or "–"),
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            own=False,
            to_check=told["check_it"],
            source=told["source"],
        )
        for told in treatment_rows()
    )


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
        about="Lovens tal, som refusion og mellemkommunale krav regner med. Fristen for krav mellem kommuner kan I "
        "selv sætte; de andre er lovens.",
        columns=("Værdi",),
        reference=law_numbers.reference,
        own=law_numbers.own,
        form=DeadlineForm,
    )
)
register(
    RuleKind(
        table=RuleTable("refusionskonti", DefaultTreatment, ("prefix",), LIMITS.permission),
        title="Konti i central refusion",
        about="Hvilke konti der tæller med i en dyr sag, og hvilke der ikke gør.",
        columns=("Tæller som", "Lov"),
        reference=_accounts,
        own=tuple,
    )
)
