"""The coordinator's week, and where a fixed route would be cheaper than single trips."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.trips import queries
from styr.trips.controls import CODES, PROPOSALS
from styr.trips.week_lines import week_lines

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PROPOSED = {about.code for about in PROPOSALS}


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport_week(request: HttpRequest) -> HttpResponse:
    """Everything that needs attention this week, and where to go with it."""
    today = clock.today()
    week = queries.this_week(today=today, codes=CODES)
    context = {
        "section": "transport",
        "week": week,
        "today": today,
        "trip_kinds": [kind for kind in week.kinds if kind.code.startswith("trip_")],
        "other_kinds": [kind for kind in week.kinds if not kind.code.startswith("trip_")],
        "proposed": _PROPOSED,
    }
    return render(request, "trips/week.html", context)


@requires(Permission.SEE_TRANSPORT)
@require_safe
def transport_week_lines(request: HttpRequest) -> HttpResponse:
    """What other domains have for the week: a part of its page, fetched once the page stands, as it takes a while."""
    return render(request, "trips/week_lines.html", {"lines": week_lines(clock.today())})


@requires(Permission.SEE_TRANSPORT)
@require_safe
def flexroutes(request: HttpRequest) -> HttpResponse:
    """Each place's single trips beside a fixed route."""
    routes = queries.routes_compared(today=clock.today())
    context = {
        "section": "transport",
        "routes": routes,
        "proposed": [one for one in routes if one.proposed],
        "saved_ore": sum(one.year_ore or 0 for one in routes),
    }
    return render(request, "trips/flexroutes.html", context)
