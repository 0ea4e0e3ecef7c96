"""The economy's pictures, each leading to the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from styr.budgets.core.codes import Basis, Part
from styr.budgets.core.picture import about, verdict
from styr.kernel.danish import MONTHS, kroner
from styr.ui import charts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.utils.safestring import SafeString

    from styr.budgets.core.picture import MonthSums, Sums, UnitYear, YearPicture
    from styr.budgets.queries import Bridge, RunView, Then

_SHORT_LABEL = 8
PART_WORDS = {
    Part.PRICE: ("Pris", "andre takster end budgetteret"),
    Part.VOLUME: ("Mængde", "flere eller færre helårspersoner"),
    Part.MIX: ("Sammensætning", "ubudgetterede bevillinger, dyrere eller billigere end de budgetterede"),
    Part.TIMING: ("Periode", "udgifter i måneder, hvor bevillingen ikke løber"),
    Part.UNPLACED: ("Uden bevilling", "bogført, ventet eller budgetteret uden en bevilling"),
}

BASIS_WORDS = {
    Basis.ACTUAL: ("Bogført", ""),
    Basis.ACCRUAL: ("Leveret, ikke faktureret", "dage i lukkede måneder, som ingen postering dækker"),
    Basis.GRANTED: ("Bevilget", "resten af året efter bevillingerne"),
    Basis.EXPECTED: ("Forventet", "bevillinger, som afventer, og dem, der fortsætter efter deres slutdato"),
    Basis.PROVISION: ("Puljer", "det, kommunen selv har sat af"),
    Basis.RECURRING: ("Gentaget uden bevilling", "bogført tre måneder i træk uden en bevilling, og ført videre"),
    Basis.CARRIED: ("Videreført uden pris", "bogført på bevillinger uden pris, og ført videre, til de får en"),
    Basis.TREND: ("Til- og afgang efter erfaring", "nye og stoppede bevillinger som de sidste 12 måneder"),
}


def months_chart(
    picture: YearPicture, *, unit_id: UUID | None = None, linked: bool = True, year_over: bool = False
) -> SafeString:
    """Budget, actual and forecast by month."""
    sums = picture.sums
    unbudgeted = f"Prognosen er {kroner(sums.forecast_ore, whole=True)}. Der er ikke indlæst et budget."
    words = charts.Words(
        "maaneder",
        f"Budget, forbrug og prognose pr. måned i {picture.year}",
        verdict(sums, year_over=year_over) or unbudgeted,
    )
    page = reverse("economy_citizens") + f"?aar={picture.year}" + (f"&enhed={unit_id}" if unit_id else "")
    return charts.bars_per_month(words, [_bar(one, page if linked else "") for one in picture.months])


def _bar(month: MonthSums, page: str) -> charts.Month:
    sums = month.sums
    return charts.Month(
        label=short(month.month.month),
        actual_ore=sums.actual_ore if month.closed or sums.actual_ore else None,
        forecast_ore=sums.forecast_ore - sums.actual_ore or None,
        budget_ore=sums.budget_ore,
        address=page,
    )


def short(number: int) -> str:
    """The first three letters of a month's name."""
    return MONTHS[number - 1][:3]


def bridge_chart(bridge: Bridge, *, year: int, unit_id: UUID | None = None, linked: bool = True) -> SafeString:
    """From budget to forecast; each step leads to its grants. Steps of nought are left out."""
    page = reverse("economy_grants") + f"?aar={year}" + (f"&enhed={unit_id}" if unit_id else "")
    steps = [charts.Step("Budget", bridge.budget_ore, total=True)]
    for part, ore in bridge.parts:
        if ore:
            address = f"{page}&aarsag={part.value}&sorter=-{part.value}_ore" if linked else ""
            steps.append(charts.Step(PART_WORDS[part][0], ore, address=address))
    steps.append(charts.Step("Prognose", bridge.forecast_ore, total=True))
    most, ore = max(bridge.parts, key=lambda one: abs(one[1]))
    told = f"{PART_WORDS[most][0]} forklarer mest: {about(ore)} {'mere' if ore > 0 else 'mindre'}." if ore else ""
    return charts.waterfall(charts.Words("bro", f"Fra budget til prognose {year}", told), steps)


def heat_table(picture: YearPicture) -> SafeString:
    """Unit by month: what each is over or under its budget."""
    words = charts.Words("varme", "Enheder måned for måned", "Afvigelsen mellem prognose og budget")
    heads = [short(one.month.month) for one in picture.months]
    return charts.heat(words, heads, [_heat_row(unit, picture.year) for unit in picture.units])


def _heat_row(unit: UnitYear, year: int) -> charts.HeatRow:
    address = reverse("economy_unit", args=[unit.unit_id]) + f"?aar={year}" if unit.unit_id else ""
    return charts.HeatRow(unit.name, [_cell(one.sums) for one in unit.months], _cell(unit.sums), address)


def _cell(sums: Sums) -> charts.HeatCell:
    known = sums.budget_ore is not None or sums.forecast_ore
    return charts.HeatCell(sums.forecast_ore if known else None, (sums.budget_ore or 0) if known else None)


def concentration_chart(costs: Sequence[int], *, year: int, many: str = "borgere") -> SafeString:
    """How much of the cost lies on the dearest few."""
    tenth = charts.share_of_dearest(costs, 0.1)
    told = f"De dyreste 10 % af de {len(costs)} {many} står for {tenth * 100:.0f} % af udgiften." if tenth else ""
    name = "koncentration" if many == "borgere" else "leverandoerer"
    words = charts.Words(name, f"Hvor udgiften ligger i {year}, {many}", told)
    return charts.concentration(words, costs, many=many)


def beliefs_chart(then: Sequence[Then], run: RunView | None, picture: YearPicture) -> SafeString:
    """What each kept forecast said of the year, and last what stands now, against the budget."""
    points = [charts.Belief(_when(one.run), one.forecast_ore) for one in then]
    if run is not None:
        points.append(charts.Belief("nu", picture.sums.forecast_ore))
    first, last = points[0], points[-1]
    moved = last.ore - first.ore
    way = "steget" if moved > 0 else "faldet"
    told = f"Prognosen er {way} {about(moved)} siden {first.label}." if moved else "Prognosen har ikke flyttet sig."
    words = charts.Words("historik", f"Tidligere prognoser for {picture.year}", told)
    return charts.beliefs(words, points, measure_ore=picture.sums.budget_ore)


def _when(run: RunView) -> str:
    return run.label if 0 < len(run.label) <= _SHORT_LABEL else f"{run.as_of.day}. {short(run.as_of.month)}"
