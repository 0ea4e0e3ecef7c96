"""The central refund: the year's cases, one case, and asking for a new computation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import may, may_everywhere, requires
from styr.kernel import clock
from styr.refunds.cases import CaseLine, CaseNotThereError, Slice, case_lines, case_page
from styr.refunds.law_numbers import one_offs_are_spread
from styr.refunds.limiting import known_limits
from styr.refunds.queries import claims_of, year_of_refund
from styr.refunds.requesting import request_computation
from styr.refunds.web.asking import year_of, years
from styr.refunds.web.forms import SCHEMES, STANDINGS, CaseFilterForm
from styr.refunds.web.listing import cases_of
from styr.ui.lists import ListPage, Sort, list_response
from styr.ui.toasts import tell

if TYPE_CHECKING:
    from uuid import UUID

    from styr.refunds.cases import CaseFilter


@requires(Permission.SEE_ECONOMY)
@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """The year's figures, the cases that pass a limit or come near, and what has been claimed. Nine queries."""
    year = year_of(request)
    form = CaseFilterForm(request.GET)
    form.year = year
    context = {
        "section": "economy",
        "now": "refunds",
        "year": year,
        "years": years(),
        "figures": year_of_refund(year),
        "claims": claims_of(year),
        "schemes": SCHEMES,
        "may_edit": may_everywhere(request, Permission.EDIT_ECONOMY),
    }
    return list_response(request, cases_of(year), _cases, form, context, template="refunds/central.html")


@requires(Permission.SEE_ECONOMY)
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A case, month by month."""
    year = year_of(request)
    try:
        page = case_page(case_id=case_id, year=year, today=clock.today())
    except CaseNotThereError as missing:
        raise Http404(str(missing)) from missing
    limits = next((one for one in known_limits() if (one.scheme, one.year) == (page.line.scheme, year)), None)
    context = {
        "section": "economy",
        "year": year,
        "page": page,
        "line": page.line,
        "scheme": SCHEMES[page.line.scheme],
        "standing": STANDINGS[page.line.standing],
        "limits": limits,
        "spread": one_offs_are_spread(year),
        "may_edit": may(request, Permission.EDIT_ECONOMY),
    }
    return render(request, "refunds/case.html", context)


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_POST
@once
def compute(request: HttpRequest) -> HttpResponse:
    """Ask for the year to be computed anew."""
    year = year_of(request)
    request_computation(municipality_id=person_of(request).municipality_id, year=year, now=clock.now())
    tell(request, f"Refusionen for {year} beregnes. Siden viser de nye tal, når den er færdig.")
    return redirect(f"{reverse('refunds')}?aar={year}")


def _cases(wanted: CaseFilter, sort: Sort, page: int, size: int) -> ListPage[CaseLine]:
    today = clock.today()
    rows, total = case_lines(wanted, Slice(sort.by, sort.falling, (page - 1) * size, size), today=today)
    if not rows and page > 1:
        page = 1
        rows, total = case_lines(wanted, Slice(sort.by, sort.falling, 0, size), today=today)
    return ListPage.of(rows, page=page, size=size, total=total)
