"""The cost mapping: a year laid out by area and operator, and what is behind its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN
from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.danish import danish_month
from styr.kernel.money import round_half_away
from styr.transport.core.booked_cost import UNPLACED
from styr.transport.core.codes import OperatorKind
from styr.transport.core.cost_matrix import (
    HUNDRED,
    KINDS,
    Bound,
    Change,
    Line,
    Matrix,
    changes,
    concentration,
    departments,
    per_one,
)
from styr.transport.cost_queries import Booked, YearKnown, areas_in, booked_year, riders_in, told_year, years_known
from styr.transport.driven_costs import driven_year
from styr.transport.posting_queries import PostingsOf, TransportPosting, postings_of
from styr.transport.trip_totals import TripTotals, trip_totals
from styr.transport.web.forms import CostPostingsForm
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, list_response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

TOLD, BOOKED, DRIVEN = "kortlagt", "bogfoert", "koert"
LARGEST: Final = 2
"""The quoted concentration is the largest two hauliers'."""


@dataclass(frozen=True)
class Cell:
    """A cell as the page draws it: øre or None, how strong it is coloured, and where its postings are."""

    kind: OperatorKind
    ore: int | None
    level: int
    address: str


@dataclass(frozen=True)
class Row:
    """An area as the page draws it."""

    line: Line
    cells: tuple[Cell, ...]
    change: Change | None
    each: Each


@dataclass(frozen=True)
class Each:
    """What the known cost is a citizen, and trips with a price of their own a trip and a km; None where not known."""

    citizen_ore: int | None
    trip_ore: int | None
    km_ore: int | None

    @property
    def is_known(self) -> bool:
        """Whether any of them is."""
        return any(one is not None for one in (self.citizen_ore, self.trip_ore, self.km_ore))


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport(request: HttpRequest) -> HttpResponse:
    """A year of transport cost. At most twelve queries."""
    today = clock.today()
    known = years_known(today)
    if not known and _trips(today.year):
        known = (YearKnown(today.year, told=False, booked=False),)
    shown = _shown(request, known)
    context: dict[str, Any] = {"section": "transport", "now": "transport", "known": known, "kinds": KINDS}
    if shown is None:
        return render(request, "transport/overview.html", context | _may(request))
    year, trips = shown.year, _trips(shown.year)
    source = _source(request, shown, trips)
    areas = areas_in(year)
    booked = booked_year(year, areas) if source == BOOKED else None
    found = driven_year(areas, trips) if source == DRIVEN else booked.matrix if booked else told_year(year, areas)
    against = _against(request, known, year)
    earlier = _matrix_of(against, source) if against else None
    beside = ""
    if source == DRIVEN and not against:
        beside = BOOKED if shown.booked else TOLD if shown.told else ""
        earlier = _matrix_of(shown, beside) if beside else None
    riders = riders_in(year)
    by_area, whole = changes(found, earlier) if earlier else ({}, None)
    rows = {
        line.area.number: _row(line, found, by_area.get(line.area.number), _each(line, riders, trips), (year, source))
        for line in found.lines
    }
    context |= {
        "year": year,
        "shown": shown,
        "source": source,
        "matrix": found,
        "groups": [
            (name, [rows[line.area.number] for line in lines], total) for name, lines, total in departments(found.lines)
        ],
        "columns": list(zip(KINDS, found.columns, found.shares, strict=True)),
        "against": against,
        "beside": {BOOKED: "bogført", TOLD: "kortlagt"}.get(beside, ""),
        "compared": bool(against or beside),
        "sources": _sources(shown, trips),
        "whole": whole,
        "admin": _admin(found),
        "trips": sum(one.trips for one in trips.values()),
    }
    return render(request, "transport/overview.html", context | _may(request) | _booked(booked, year))


def _may(request: HttpRequest) -> dict[str, bool]:
    return {"may_import": may(request, Permission.IMPORT)}


def _shown(request: HttpRequest, known: Sequence[YearKnown]) -> YearKnown | None:
    """The year asked for, else the latest that was mapped, else the latest booked."""
    asked = {str(one.year): one for one in known}.get(request.GET.get("aar", ""))
    return asked or next((one for one in known if one.told), known[0] if known else None)


def _trips(year: int) -> Mapping[int, TripTotals]:
    return trip_totals(date(year, 1, 1), date(year + 1, 1, 1))


def _sources(shown: YearKnown, trips: Mapping[int, TripTotals]) -> list[tuple[str, str]]:
    """Where the year's figures may come from, with their names."""
    there = ((TOLD, "Kortlagt", shown.told), (BOOKED, "Bogført", shown.booked), (DRIVEN, "Kørt", bool(trips)))
    return [(word, name) for word, name, known in there if known]


def _source(request: HttpRequest, shown: YearKnown, trips: Mapping[int, TripTotals]) -> str:
    asked = request.GET.get("kilde", "")
    there = dict(_sources(shown, trips))
    return asked if asked in there else next(iter(there), BOOKED)


def _against(request: HttpRequest, known: Sequence[YearKnown], year: int) -> YearKnown | None:
    """The year that it is held against, where one is asked for."""
    return next((one for one in known if str(one.year) == request.GET.get("mod", "") and one.year != year), None)


