"""The own fleet: how it is used, where vehicles are half empty, and the plan of sharing and replacement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.fleet import queries
from styr.fleet.assuming import said
from styr.fleet.paper import summed
from styr.kernel import clock
from styr.ui.columns import Column, Kind
from styr.ui.lists import excel_response

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from styr.fleet.queries import CarLine, FleetSheet, HalfEmpty

DAYS: Final = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")
_ORE: Final = 100


@dataclass(frozen=True)
class HeatCell:
    """An hour of a weekday: per cent of the vehicles out, and how strong it is coloured, 0 to 5."""

    percent: int
    level: int


@dataclass(frozen=True)
class Waiting:
    """A place with half empty vehicles, and where a new plan of its rides begins."""

    found: HalfEmpty
    names: str
    address: str


@requires(Permission.SEE_TRANSPORT)
@require_safe
def fleet(request: HttpRequest) -> HttpResponse:
    """Use, half empty vehicles, and every vehicle. At most twelve queries."""
    today = clock.today()
    sheet = queries.fleet_sheet(today)
    if request.GET.get("hent") == "xlsx":
        return _excel(sheet)
    context: dict[str, Any] = {
        "section": "transport",
        "sheet": sheet,
        "hours": queries.hours(),
        "heat": heat_rows(sheet.heat, sheet.possible),
        "waiting": [waiting(one, today) for one in sheet.half_empty],
        "may_edit": may(request, Permission.EDIT_TRANSPORT),
        "unroomy": [line for line in sheet.lines if not line.car.seats],
    }
    return render(request, "fleet/fleet.html", context)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def fleet_plan(request: HttpRequest) -> HttpResponse:
    """What is to become of each vehicle, with cost and CO2 beside keeping it."""
    sheet = queries.fleet_sheet(clock.today())
    if request.GET.get("hent") == "xlsx":
        return _plan_excel(sheet)
    names = {line.car.key: line.car.name for line in sheet.lines}
    context = {
        "section": "transport",
        "sheet": sheet,
        "saved": summed(line.saving_ore for line in sheet.lines),
        "less_co2": summed(line.less_co2_g for line in sheet.lines),
        "kept": summed(line.kept.cost_ore for line in sheet.lines),
        "stuck": [names[key] for key in sheet.stuck],
        "assumptions": [(one, said(one)) for one in sheet.assumptions],
        "due": sorted((line for line in sheet.lines if line.due_year), key=lambda line: (line.due_year, line.car.name)),
        "this_year": clock.today().year,
    }
    return render(request, "fleet/plan.html", context)


def heat_rows(minutes: Sequence[Sequence[int]], possible: Sequence[int]) -> list[tuple[str, list[HeatCell]]]:
    """The heat table's rows: weekdays on which nobody works and nothing drives are left out."""
    return [
        (name, [_heat_cell(one, whole) for one in row])
        for name, row, whole in zip(DAYS, minutes, possible, strict=True)
        if whole or any(row)
    ]


def _heat_cell(minutes: int, whole: int) -> HeatCell:
    percent = min(queries.percent_of(minutes, whole), 100) if whole else (100 if minutes else 0)
    return HeatCell(percent, 0 if not minutes else max(1, min(5, -(-percent // 20))))


def waiting(found: HalfEmpty, today: date) -> Waiting:
    """A link to a plan with the place, its vehicles and what a day with one costs filled in, on its busiest weekday."""
    day = today + timedelta(days=(found.weekday - today.weekday()) % len(DAYS))
    asked: list[tuple[str, str]] = [
        ("navn", f"{found.place}, færre vogne"[:120]),
        ("dag", day.isoformat()),
        ("maal", str(found.place_id)),
        ("garage", str(found.place_id)),
        ("egne_i_dag", str(found.filled.vehicles)),
        *(("vogne", str(car.vehicle_id)) for car in found.cars),
    ]
    if found.day_ore is not None:
        asked.append(("egen_pris", f"{found.day_ore // _ORE},{found.day_ore % _ORE:02d}"))
    names = "; ".join(car.name for car in found.cars)  # a name may hold a comma
    return Waiting(found, names, f"{reverse('route_plan_new')}?{urlencode(asked)}")


def _excel(sheet: FleetSheet) -> HttpResponse:
    columns = (
        Column("name", "Vogn", value=lambda line: line.car.name),
        Column("unit", "Enhed", value=lambda line: line.car.unit),
        Column("seats", "Pladser", Kind.NUMBER, value=lambda line: line.car.seats),
        Column("wheelchairs", "Kørestole", Kind.NUMBER, value=lambda line: line.car.wheelchairs),
        Column("percent", "Brugt, % af arbejdsdagen", Kind.NUMBER),
        Column("minutes", "Minutter i perioden", Kind.NUMBER),
        Column("runs_year", "Ture om året", Kind.NUMBER),
        Column("km", "Km om året", Kind.NUMBER, value=_km),
        Column("idle", "Ledig", value=lambda line: "ja" if line.idle else "nej"),
        Column("takers", "Kan deles med", value=lambda line: "; ".join(line.takers or ())),
    )
    return excel_response("egne-vogne", "Egne vogne", columns, sheet.lines, _told(sheet))


def _plan_excel(sheet: FleetSheet) -> HttpResponse:
    columns = (
        Column("name", "Vogn", value=lambda line: line.car.name),
        Column("choice", "Valg", value=lambda line: line.chosen.alternative.danish),
        Column("reason", "Begrundelse", value=lambda line: line.car.reason),
        Column("now", "I dag om året", Kind.MONEY, value=lambda line: line.kept.cost_ore),
        *(
            Column(f"cost{at}", title, Kind.MONEY, value=_offer(at))
            for at, title in ((1, "Delt"), (2, "El"), (3, "Købte ture"))
        ),
        Column("saving_ore", "Sparer om året", Kind.MONEY),
        Column("co2", "CO2 mindre om året, g", Kind.NUMBER, value=lambda line: line.less_co2_g),
        Column("due_year", "Udskiftes", Kind.TEXT, value=lambda line: str(line.due_year or "")),
    )
    return excel_response("plan-for-egne-vogne", "Plan for egne vogne", columns, sheet.lines, _told(sheet))


def _offer(at: int) -> Callable[[CarLine], int | None]:
    return lambda line: line.offered[at].cost_ore


def _km(line: CarLine) -> int | None:
    return None if line.hundredths_km_year is None else -(-line.hundredths_km_year // 100)


def _told(sheet: FleetSheet) -> list[tuple[str, str]]:
    period = ("Periode", f"{sheet.first:%d-%m-%Y} til {sheet.until - timedelta(days=1):%d-%m-%Y}")
    return [period, *((one.title, f"{said(one)}; {one.told}") for one in sheet.assumptions)]
