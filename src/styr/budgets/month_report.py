"""The month report (månedsrapport) for the management as a PDF: the year in figures and pictures, and nobody named.

Set by typst in the process, from a template and the charts of the pages; nothing is written to disk or fetched.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import typst

from styr.budgets.core.picture import month_word, pool_words, verdict
from styr.kernel.danish import kroner
from styr.ui.charts import HeatCell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from styr.budgets.core.picture import Sums, UnitYear, YearPicture
    from styr.budgets.economy_list_rows import AccountRow

_PICTURE: Final = re.compile(r'<svg class="chart chart--wide".*?</svg>', re.DOTALL)
_NAMED: Final = '<svg xmlns="http://www.w3.org/2000/svg" '
_MOST_ACCOUNTS: Final = 10
_NO_BUDGET: Final = "Der er ikke indlæst et budget at holde prognosen op mod."
_NOTES: Final = (
    "Prognosen er det bogførte og leverede i lukkede måneder. I de andre er den det, bevillingerne koster, puljer, "
    "det, der bogføres hver måned uden en bevilling eller en pris, og til- og afgang efter erfaring. Rapporten nævner "
    "ingen borgere; de findes bag tallene i programmet."
)
# The charts' classes as the light scheme of the pages draws them: a picture on paper has no style sheet.
_STYLE: Final = """<style>
text { font-family: Inter, 'Libertinus Serif'; font-size: 11.5px; fill: #5a6570; }
.chart-name { fill: #1b2127; }
.chart-figure { fill: #1b2127; font-weight: 600; }
.chart-grid { stroke: #e3e6ea; stroke-width: 1; }
.chart-zero { stroke: #b9c0c7; stroke-width: 1; }
.chart-budget { stroke: #1b2127; stroke-width: 2.5; }
.bar-part--actual, .step--actual { fill: #69a3da; }
.step--more { fill: #b0621b; }
.step--less { fill: #3f8f5f; }
.hatch-ground--forecast { fill: #e4eff9; }
.hatch-ground--over { fill: #c7433d; }
.hatch-ground--over-forecast { fill: #f5dedd; }
.hatch-line { stroke-width: 4; }
.hatch-line--forecast { stroke: #69a3da; }
.hatch-line--over { stroke: #d7817d; stroke-width: 2; }
.hatch-line--over-forecast { stroke: #c7433d; }
.chart-line { fill: none; stroke: #69a3da; stroke-width: 2.5; }
.chart-band { fill: #69a3da; opacity: 0.18; }
.chart-point { fill: #ffffff; stroke: #69a3da; stroke-width: 2.5; }
</style>"""
_FILLS: Final = {"over": ("", "#faeceb", "#f4d4d2", "#e9b3b0"), "under": ("", "#ebf5ee", "#d3ead9", "#b3d9bf")}


@dataclass(frozen=True, slots=True)
class UnitActions:
    """What is agreed and still open in a unit; the effect in øre."""

    unit: str
    open: int
    late: int
    effect_ore: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the report is made of. `parts` are (name, what it means, øre); `pictures` the pages' charts by name.

    `year_over`: the year was over when it was made; `replayed`: of the earlier forecasts some were made afterwards;
    `nobodys_ore` is what of the budget lies on no citizen.
    """

    municipality: str
    picture: YearPicture
    computed: str
    parts: Sequence[tuple[str, str, int]] = ()
    persons: str = ""
    range: str = ""
    accounts: Sequence[AccountRow] = ()
    actions: Sequence[UnitActions] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    of_unit: str = ""
    year_over: bool = False
    replayed: bool = False
    nobodys_ore: int = 0


def month_report(report: Report) -> bytes:
    """Return the PDF."""
    pictures = {f"{name}.svg": drawn for name, chart in report.pictures.items() if (drawn := drawn_for_paper(chart))}
    told = report_data(report) | {"pictures": list(pictures)}
    sources = {"main.typ": _template(), "report.json": json.dumps(told, ensure_ascii=False).encode()}
    sources |= {name: drawn.encode() for name, drawn in pictures.items()}
    made: bytes = typst.compile(sources, format="pdf")  # type: ignore[call-overload]  # files by name: not in its stubs
    return made


def drawn_for_paper(chart: str) -> str:
    """A page's chart as a picture of its own: the wide drawing with its colours; "" where there is none."""
    found = _PICTURE.search(chart)
    if found is None:
        return ""
    opened, _, rest = found[0].partition(">")
    return f"{opened.replace('<svg ', _NAMED, 1)}>{_STYLE}{rest}"


def report_data(report: Report) -> dict[str, Any]:
    """What the template is given: words, and amounts written out."""
    picture, sums = report.picture, report.picture.sums
    last = picture.last_closed
    booked = f" til og med {month_word(last)}" if last else ""
    named = f"{report.of_unit}: økonomi" if report.of_unit else "Økonomi"
    title = f"{named} {picture.year}" + (f", {month_word(last)}" if last else "")
    expected = (
        f"heraf {_kr(sums.expected_ore)} ikke bevilget endnu" if sums.expected_ore else "forbrug og det bevilgede"
    )
    return {
        "title": title,
        "municipality": report.municipality,
        "computed": report.computed,
        "verdict": verdict(sums, year_over=report.year_over) or _NO_BUDGET,
        "verdict_tone": _tone(sums.over_ore),
        "figures": [
            _figure("Budget", _kr(sums.budget_ore), f"oprindeligt {_kr(sums.original_ore)}"),
            _figure(f"Forbrug{booked}", _kr(picture.to_date.spent_ore), f"{_kr(picture.to_date.actual_ore)} bogført"),
            _figure("Prognose", _kr(sums.forecast_ore), expected),
            _figure("Afvigelse", _signed(sums.over_ore)["text"], report.range or _share(sums), _tone(sums.over_ore)),
        ],
        "units": [_unit(unit) for unit in picture.units] if not report.of_unit else [],
        "total": _row("I alt", sums),
        "bridge": [{"name": name, "means": means, "over": _signed(ore)} for name, means, ore in report.parts if ore],
        "persons": " ".join(filter(None, (report.persons, pool_words(report.nobodys_ore)))),
        "replayed": report.replayed,
        "heat": _heat(picture) if sums.budget_ore is not None and not report.of_unit else {"heads": [], "rows": []},
        "accounts": [
            {
                "function": row.written, "name": row.name, "budget": _kr(row.budget_ore),
                "forecast": _kr(row.forecast_ore), "over": _signed(row.over_ore),
            }
            for row in list(report.accounts)[:_MOST_ACCOUNTS]
        ],
        "actions": [
            {"unit": one.unit, "open": str(one.open), "late": str(one.late), "effect": _kr(one.effect_ore)}
            for one in report.actions
        ],
        "notes": _NOTES,
    }  # fmt: skip


def _heat(picture: YearPicture) -> dict[str, Any]:
    rows = [
        {"name": unit.name, "cells": [*(_cell(month.sums) for month in unit.months), _cell(unit.sums)]}
        for unit in picture.units
    ]
    return {"heads": [*(month_word(month.month)[:3] for month in picture.months), "I alt"], "rows": rows}


def _cell(sums: Sums) -> dict[str, str]:
    cell = HeatCell(sums.forecast_ore, sums.budget_ore or 0)
    over = cell.over_ore or 0
    words = kroner(abs(over) // 1000, whole=True).removesuffix(" kr.")
    if words == "0":
        return {"text": "0", "fill": ""}
    way = "over" if over > 0 else "under"
    return {"text": f"{'+' if over > 0 else '−'}{words}", "fill": _FILLS[way][cell.level]}


def _unit(unit: UnitYear) -> dict[str, Any]:
    return _row(unit.name, unit.sums)


def _row(name: str, sums: Sums) -> dict[str, Any]:
    return {
        "name": name, "budget": _kr(sums.budget_ore), "spent": _kr(sums.spent_ore), "forecast": _kr(sums.forecast_ore),
        "over": _signed(sums.over_ore), "share": _share(sums).removesuffix(" af budgettet"),
    }  # fmt: skip


def _figure(title: str, value: str, note: str, tone: str = "") -> dict[str, str]:
    return {"title": title, "value": value.replace(" ", "\N{NO-BREAK SPACE}"), "note": note, "tone": tone}


def _share(sums: Sums) -> str:
    share = sums.over_share
    return "" if share is None else f"{share * 100:.1f} % af budgettet".replace(".", ",").replace("-", "−")


def _signed(ore: int | None) -> dict[str, str]:
    if ore is None:
        return {"text": "–", "tone": ""}
    return {"text": f"+{_kr(ore)}" if ore > 0 else _kr(ore).replace("-", "−"), "tone": _tone(ore)}


def _tone(ore: int | None) -> str:
    return "" if not ore else "over" if ore > 0 else "under"


def _kr(ore: int | None) -> str:
    return "–" if ore is None else kroner(ore, whole=True)


@cache
def _template() -> bytes:
    return files("styr.budgets").joinpath("templates", "budgets", "month_report.typ").read_bytes()
