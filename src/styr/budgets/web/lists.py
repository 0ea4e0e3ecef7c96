"""The lists behind the economy's figures: citizens, grants and suppliers, each with why it deviates."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.budgets.core.codes import Part
from styr.budgets.economy_list_rows import NOTHING, Deviation, Narrowed, Paging, Totals
from styr.budgets.economy_lists import citizen_rows, grant_rows, spent_by_citizen
from styr.budgets.economy_units import units_with_economy
from styr.budgets.web.asked import Asked, asked, uuid_or_none
from styr.budgets.web.names import citizen_address, named
from styr.budgets.web.pictures import PART_WORDS
from styr.kernel import clock
from styr.kernel.danish import danish_section, kroner
from styr.suppliers import queries as suppliers
from styr.ui.amounts import deviation
from styr.ui.lists import Column, FilterForm, Kind, ListPage, ListSpec, Sort, list_response

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNACCOUNTED: Final = "uden"
"""Asks for what has no account."""

PageOf = Callable[..., tuple[list[Any], Totals]]
_PARTS: Final = [("", "Alle årsager"), *((part.value, PART_WORDS[part][0]) for part in PART_WORDS)]


class EconomyFilterForm(FilterForm):
    """What the lists can be narrowed by; the year is kept as a tab is."""

    aar = forms.CharField(required=False, widget=forms.HiddenInput)
    enhed = forms.ChoiceField(label="Enhed", choices=[("", "Alle enheder")])
    funktion = forms.CharField(label="Konto begynder med", max_length=16)
    paragraf = forms.CharField(label="Paragraf", max_length=20)
    aarsag = forms.ChoiceField(label="Årsag", choices=_PARTS)
    over = forms.BooleanField(label="Kun over budget")
    uden_pris = forms.BooleanField(label="Kun uden pris")

    def wanted(self) -> Narrowed:
        """Which rows are asked for."""
        digits = "".join(sign for sign in self.values["funktion"] or "" if sign.isdigit())
        part = self.values["aarsag"]
        return Narrowed(
            unit_id=uuid_or_none(self.values["enhed"] or ""),
            function=digits,
            section=section_code(self.values["paragraf"] or ""),
            part=Part(part) if part else None,
            over=bool(self.values["over"]),
            unpriced_on=clock.today() if self.values["uden_pris"] else None,
            unaccounted=(self.values["funktion"] or "").strip().lower() == UNACCOUNTED,
        )


def section_code(words: str) -> str:
    """The code of a section however it is written: "SEL § 107", "sel 107" and "SEL-107" are the same."""
    parts = words.replace("§", " ").replace("-", " ").split()
    return f"{parts[0].upper()}-{parts[1]}" if len(parts) > 1 else words.strip().upper()


def _over(row: Deviation) -> str:
    return "danger" if row.over_ore > 0 else "good" if row.over_ore < 0 else ""


def _why(row: Deviation) -> str:
    return PART_WORDS[row.main_part][0] if row.main_part else ""


def _part(part: Part) -> Callable[[Any], int | None]:
    """The part of a row; nothing where it is nought."""
    return lambda row: getattr(row, f"{part.value}_ore") or None


def _parts(*, shown: bool) -> tuple[Column, ...]:
    return tuple(
        Column(f"{part.value}_ore", PART_WORDS[part][0], Kind.MONEY, sort=part.value, shown=shown, value=_part(part))
        for part in PART_WORDS
    )


def _citizens(year: int) -> ListSpec:
    return ListSpec(
        name="oekonomi-borgere", title=f"Borgere i {year}", one="borger", many="borgere", default_sort="-over_ore",
        columns=(
            Column("name", "Borger", fixed=True, link=lambda row: citizen_address(row.citizen_id, year) or None,
                   note=lambda row: ", ".join(danish_section(code) for code in row.sections)),
            Column("why", "Hovedårsag", value=_why),
            Column("grants", "Bevillinger", Kind.NUMBER, shown=False),
            Column("budget_ore", "Budget", Kind.MONEY, sort="budget"),
            Column("spent_ore", "Bogført", Kind.MONEY, value=lambda row: row.row.spent_ore),
            Column("forecast_ore", "Prognose", Kind.MONEY, sort="forecast"),
            *_parts(shown=False),
            Column("over_ore", "Afvigelse", Kind.MONEY, sort="over", lead=True, tone=_over),
        ),
        empty_icon="coins", empty_title="Ingen borgere at vise",
        empty_text="Der er hverken budget eller prognose, som passer på det valgte.",
    )  # fmt: skip


def _grants(year: int) -> ListSpec:
    return ListSpec(
        name="oekonomi-bevillinger", title=f"Bevillinger og årsager i {year}", one="række", many="rækker",
        default_sort="-over_ore",
        columns=(
            Column("number", "Bevilling", fixed=True, value=lambda row: row.number or "Uden bevilling",
                   link=lambda row: reverse("grant", args=[row.grant_id]) if row.number else None,
                   note=lambda row: danish_section(row.section)),
            Column("name", "Borger", link=lambda row: citizen_address(row.citizen_id, year) or None),
            Column("supplier", "Leverandør", value=lambda row: row.row.supplier, shown=False),
            Column("budget_ore", "Budget", Kind.MONEY, sort="budget"),
            Column("forecast_ore", "Prognose", Kind.MONEY, sort="forecast"),
            *_parts(shown=True),
            Column("budget_days", "Budgetterede dage", Kind.NUMBER, shown=False),
            Column("forecast_days", "Forventede dage", Kind.NUMBER, shown=False),
            Column("over_ore", "Afvigelse", Kind.MONEY, sort="over", lead=True, tone=_over),
        ),
        empty_icon="coins", empty_title="Ingen bevillinger at vise",
        empty_text="Der er hverken budget eller prognose, som passer på det valgte.",
    )  # fmt: skip


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_citizens(request: HttpRequest) -> HttpResponse:
    """Citizens, those who deviate most first; each leads to the citizen's own economy."""
    wanted = asked(request)
    return _listed(request, wanted, _citizens(wanted.year), _citizen_page, "economy_citizens")


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_grants(request: HttpRequest) -> HttpResponse:
    """Grants with the parts that explain their deviation: what a step of the bridge is made of."""
    wanted = asked(request)
    return _listed(request, wanted, _grants(wanted.year), _grant_page, "economy")