def _matrix_of(known: YearKnown, source: str) -> Matrix:
    areas = areas_in(known.year)
    if source == DRIVEN:
        return driven_year(areas, _trips(known.year))
    if (source == BOOKED and known.booked) or not known.told:
        return booked_year(known.year, areas).matrix
    return told_year(known.year, areas)


def _row(line: Line, found: Matrix, change: Change | None, each: Each, of: tuple[int, str]) -> Row:
    year, source = of
    largest = max((cell for one in found.lines for cell in one.cells if cell is not None), default=0)
    cells = tuple(
        Cell(
            kind, ore, _level(ore, largest), _postings(year, line.area.number, kind) if source == BOOKED and ore else ""
        )
        for kind, ore in zip(KINDS, line.cells, strict=True)
    )
    return Row(line, cells, change, each)


def _postings(year: int, area_no: int, kind: str) -> str:
    return f"{reverse('transport_postings')}?aar={year}&omraade={area_no}&operatoer={kind}"


def _level(ore: int | None, largest: int) -> int:
    """How strong a cell is coloured, 0 to 5: its place between nothing and the largest."""
    if not ore or largest <= 0 or ore < 0:
        return 0
    return max(1, min(5, round_half_away(ore * 5, largest)))


def _each(line: Line, riders: Mapping[int, int], trips: Mapping[int, TripTotals]) -> Each:
    driven = trips.get(line.area.number)
    riding = riders.get(line.area.number, 0) if line.total.ore > 0 else 0
    km = int((driven.priced_km * HUNDRED).to_integral_value(ROUND_DOWN)) if driven else 0
    return Each(
        per_one(line.total.ore, riding),
        per_one(driven.cost_ore, driven.priced) if driven else None,
        per_one(driven.cost_ore * HUNDRED, km) if driven else None,
    )


def _admin(found: Matrix) -> dict[str, Any]:
    """Administration's part of what Movia takes."""
    movia = found.columns[KINDS.index(OperatorKind.MOVIA)]
    if found.admin_ore is None or movia.ore <= 0:
        return {"ore": found.admin_ore}
    return {"ore": found.admin_ore, "percent": round_half_away(found.admin_ore * HUNDRED, movia.ore), "of": movia}


def _booked(booked: Booked | None, year: int) -> dict[str, Any]:
    """What only bookings tell: contracts behind the cost, how much lies on few, what nobody has placed."""
    if booked is None:
        return {}
    hauliers = booked.operators[OperatorKind.PRIVATE]
    coverage = round_half_away(booked.covered_ore * HUNDRED, booked.bought_ore) if booked.bought_ore > 0 else None
    return {
        "booked": booked,
        "coverage": coverage,
        "uncovered": sorted(booked.uncovered.items(), key=lambda one: -one[1])[:5],
        "largest": concentration(hauliers, largest=LARGEST),
        "hauliers": len(hauliers),
        "unplaced_address": f"{reverse('transport_postings')}?aar={year}&operatoer={UNPLACED}",
    }


def _kind_words(row: TransportPosting) -> str:
    return "Ikke placeret" if row.is_unplaced else OperatorKind(row.kind).danish.capitalize()


POSTINGS: Final = ListSpec(
    name="befordringsposteringer",
    title="Posteringer bag befordringen",
    one="postering",
    many="posteringer",
    default_sort="-bogfoert",
    columns=(
        Column("voucher", "Bilag", fixed=True, nowrap=True),
        Column("posted_on", "Bogført", Kind.DATE, sort="bogfoert"),
        Column("month", "Periode", value=lambda row: danish_month(row.month), nowrap=True),
        Column("area_no", "Område", Kind.NUMBER),
        Column("kind", "Operatør", value=_kind_words),
        Column("supplier", "Leverandør", sort="leverandoer", value=lambda row: row.supplier_name or "Ukendt",
               link=lambda row: reverse("supplier", args=[row.supplier_id]) if row.supplier_id else None),
        Column("grant", "Bevilling", value=lambda row: "Åbn" if row.grant_id else "",
               link=lambda row: reverse("grant", args=[row.grant_id]) if row.grant_id else None),
        Column("account", "Konto", sort="konto", nowrap=True, shown=False),
        Column("amount", "Beløb", Kind.MONEY, value=lambda row: row.amount_ore, sort="beloeb", lead=True),
    ),
    empty_icon="receipt",
    empty_title="Ingen posteringer",
    empty_text="Der er ikke bogført noget på området i det år.",
)  # fmt: skip


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport_postings(request: HttpRequest) -> HttpResponse:
    """The postings behind a figure."""
    form = CostPostingsForm(request.GET)
    form.this_year = clock.today().year
    told: dict[str, Any] = {"section": "transport", "now": "transport", "total": Bound()}

    def fetch(wanted: PostingsOf, sort: Sort, page: int, size: int) -> ListPage[TransportPosting]:
        rows, total, ore = postings_of(wanted, order=(sort.by, sort.falling), part=((page - 1) * size, size))
        told["sum_ore"], told["year"] = ore, wanted.year
        return ListPage.of(rows, page=page, size=size, total=total)

    return list_response(request, POSTINGS, fetch, form, told, template="transport/postings.html")
