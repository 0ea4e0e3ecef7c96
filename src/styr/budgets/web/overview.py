"""The economy's front page and a unit's: how does the year end, where, why, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.budgets.core.picture import YearPicture, full_years, month_word, pool_words, verdict
from styr.budgets.economy import year_picture
from styr.budgets.economy_list_rows import NOTHING, Narrowed, Paging
from styr.budgets.economy_lists import account_rows, citizen_rows
from styr.budgets.figures import total_and_nobodys_budget
from styr.budgets.queries import Among, bridge_of
from styr.budgets.round_pages import rounds_of
from styr.budgets.web.asked import Asked, asked
from styr.budgets.web.names import named
from styr.budgets.web.pictures import BASIS_WORDS, bridge_chart, heat_table, months_chart

if TYPE_CHECKING:
    from uuid import UUID

MOST = 8


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy(request: HttpRequest) -> HttpResponse:
    """How the year ends for all that one sees: the sentence, the figures, the units, why, and with whom."""
    wanted = asked(request)
    picture = year_picture(wanted.known, wanted.year)
    context = _frame(request, wanted, picture, None) | _explained(request, wanted, picture, None)
    if not picture.empty:
        context["heat"] = heat_table(picture) if picture.sums.budget_ore is not None else ""
    return _answer(request, "budgets/overview.html", context)


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The same for one unit: on which accounts, with whom, and what was agreed about it."""
    wanted = asked(request)
    picture = year_picture(wanted.known, wanted.year, unit_id=unit_id)
    if not picture.units:
        raise Http404("Enheden findes ikke, eller den har ingen økonomi i året.")
    context = _frame(request, wanted, picture, unit_id) | _explained(request, wanted, picture, unit_id)
    context["unit"] = picture.units[0]
    context["rounds"] = rounds_of(unit_id=unit_id, year=wanted.year, limit=4)
    if wanted.known:
        context["accounts"] = account_rows(wanted.known, wanted.year, Narrowed(unit_id=unit_id))
    return _answer(request, "budgets/unit.html", context)


def _frame(request: HttpRequest, wanted: Asked, picture: YearPicture, unit_id: UUID | None) -> dict[str, Any]:
    last = picture.last_closed
    return {
        "section": "economy",
        "asked": wanted,
        "picture": picture,
        "sums": picture.sums,
        "to_date": picture.to_date,
        "last_month": month_word(last) if last else "",
        "verdict": verdict(picture.sums, year_over=wanted.over) if wanted.known else "",
        "months_chart": months_chart(picture, unit_id=unit_id, year_over=wanted.over) if not picture.empty else "",
        "may_edit": may(request, Permission.EDIT_ECONOMY),
        "may_follow_up": may(request, Permission.FOLLOW_UP_ECONOMY),
    }


def _explained(request: HttpRequest, wanted: Asked, picture: YearPicture, unit_id: UUID | None) -> dict[str, Any]:
    """Why, and with whom: the bridge and the citizens who deviate most."""
    if wanted.known is None or picture.empty:
        return {"citizens": [], "totals": NOTHING}
    among = Among(unit_id=unit_id)
    figures, nobodys_ore = total_and_nobodys_budget(run_id=wanted.known.id, year=wanted.year, among=among)
    bridge = bridge_of(run_id=wanted.known.id, year=wanted.year, among=among)
    budgeted = picture.sums.budget_ore is not None
    paging = Paging("over" if budgeted else "forecast", limit=MOST)
    rows, totals = citizen_rows(wanted.known, wanted.year, Narrowed(unit_id=unit_id, placed=True), paging)
    return {
        "nobodys_ore": nobodys_ore,
        "pool_words": pool_words(nobodys_ore),
        "made_of": [(BASIS_WORDS[basis], ore) for basis, ore in figures.by_basis if ore],
        "bridge_chart": bridge_chart(bridge, year=wanted.year, unit_id=unit_id)
        if bridge.deviation_ore and budgeted
        else "",
        "persons": [full_years(days, wanted.year) for days in (bridge.budget_days, bridge.forecast_days)]
        if bridge.budget_days or bridge.forecast_days
        else [],
        "citizens": named(rows, page=request.path, purpose="økonomi", today=wanted.today),
        "totals": totals,
    }


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    answer = render(request, template, context)
    answer["Cache-Control"] = "no-store"
    return answer
