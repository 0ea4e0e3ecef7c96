"""The management page, what keeps it fresh, and what one takes along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.controls.queries import most_expensive
from styr.initiatives.core.codes import Status
from styr.initiatives.core.interval import total
from styr.initiatives.queries import all_initiatives, catalogues, counts, effects
from styr.kernel import clock
from styr.reports import queries, services
from styr.reports.core.story import moved_words, waterfall_words
from styr.reports.pdf import results_report
from styr.reports.pictures import waterfall_chart
from styr.reports.verdicts import ending
from styr.reports.workbook import results_workbook
from styr.ui.toasts import warn

if TYPE_CHECKING:
    from django.http import HttpRequest

    from styr.reports.queries import Results

_READ = Permission.SEE_RESULTS
_MOST = 5
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(_READ)
def results(request: HttpRequest) -> HttpResponse:
    """Where are we, what changed, what did it bring, and what is at risk."""
    today = clock.today()
    found = queries.results(year=today.year)
    context: dict[str, Any] = {
        "section": "results", "year": today.year, "found": found, "old": queries.is_old(found, today=today),
        "followed": request.GET.get("fulgt") == "1",
    }  # fmt: skip
    if found is not None and found.known:
        context |= _told(request, found)
    return render(request, "reports/results.html", context)


@require_safe
@requires(_READ)
def results_freshness(request: HttpRequest) -> HttpResponse:
    """A fragment: whether the figures that were asked for are there yet; it only looks."""
    today = clock.today()
    found = queries.results(year=today.year)
    answer = render(request, "reports/freshness.html", {"found": found, "old": queries.is_old(found, today=today)})
    add_never_cache_headers(answer)
    return answer


@require_POST
@requires(_READ)
@once
def results_renew(request: HttpRequest) -> HttpResponse:
    """Ask for the figures to be worked out anew, and go back to follow them."""
    services.request_figures(municipality_id=person_of(request).municipality_id)
    return redirect(f"{reverse('results')}?fulgt=1")


@require_safe
@requires(_READ)
def results_report_(request: HttpRequest) -> HttpResponse:
    """The report for the management as a PDF; it names nobody, and no row is of fewer than five."""
    today = clock.today()
    found = queries.results(year=today.year)
    if found is None or not found.known:
        return _not_yet(request)
    content = results_report(
        found, municipality=municipality_name(), initiatives=all_initiatives(), effects=effects(),
        catalogue_names={one.id: one.name for one in catalogues()},
    )  # fmt: skip
    return _file(content, "application/pdf", f"ledelsesoverblik-{today:%Y-%m-%d}.pdf")


@require_safe
@requires(_READ)
def results_workbook_(request: HttpRequest) -> HttpResponse:
    """The same figures as a workbook with live formulas."""
    today = clock.today()
    found = queries.results(year=today.year)
    if found is None or not found.known:
        return _not_yet(request)
    content = results_workbook(found, initiatives=all_initiatives(), effects=effects())
    return _file(content, _XLSX, f"ledelsesoverblik-{today:%Y-%m-%d}.xlsx")


def _told(request: HttpRequest, found: Results) -> dict[str, Any]:
    initiatives = all_initiatives()
    running = [one for one in initiatives if one.status in {Status.RUNNING, Status.DONE}]
    return {
        "ending": ending(found), "moved": moved_words(found.standing, found.since),
        "standing": found.standing, "waterfall": found.waterfall,
        "waterfall_told": waterfall_words(found.waterfall),
        "waterfall_chart": waterfall_chart(found),
        "areas": found.areas, "area_total": found.area_total,
        "figures": {f"{topic}_{key}": one for (topic, key), one in found.figures.items() if topic in _SHOWN},
        "findings": most_expensive(limit=_MOST) if may(request, Permission.SEE_FINDINGS) else (),
        "initiatives": {
            "all": len(initiatives), "running": len(running),
            "saving": total(one.saving for one in initiatives if counts(one)),
        },
    }  # fmt: skip


_SHOWN = frozenset({"economy", "savings", "invoices", "changed", "deadlines", "initiatives"})


def _not_yet(request: HttpRequest) -> HttpResponse:
    warn(request, "Tallene er ikke beregnet endnu, så der er ikke noget at tage med.")
    return redirect("results")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