class _Spent:
    """A citizen's row with what is booked so far."""

    def __init__(self, row: Any, spent_ore: int) -> None:
        self._row, self.spent_ore = row, spent_ore

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


class _Supplied:
    """A grant's row with its supplier's name."""

    def __init__(self, row: Any, supplier: str) -> None:
        self._row, self.supplier = row, supplier

    def __getattr__(self, name: str) -> Any:
        return getattr(self._row, name)


def _listed(request: HttpRequest, wanted: Asked, spec: ListSpec, page_of: PageOf, now: str) -> HttpResponse:
    units = units_with_economy(wanted.known, wanted.year)
    offered = {"enhed": [("", "Alle enheder"), *((str(one.id), one.name) for one in units)]}
    form = EconomyFilterForm(request.GET, offered=offered)
    context: dict[str, Any] = {"section": "economy", "asked": wanted, "now": now}
    fetch = partial(_fetch, request, wanted, page_of, context)
    answer = list_response(request, spec, fetch, form, context, template="budgets/list.html")
    answer["Cache-Control"] = "no-store"
    return answer


def _fetch(  # noqa: PLR0913, PLR0917 - what list_response gives, after what the page knows
    request: HttpRequest, wanted: Asked, page_of: PageOf, context: dict[str, Any],
    narrowed: Narrowed, sort: Sort, page: int, size: int,
) -> ListPage[Any]:  # fmt: skip
    if wanted.known is None:
        return ListPage((), 1, 1, 0)
    found, totals = page_of(request, wanted, narrowed, Paging(sort.by, sort.falling, size, (page - 1) * size))
    if not found and page > 1:
        return _fetch(request, wanted, page_of, context, narrowed, sort, 1, size)
    context["list_summary"] = _summary(totals, narrowed.part)
    return ListPage.of(found, page=page, size=size, total=totals.count)


def _summary(totals: Totals, part: Part | None) -> str:
    """What the rows come to; of a step of the bridge also its own amount, which led here."""
    if totals is NOTHING:
        return ""
    told = [f"budget {kroner(totals.budget_ore, whole=True)}", f"prognose {kroner(totals.forecast_ore, whole=True)}",
            f"afvigelse {deviation(totals.over_ore)}"]  # fmt: skip
    if part is not None:
        told.append(f"heraf {PART_WORDS[part][0].lower()} {deviation(totals.part_ore)}")
    return ", ".join(told)


def _citizen_page(request: HttpRequest, wanted: Asked, narrowed: Narrowed, paging: Paging) -> tuple[list[Any], Totals]:
    run = wanted.known
    assert run is not None  # noqa: S101 - asked only with a forecast
    rows, totals = citizen_rows(run, wanted.year, narrowed, paging)
    ids = [row.citizen_id for row in rows if row.citizen_id is not None]
    spent = spent_by_citizen(run, wanted.year, narrowed, ids) if rows else {}
    filled: list[Any] = [_Spent(row, spent.get(row.citizen_id, 0)) for row in rows]
    return named(filled, page=request.path, purpose="økonomi, borgere", today=wanted.today), totals


def _grant_page(request: HttpRequest, wanted: Asked, narrowed: Narrowed, paging: Paging) -> tuple[list[Any], Totals]:
    run = wanted.known
    assert run is not None  # noqa: S101 - asked only with a forecast
    rows, totals = grant_rows(run, wanted.year, narrowed, paging)
    names = suppliers.supplier_names({row.supplier_id for row in rows if row.supplier_id is not None})
    filled: list[Any] = [_Supplied(row, names.get(row.supplier_id, "") if row.supplier_id else "") for row in rows]
    return named(filled, page=request.path, purpose="økonomi, bevillinger", today=wanted.today), totals
