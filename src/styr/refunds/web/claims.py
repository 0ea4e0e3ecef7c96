"""Claims on the state: make one, look at one, take it as a file."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.once import once
from styr.access.web.person import person_of
from styr.access.web.rules import requires
from styr.kernel import clock
from styr.kernel.danish import danish_month
from styr.refunds.claiming import ClaimNotThereError, UnableToClaimError, make_claim, seal_holds
from styr.refunds.queries import claim_page
from styr.refunds.scoping import sees_whole_municipality
from styr.refunds.web.asking import year_of
from styr.refunds.web.forms import SCHEMES, ClaimForm
from styr.ui.excel import workbook
from styr.ui.lists import Column, Kind
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from styr.refunds.queries import ClaimedMonth, ClaimLine

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS: Final = (
    Column("ordning", "Ordning", value=lambda row: SCHEMES[row.scheme]),
    Column("borgernr", "Borgernummer", value=lambda row: row.numbers),
    Column("sag", "Sag", value=lambda row: row.case),
    Column("maaned", "Måned", value=lambda row: f"{row.month:%Y-%m}"),
    Column("grundlag", "Grundlag", Kind.MONEY, value=lambda row: row.basis_ore),
    Column("refusion", "Refusion", Kind.MONEY, value=lambda row: row.refund_ore),
    Column("foer", "Hjemtaget før", Kind.MONEY, value=lambda row: row.earlier_ore),
    Column("nu", "Hjemtages nu", Kind.MONEY, value=lambda row: row.amount_ore),
    Column("bogfoert", "Bogført", value=lambda row: "ja" if row.booked else "nej, forventet"),
)


@requires(Permission.EDIT_ECONOMY, everywhere=True)
@require_POST
@once
def claim_new(request: HttpRequest) -> HttpResponse:
    """Claim what is new in the year up to a month."""
    year, person = year_of(request), person_of(request)
    form = ClaimForm(request.POST)
    back = f"{reverse('refunds')}?aar={year}"
    if not form.is_valid():
        warn(request, "Vælg den sidste måned, der skal hjemtages for.")
        return redirect(back)
    through = date(year, form.cleaned_data["through"], 1)
    try:
        made = make_claim(
            municipality_id=person.municipality_id, year=year, through=through, actor_id=person.id, now=clock.now()
        )
    except UnableToClaimError as refusal:
        warn(request, str(refusal))
        return redirect(back)
    tell(request, f"Hjemtagning {made.number} for {year} er dannet og plomberet.")
    return redirect("refund_claim", made.claim_id)


@requires(Permission.SEE_ECONOMY)
@require_safe
def claim(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """A claim with its lines, and whether its seal holds."""
    head, lines = _page(claim_id)
    whole = sees_whole_municipality()
    context = {
        "section": "economy",
        "claim": head,
        "lines": [(SCHEMES[line.scheme], line) for line in lines],
        "whole": whole,
        "seal_holds": whole and seal_holds(claim_id),
    }
    return render(request, "refunds/claim.html", context)


@requires(Permission.SEE_ECONOMY)
@require_safe
def claim_file(request: HttpRequest, claim_id: UUID) -> HttpResponse:
    """The claim as Excel, or as CSV (`?format=csv`), for whoever sees it whole: a part of it is no claim."""
    if not sees_whole_municipality():
        raise Http404("Hjemtagningen kan kun hentes af en, der har adgang til alle enheder og sager.")
    head, lines = _page(claim_id)
    name = f"hjemtagning-{head.year}-{head.number}"
    if request.GET.get("format") == "csv":
        answer = HttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        answer["Cache-Control"] = "no-store"
        return answer
    told = [("Hjemtagning", f"{head.number} for {head.year}, til og med {danish_month(head.through)}")]
    told += [("Dannet af", head.made_by), ("Plombe", head.seal)]
    answer = HttpResponse(workbook("Hjemtagning", _COLUMNS, lines, told), content_type=_XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(claim_id: UUID) -> tuple[ClaimLine, tuple[ClaimedMonth, ...]]:
    try:
        return claim_page(claim_id=claim_id, today=clock.today())
    except ClaimNotThereError as missing:
        raise Http404(str(missing)) from missing


def _csv(lines: tuple[ClaimedMonth, ...]) -> str:
    """UTF-8 with semicolons and decimal commas; a text that begins as a formula is kept from being one."""
    target = io.StringIO()
    target.write("\ufeff")
    writer = csv.writer(target, delimiter=";")
    writer.writerow(column.title for column in _COLUMNS)
    for line in lines:
        writer.writerow(_cell(column, line) for column in _COLUMNS)
    return target.getvalue()


def _cell(column: Column, line: ClaimedMonth) -> str:
    value = column.of(line)
    if column.kind is Kind.MONEY and isinstance(value, int):
        sign = "-" if value < 0 else ""
        kroner, ore = divmod(abs(value), 100)
        return f"{sign}{kroner},{ore:02d}"
    text = str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
