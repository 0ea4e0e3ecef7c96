"""The list of grants, and the page about one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import requires
from styr.controls import queries as controls
from styr.grants.core.codes import GrantStatus
from styr.grants.core.payment_plan import ClosedDay, banking_date
from styr.grants.listing import GrantFilter, grant_rows, year_of_grants, year_of_list
from styr.grants.page import GrantPage, grant_page
from styr.grants.queries import GrantNotVisibleError
from styr.grants.web.conflicts import history_of
from styr.grants.web.fields import account_parts
from styr.grants.web.listing import GRANTS, NONE, TONES, GrantFilterForm, Row
from styr.kernel import clock
from styr.kernel.danish import MONTHS, kroner
from styr.people import queries as people
from styr.ui.charts import Month, Words, bars_per_month
from styr.ui.lists import ListPage, Sort, list_response

PURPOSE = "bevilling"


@requires(Permission.SEE_GRANTS)
@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """Every grant, filtered and sorted as the address says."""
    today = clock.today()
    form = GrantFilterForm(request.GET, today=today)

    def fetch(wanted: GrantFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        found, total = grant_rows(wanted, sort=f"-{sort.by}" if sort.falling else sort.by, page=page, size=size)
        years = year_of_grants([row.id for row in found], year=today.year)
        shown = people.citizen_lines(
            citizen_ids={row.citizen_id for row in found}, page=request.path, purpose=PURPOSE, today=today
        )
        rows = [
            Row(row, shown.get(row.citizen_id), row.services or "", years.get(row.id, NONE), today) for row in found
        ]
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    context = {
        "section": "grants",
        "status": form.values["status"] or "",
        "statuses": [(one.value, one.danish.capitalize()) for one in GrantStatus],
        "list_summary": _summary(form, today),
        "empty_action": {"address": reverse("grant_new"), "text": "Opret bevilling"},
    }
    return list_response(request, GRANTS, fetch, form, context, template="grants/list.html")


@requires(Permission.SEE_GRANTS)
@require_safe
def grant(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """One grant: what it buys and costs, payments, absence, findings and its way to being granted."""
    page = page_or_404(grant_id, costed=True)
    today = clock.today()
    context = {
        **frame_of(request, page),
        "tab": "overblik",
        "today": today,
        "findings": controls.findings_with(page.findings) if page.findings else (),
        "chart": _chart(page, today),
        "account": account_parts(page.account_string),
        "payments": _payments(page, today),
    }
    return render(request, "grants/grant.html", context)


@requires(Permission.SEE_GRANTS)
@require_safe
def history(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Who did what to the grant, and when."""
    page = page_or_404(grant_id)
    context = {**frame_of(request, page), "tab": "historik", "history": history_of(grant_id)}
    return render(request, "grants/history.html", context)


def page_or_404(grant_id: UUID, *, costed: bool = False, followed: bool = True) -> GrantPage:
    """The grant, if asked with its cost and what became of it; 404 where there is none for the caller."""
    try:
        return grant_page(grant_id=grant_id, today=clock.today(), costed=costed, followed=followed)
    except GrantNotVisibleError as missing:
        raise Http404(str(missing)) from missing


def frame_of(request: HttpRequest, page: GrantPage) -> dict[str, Any]:
    """What the head of every page about a grant shows; the citizen's name is logged."""
    shown = people.citizen_lines(citizen_ids=[page.citizen_id], page=request.path, purpose=PURPOSE, today=clock.today())
    return {
        "section": "grants",
        "page": page,
        "citizen": shown.get(page.citizen_id),
        "tone": TONES.get(page.status, ""),
    }


def _summary(form: GrantFilterForm, today: date) -> str:
    """What the forecast holds for the list this year; nothing for the whole register or for words searched for."""
    if form.values["q"] or not (form.active or form.values["status"]):
        return ""
    amount = year_of_list(form.wanted(), year=today.year)
    return "" if amount is None else f"prognose {today.year}: {kroner(amount, whole=True)}"


def _chart(page: GrantPage, today: date) -> str:
    """The months of this year and the next, as the grant stands."""
    months = [
        Month(MONTHS[month.month - 1][:3], forecast_ore=ore)
        for month, ore in page.cost.months
        if month.year == today.year or page.cost.next_year_ore
    ]
    words = Words(
        "forventet",
        f"Forventet udgift pr. måned {today.year}" + (f" og {today.year + 1}" if page.cost.next_year_ore else ""),
        f"{kroner(page.cost.this_year_ore, whole=True)} i {today.year} og "
        f"{kroner(page.cost.next_year_ore, whole=True)} i {today.year + 1}.",
    )
    return bars_per_month(words, months)


def _payments(page: GrantPage, today: date) -> list[dict[str, Any]]:
    """The payment plan: each month's expected amount, due on its first banking day, with what is paid and adjusted."""
    adjusted: dict[date, int] = {}
    for each in page.adjusted:
        adjusted[each.month] = adjusted.get(each.month, 0) + each.amount_ore
    rows = []
    for month, ore in page.cost.months:
        if not ore and month not in page.paid:
            continue
        rows.append(
            {
                "month": month,
                "due": banking_date(month, ClosedDay.NEXT),
                "expected": ore,
                "paid": page.paid.get(month),
                "adjusted": adjusted.get(month),
                "past": month < today.replace(day=1),
            }
        )
    return rows
