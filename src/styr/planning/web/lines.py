"""A version's lines on CPR level: the list, one line with what was written about it, and one added by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from styr.access.core.permissions import Permission
from styr.access.web.held import held_row
from styr.access.web.once import once
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.kernel.danish import MONTHS, danish_section, kroner
from styr.kernel.refusal import Refusal
from styr.people import queries as people
from styr.planning import deciding
from styr.planning.core.versions import VersionState
from styr.planning.naming import names, numbers_of
from styr.planning.versions import LineFilter, LineRow, VersionNotVisibleError, line, line_rows, notes_of
from styr.planning.web.budget_forms import LineFilterForm, LineForm, NewLineForm, TextForm
from styr.planning.web.budgets import actor_of, version_or_404
from styr.planning.web.words import UNKNOWN
from styr.ui.lists import Column, Kind, ListPage, ListSpec, Sort, Tag, list_response
from styr.ui.toasts import tell, warn

if TYPE_CHECKING:
    from uuid import UUID

    from styr.people.queries import CitizenLine

PURPOSE = "budgetlægning"
_SORTS = {"beloeb": "total_ore", "paragraf": "section", "konto": "account", "del": "part"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line with the names that it is listed by."""

    line: LineRow
    citizen: CitizenLine | None
    number: str
    unit: str

    @property
    def who(self) -> str:
        """The citizen, or what a line by hand is."""
        if self.citizen:
            return self.citizen.name
        return self.line.text or (UNKNOWN if self.line.citizen_id else "Uden borger")


LINES = ListSpec(
    name="budgetlinjer",
    title="Budgetlinjer",
    one="linje",
    many="linjer",
    default_sort="-beloeb",
    columns=(
        Column("borger", "Borger", value=lambda row: row.who, fixed=True,
               link=lambda row: reverse("budget_line", args=[row.line.version_id, row.line.id]),
               note=lambda row: row.citizen.cpr if row.citizen else None),
        Column("bevilling", "Bevilling", value=lambda row: row.number, nowrap=True,
               link=lambda row: reverse("grant", args=[row.line.grant_id]) if row.number else None),
        Column("paragraf", "Paragraf", value=lambda row: danish_section(row.line.section), sort="paragraf"),
        Column("del", "Del", Kind.TAG, sort="del", value=lambda row: Tag(row.line.part.danish.capitalize(), "quiet")),
        Column("enhed", "Enhed", value=lambda row: row.unit),
        Column("konto", "Konto", value=lambda row: row.line.account, sort="konto", shown=False),
        Column("tekst", "Tekst", value=lambda row: row.line.text, shown=False),
        Column("beregnet", "Som beregnet", Kind.MONEY, value=lambda row: row.line.made_ore),
        Column("beloeb", "Budget", Kind.MONEY, value=lambda row: row.line.total_ore, sort="beloeb", lead=True,
               note=lambda row: "rettet" if row.line.edited else None),
        Column("noter", "Noter", Kind.NUMBER, value=lambda row: row.line.notes or None),
    ),
    empty_icon="coins",
    empty_title="Ingen linjer",
    empty_text="Versionen har ingen linjer i de enheder, du kan se.",
)  # fmt: skip


@requires(Permission.SEE_ECONOMY)
@require_safe
def listed(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The lines of a version, filtered and sorted as the address says; the names shown are logged."""
    card, today = version_or_404(version_id), clock.today()
    known = names(today)
    form = LineFilterForm(request.GET, names=known)

    def fetch(wanted: LineFilter, sort: Sort, page: int, size: int) -> ListPage[Row]:
        order = ("-" if sort.falling else "") + _SORTS.get(sort.by, "total_ore")
        found, total = line_rows(version_id, wanted, sort=order, page=page, size=size)
        shown = people.citizen_lines(
            citizen_ids={row.citizen_id for row in found if row.citizen_id},
            page=request.path,
            purpose=PURPOSE,
            today=today,
        )
        numbers = numbers_of(frozenset(row.grant_id for row in found if row.grant_id))
        rows = [
            Row(
                row,
                shown.get(row.citizen_id) if row.citizen_id else None,
                numbers.get(row.grant_id, "") if row.grant_id else "",
                known.units.get(row.unit_id, UNKNOWN),
            )
            for row in found
        ]
        return ListPage.of(rows, page=min(page, max(1, -(-total // size))), size=size, total=total)

    context = {"section": "economy", "card": card, "may_edit": _may_edit(request, card.state)}
    return list_response(request, LINES, fetch, form, context, template="planning/lines.html")


@requires(read=Permission.SEE_ECONOMY, write=Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
@held_row("planning.VersionLine", id="line_id")
def one(request: HttpRequest, version_id: UUID, line_id: UUID) -> HttpResponse:
    """A line: its months, another amount with the reason, and what was written about it."""
    card, row = version_or_404(version_id), _line_or_404(version_id, line_id)
    initial = {"total": kroner(row.total_ore).removesuffix(" kr."), "account": row.account}
    form = LineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            deciding.change_line(
                line_id=line_id,
                total_ore=form.total_ore,
                account=form.cleaned_data["account"],
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Linjen er rettet.")
            return redirect("budget_line", version_id=version_id, line_id=line_id)
    today = clock.today()
    ids = [row.citizen_id] if row.citizen_id else []
    shown = people.citizen_lines(citizen_ids=ids, page=request.path, purpose=PURPOSE, today=today)
    numbers = numbers_of(frozenset([row.grant_id] if row.grant_id else []))
    context = {
        "section": "economy",
        "card": card,
        "line": row,
        "citizen": shown.get(row.citizen_id) if row.citizen_id else None,
        "number": numbers.get(row.grant_id, "") if row.grant_id else "",
        "names": names(today),
        "months": list(zip(MONTHS, row.months_ore, strict=True)),
        "notes": notes_of(line_id),
        "form": form,
        "comment_form": TextForm(),
        "may_edit": _may_edit(request, card.state),
        "may_comment": may(request, Permission.FOLLOW_UP_ECONOMY),
    }
    return render(request, "planning/line.html", context)


@requires(Permission.FOLLOW_UP_ECONOMY)
@require_POST
@once
def comment(request: HttpRequest, version_id: UUID, line_id: UUID) -> HttpResponse:
    """A comment on a line."""
    _line_or_404(version_id, line_id)
    try:
        deciding.comment(line_id=line_id, text=request.POST.get("text", ""), actor=actor_of(request))
    except Refusal as refused:
        warn(request, str(refused))
    else:
        tell(request, "Kommentaren er gemt.")
    return redirect("budget_line", version_id=version_id, line_id=line_id)


@requires(Permission.EDIT_ECONOMY)
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """A line by hand."""
    card = version_or_404(version_id)
    form = NewLineForm(request.POST or None, names=names(clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            made = deciding.add_line(
                version_id=version_id,
                added=form.added(),
                reason=form.cleaned_data["reason"],
                actor=actor_of(request),
            )
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            tell(request, "Linjen er tilføjet.")
            return redirect("budget_line", version_id=version_id, line_id=made)
    return render(request, "planning/line_new.html", {"section": "economy", "card": card, "form": form})


def _line_or_404(version_id: UUID, line_id: UUID) -> LineRow:
    try:
        row = line(line_id)
    except VersionNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    if row.version_id != version_id:
        raise Http404("Linjen hører ikke til versionen.")
    return row


def _may_edit(request: HttpRequest, state: VersionState) -> bool:
    return state == VersionState.DRAFT and may(request, Permission.EDIT_ECONOMY)
