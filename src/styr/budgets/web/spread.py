"""Where the cost lies, and what was believed when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.budgets.core.codes import RunKind
from styr.budgets.economy import year_picture
from styr.budgets.economy_list_rows import Narrowed
from styr.budgets.economy_lists import citizen_costs, supplier_rows
from styr.budgets.economy_units import units_with_economy
from styr.budgets.queries import Among, history
from styr.budgets.web.asked import asked, uuid_or_none
from styr.budgets.web.pictures import beliefs_chart, concentration_chart
from styr.suppliers import queries as suppliers
from styr.ui import charts
from styr.ui.table_files import rows_shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST = 25


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_spread(request: HttpRequest) -> HttpResponse:
    """How the cost lies on citizens and on suppliers; the dearest suppliers lead to their own pages."""
    wanted = asked(request)
    unit_id = uuid_or_none(request.GET.get("enhed", ""))
    context = {"section": "economy", "asked": wanted, "units": units_with_economy(wanted.known, wanted.year),
               "unit_id": unit_id}  # fmt: skip
    if wanted.known:
        narrowed = Narrowed(unit_id=unit_id)
        costs = citizen_costs(wanted.known, wanted.year, narrowed)
        rows = supplier_rows(wanted.known, wanted.year, narrowed)
        names = suppliers.supplier_names({row.supplier_id for row in rows if row.supplier_id is not None})
        known = [row for row in rows if row.supplier_id is not None]
        context |= {
            "costs": len(costs),
            "citizens_chart": concentration_chart(costs, year=wanted.year) if costs else "",
            "suppliers_chart": concentration_chart(
                [row.forecast_ore for row in known], year=wanted.year, many="leverandører"
            )
            if known
            else "",
            "tenth": charts.share_of_dearest(costs, 0.1),
            "rows": [
                (row, names.get(row.supplier_id, "") if row.supplier_id else "Uden kendt leverandør")
                for row in rows[: rows_shown(request, MOST)]
            ],
            "more": max(0, len(rows) - MOST),
            "total_ore": sum(row.forecast_ore for row in rows),
        }
    return render(request, "budgets/spread.html", context)


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_history(request: HttpRequest) -> HttpResponse:
    """What each kept forecast said of the year, and what stands now."""
    wanted = asked(request)
    unit_id = uuid_or_none(request.GET.get("enhed", ""))
    among = Among(unit_id=unit_id)
    then = history(year=wanted.year, among=among)
    picture = year_picture(wanted.known, wanted.year, unit_id=unit_id)
    context = {
        "section": "economy",
        "asked": wanted,
        "units": units_with_economy(wanted.known, wanted.year),
        "unit_id": unit_id,
        "sums": picture.sums,
        "then": then,
        "replayed": any(one.run.kind is RunKind.REPLAYED for one in then),
        "chart": beliefs_chart(then, wanted.known, picture) if then else "",
        "address": reverse("economy_history"),
    }
    return render(request, "budgets/history.html", context)
