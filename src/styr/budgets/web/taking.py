"""What one takes along: the workbook with live formulas, and the month report as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.queries import municipality_name
from styr.access.web.rules import requires
from styr.budgets.core.codes import RunKind
from styr.budgets.core.picture import full_years, month_word, range_words
from styr.budgets.economy import year_picture
from styr.budgets.economy_list_rows import Narrowed
from styr.budgets.economy_lists import account_rows
from styr.budgets.economy_rows import economy_rows, unit_months
from styr.budgets.figures import total_and_nobodys_budget
from styr.budgets.month_report import Report, UnitActions, month_report
from styr.budgets.queries import Among, Bridge, bridge_of, confidence, history
from styr.budgets.round_pages import open_by_unit
from styr.budgets.web.asked import Asked, asked, uuid_or_none
from styr.budgets.web.pictures import PART_WORDS, beliefs_chart, bridge_chart, months_chart
from styr.budgets.workbook import About, Names, economy_workbook
from styr.kernel.danish import danish_date
from styr.people import queries as people
from styr.suppliers import queries as suppliers
from styr.ui.toasts import warn

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@requires(Permission.SEE_ECONOMY)
def economy_workbook_(request: HttpRequest) -> HttpResponse:
    """Everything that one sees of the year, by the finest rows; it names citizens, so the reads are logged."""
    wanted, unit_id = asked(request), uuid_or_none(request.GET.get("enhed", ""))
    run = wanted.known
    if run is None:
        return _not_yet(request, wanted)
    rows = economy_rows(run, wanted.year, unit_id=unit_id)
    ids = {row.citizen_id for row in rows if row.citizen_id is not None}
    shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose="økonomi, regneark", today=wanted.today)
    names = Names(
        {id_: (line.name, line.source_id) for id_, line in shown.items()},
        suppliers.supplier_names({row.supplier_id for row in rows if row.supplier_id is not None}),
    )
    about = About(wanted.year, _moment(run.made_at), f"Lukkede måneder: før {danish_date(run.closed_before)}.")
    then = history(year=wanted.year, among=Among(unit_id=unit_id))
    content = economy_workbook(about, rows, unit_months(run, wanted.year, unit_id=unit_id), names, then)
    return _file(content, _XLSX, f"oekonomi-{wanted.year}-{wanted.today:%Y-%m-%d}.xlsx")


@require_safe
@requires(Permission.SEE_ECONOMY)
def month_report_(request: HttpRequest) -> HttpResponse:
    """The report for the management, of all that one sees or of a unit; it names nobody."""
    wanted, unit_id = asked(request), uuid_or_none(request.GET.get("enhed", ""))
    run = wanted.known
    if run is None:
        return _not_yet(request, wanted)
    picture = year_picture(run, wanted.year, unit_id=unit_id)
    if unit_id and not picture.units:
        raise Http404("Enheden findes ikke, eller den har ingen økonomi i året.")
    among = Among(unit_id=unit_id)
    bridge = bridge_of(run_id=run.id, year=wanted.year, among=among)
    _, nobodys_ore = total_and_nobodys_budget(run_id=run.id, year=wanted.year, among=among)
    then = history(year=wanted.year, among=among)
    sure = None if wanted.over else confidence(run_id=run.id, year=wanted.year, among=among)
    charts = {"months": months_chart(picture, linked=False, year_over=wanted.over)}
    budgeted = picture.sums.budget_ore is not None
    if bridge.deviation_ore and budgeted:
        charts["bridge"] = bridge_chart(bridge, year=wanted.year, linked=False)
    if then:
        charts["history"] = beliefs_chart(then, run, picture)
    made = month_report(
        Report(
            municipality=municipality_name(),
            picture=picture,
            computed=f"{'Årets sidste tal' if wanted.over else 'Prognosen'} er beregnet {_moment(run.made_at)}.",
            parts=[(PART_WORDS[part][0], PART_WORDS[part][1], ore) for part, ore in bridge.parts if budgeted],
            range=range_words(sure.low_ore, sure.high_ore, picture.sums.budget_ore) if sure else "",
            persons=_persons(bridge, wanted.year),
            accounts=account_rows(run, wanted.year, Narrowed(unit_id=unit_id)),
            actions=[UnitActions(*one) for one in open_by_unit(today=wanted.today, unit_id=unit_id)],
            pictures=charts,
            of_unit=picture.units[0].name if unit_id else "",
            year_over=wanted.over,
            replayed=any(one.run.kind is RunKind.REPLAYED for one in then),
            nobodys_ore=nobodys_ore if bridge.deviation_ore and budgeted else 0,
        )
    )
    last = picture.last_closed
    month = f"-{month_word(last)}" if last else ""
    return _file(made, "application/pdf", f"oekonomi-{wanted.year}{month}.pdf")


def _not_yet(request: HttpRequest, wanted: Asked) -> HttpResponse:
    warn(request, f"Der er ikke beregnet en prognose for {wanted.year} at tage med.")
    return redirect("economy")


def _persons(bridge: Bridge, year: int) -> str:
    if not bridge.budget_days and not bridge.forecast_days:
        return ""
    now, then = full_years(bridge.forecast_days, year), full_years(bridge.budget_days, year)
    return f"{now} helårspersoner mod {then} budgetteret."


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return f"{danish_date(local.date())} kl. {local:%H.%M}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
