"""How fresh the forecast is: what pages load after themselves, and the button that asks for a new one."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.budgets.core.picture import range_words
from styr.budgets.economy import year_picture
from styr.budgets.queries import Among, RunView, confidence, has_changed, run_under_way
from styr.budgets.services import request_forecast
from styr.budgets.unpriced import unpriced_grants
from styr.budgets.web.asked import asked, uuid_or_none
from styr.kernel import clock
from styr.ui.toasts import tell


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_freshness(request: HttpRequest) -> HttpResponse:
    """A fragment: whether anything has changed since, and how far a new forecast has come."""
    wanted = asked(request)
    under_way = run_under_way()
    newer = under_way is not None and (wanted.run is None or under_way.asked_at > wanted.run.asked_at)
    working = newer and under_way is not None and under_way.state.under_way
    answer = render(
        request,
        "budgets/freshness_now.html",
        {
            "asked": wanted,
            "under_way": under_way,
            "working": working,
            "failed": newer and not working,
            "done": not working and "fulgt" in request.GET,
            "changed": wanted.run is not None and wanted.kept is None and _is_old(wanted.run, wanted.today),
            "unindexed": wanted.known is not None and wanted.year in wanted.known.unindexed_years,
            "unpriced": unpriced_grants(wanted.today) if wanted.known and wanted.year >= wanted.today.year else None,
            "may_edit": may(request, Permission.EDIT_ECONOMY),
        },
    )
    add_never_cache_headers(answer)
    return answer


def _is_old(run: RunView, today: date) -> bool:
    """Whether what it rests on has changed, or a month has been closed since."""
    return run.closed_before != today.replace(day=1) or has_changed(run)


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_range(request: HttpRequest) -> HttpResponse:
    """A fragment: between what the year probably ends, by how earlier forecasts hit; nothing while too few are kept.

    Apart from the page, which need not wait for every kept forecast to be held against what came.
    """
    wanted, unit_id = asked(request), uuid_or_none(request.GET.get("enhed", ""))
    told, sure = "", None
    if wanted.known:
        sure = confidence(run_id=wanted.known.id, year=wanted.year, among=Among(unit_id=unit_id))
        budget_ore = year_picture(wanted.known, wanted.year, unit_id=unit_id).sums.budget_ore
        told = range_words(sure.low_ore, sure.high_ore, budget_ore) if sure else ""
    context = {"told": told, "hits": sure.hits if sure else 0, "replayed": sure.replayed if sure else 0}
    answer = render(request, "budgets/range.html", context)
    add_never_cache_headers(answer)
    return answer


@require_POST
@requires(Permission.EDIT_ECONOMY)
@once
def economy_recompute(request: HttpRequest) -> HttpResponse:
    """Ask for a new forecast; the page shows how far it has come."""
    request_forecast(municipality_id=request.user.municipality_id, today=clock.today(), now=clock.now())  # type: ignore[union-attr]  # the rule let in a user
    tell(request, "Prognosen beregnes nu.")
    return redirect("economy")
