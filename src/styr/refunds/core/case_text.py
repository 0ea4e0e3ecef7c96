"""A refund as text: JSON for programs, a table for people, and the reasons in Danish."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.table import Table

from styr.kernel.danish import danish_month, kroner
from styr.refunds.core.refund import CaseRefund, MonthRefund, Reason, Why

if TYPE_CHECKING:
    from datetime import date

    from styr.kernel.money import Ore
    from styr.refunds.core.limits import Limits

_WORDS = {
    Why.BELOW: "Udgifterne når ikke over den første grænse i nogen måned.",
    Why.ABOVE: "Udgifterne er over en grænse i mindst én måned.",
    Why.ONE_OFF: "Engangsudgifter på {amount} er fordelt ligeligt over årets 12 måneder.",
    Why.OBJECTIVE: "Objektivt finansierede udgifter på {amount} tæller ikke med.",
    Why.OTHER_LAW: "Udgifter på {amount} efter andre love tæller ikke med.",
    Why.INCOME_EXCEEDS: "Indtægterne er større end udgifterne i {month}.",
    Why.OVER_AGE: "Borgeren er fyldt 67 år i {month} og var ikke omfattet i måneden før.",
    Why.COVERED: "Borgeren er fyldt 67 år, men var omfattet i måneden før og er det derfor stadig.",
    Why.AGE_UNKNOWN: "Fødselsdatoen er ikke oplyst; der er regnet med, at borgeren er under 67 år.",
    Why.POOLED: "Udgifterne er lagt sammen med søskendes i samme husstand.",
}


def in_danish(reason: Reason) -> str:
    """Return the sentence of a reason."""
    month = danish_month(reason.month) if reason.month else ""
    return _WORDS[reason.code].format(amount=kroner(reason.ore), month=month)


def refund_json(cases: tuple[CaseRefund, ...], limits: Limits) -> str:
    """Return the refund as JSON: amounts are numbers in kroner, months YYYY-MM; `refund` is the whole."""
    answer = {
        "year": limits.year,
        "scheme": limits.scheme,
        "refund": _kroner(sum(case.refund for case in cases)),
        "months": [_month(row) for row in together(cases)],
        "reasons": [_reason(reason) for case in cases for reason in case.reasons],
        "limits": [{"over": _kroner(step.over_ore), "percent": step.percent} for step in limits.steps],
        "limits_source": limits.source,
        "cases": [
            {
                "case": case.key,
                "persons": list(case.persons),
                "refund": _kroner(case.refund),
                "months": [_month(row) for row in case.months],
            }
            for case in cases
        ],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def together(cases: tuple[CaseRefund, ...]) -> tuple[MonthRefund, ...]:
    """Return the months of all cases added up; `step` is the highest that any of them passed."""
    months: dict[date, list[MonthRefund]] = {}
    for case in cases:
        for row in case.months:
            months.setdefault(row.month, []).append(row)
    return tuple(
        MonthRefund(
            month=month,
            running=sum(row.running for row in rows),
            one_off=sum(row.one_off for row in rows),
            income=sum(row.income for row in rows),
            basis=sum(row.basis for row in rows),
            refund=sum(row.refund for row in rows),
            step=max(row.step for row in rows),
        )
        for month, rows in sorted(months.items())
    )


def refund_table(cases: tuple[CaseRefund, ...], limits: Limits) -> Table:
    """Return the months of all cases as a table for a terminal."""
    table = Table(title=f"Central refusion {limits.year} ({limits.scheme})", title_justify="left")
    table.add_column("Måned", no_wrap=True)
    for name in ("Udgifter", "Engangsudgifter", "Indtægter", "Grundlag", "Refusion"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in together(cases):
        amounts = (row.running, row.one_off, row.income, row.basis, row.refund)
        table.add_row(danish_month(row.month), *(kroner(amount) for amount in amounts))
    table.add_section()
    table.add_row("I alt", "", "", "", "", kroner(sum(case.refund for case in cases)))
    return table


def _month(row: MonthRefund) -> dict[str, Any]:
    return {
        "month": f"{row.month:%Y-%m}",
        "expenses": _kroner(row.running),
        "one_off": _kroner(row.one_off),
        "income": _kroner(row.income),
        "basis": _kroner(row.basis),
        "step": row.step,
        "refund": _kroner(row.refund),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code.value,
        "person": reason.person,
        "month": f"{reason.month:%Y-%m}" if reason.month else None,
        "text": in_danish(reason),
    }


def _kroner(ore: Ore) -> int | float:
    """Whole kroner as a whole number; else with two decimals, which a float of this size holds exactly enough."""
    return ore // 100 if ore % 100 == 0 else round(ore / 100, 2)
