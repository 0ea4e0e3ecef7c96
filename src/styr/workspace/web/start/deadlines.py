"""The page of deadlines: a list by date, or a month as a calendar."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.person import person_of
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.danish import danish_date
from styr.ui.excel import MOST_ROWS
from styr.ui.lists import Column, excel_response
from styr.ui.lists import Kind as ListKind
from styr.workspace import deadlines as deadline_queries
from styr.workspace.core.deadlines import AHEAD_DAYS, Kind
from styr.workspace.core.month_view import month_asked_for, month_view
from styr.workspace.web.addresses import page_of

_COLUMNS: Final = (
    Column("dato", "Dato", ListKind.DATE, value=lambda row: row.due_on),
    Column("slags", "Slags", value=lambda row: row.kind.danish),
    Column("hvad", "Hvad", value=lambda row: row.what.capitalize()),
    Column("nummer", "Nummer", value=lambda row: row.number),
    Column("ansvarlig", "Ansvarlig", value=lambda row: row.keeper),
    Column("overskredet", "Overskredet", value=lambda row: "ja" if row.late else ""),
)
_WEEKDAYS = ("Mandag", "Tirsdag", "Onsdag", "Torsdag", "Fredag", "Lørdag", "Søndag")


@requires(Permission.SEE_CONTRACTS)
@require_safe
def deadlines(request: HttpRequest) -> HttpResponse:
    """What falls due: milestones of contracts, follow-ups, claims and what was agreed with suppliers, by date."""
    asked = request.GET.get("slags", "")
    kind = Kind(asked) if asked in set(Kind) else None
    mine = request.GET.get("mine") == "1"
    within = _days(request.GET.get("inden", ""))
    keeper = person_of(request).id if mine else None
    context = {
        "section": "start",
        "tabs": [("", "Alle"), *((one.value, one.danish) for one in Kind)],
        "now": kind.value if kind else "",
        "mine": mine,
        "within": within,
        "as_month": request.GET.get("vis") == "maaned",
        "may_subscribe": may(request, Permission.SEE_CONTRACTS),
    }
    today = clock.today()
    until = today + timedelta(days=within) if within else None
    if request.GET.get("hent") == "xlsx":
        rows = deadline_queries.due(today=today, kind=kind, keeper=keeper, ahead=until, most=MOST_ROWS)
        told = [("Slags", kind.danish if kind else "Alle"), ("Hentet", danish_date(today))]
        return excel_response("frister", "Frister", _COLUMNS, rows, told)
    if context["as_month"]:
        first = month_asked_for(request.GET.get("maaned", ""), today=today)
        ahead = max(first, today) + timedelta(days=42)
        found = deadline_queries.due(today=min(today, first), kind=kind, keeper=keeper, ahead=ahead)
        shown = month_view(first, found, today=today)
        weeks = [
            [(day, [(one, page_of(one.kind.url_name, one.id)) for one in day.due]) for day in week]
            for week in shown.weeks
        ]
        context |= {
            "month": shown,
            "weeks": weeks,
            "weekdays": _WEEKDAYS,
            "total": sum(len(d.due) for w in shown.weeks for d in w),
        }
        return render(request, "workspace/start/month.html", context)
    listed = deadline_queries.deadlines(today=today, kind=kind, keeper=keeper, ahead=until)
    context |= {
        "groups": [
            (title, [(one, page_of(one.kind.url_name, one.id)) for one in rows]) for title, rows in listed.groups
        ],
        "total": listed.total,
        "more": listed.more,
    }
    return render(request, "workspace/start/deadlines.html", context)


def _days(asked: str) -> int | None:
    """How many days ahead are asked for; None (half a year) for anything else."""
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 3 else 0  # noqa: PLR2004 - days
    return number if 0 < number <= AHEAD_DAYS else None
