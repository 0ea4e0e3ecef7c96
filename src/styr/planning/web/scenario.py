"""A scenario beside what is expected today; the same as an Excel file; and up to four side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from styr.access.core.permissions import Permission
from styr.access.web.rules import may, requires
from styr.kernel import clock
from styr.planning.core.changes import ChangeKind
from styr.planning.core.outcome import Pair
from styr.planning.core.workbench import TooLargeError
from styr.planning.naming import names, numbers_of
from styr.planning.negotiating import NEGOTIABLE
from styr.planning.scenarios import ScenarioNotVisibleError, beside_forecast, scenario_cards, work_out
from styr.planning.web.asking import BY, BY_WORDS, by_asked, scenario_or_404, user_of, uuid_or_none, year_asked
from styr.planning.web.excel import scenario_workbook
from styr.planning.web.pictures import Series, month_lines
from styr.planning.web.words import UNKNOWN, change_reach, change_title
from styr.ui.chart_svg import Words
from styr.ui.table_files import table_asked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from styr.planning.core.outcome import Outcome, Row
    from styr.planning.naming import Names
    from styr.planning.scenarios import ScenarioCard, WorkedOut

MOST_COMPARED: Final = 4
SHOWN: Final = 12
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class NamedRow:
    """A row with its name, and its pair in the chosen year."""

    name: str
    row: Row
    year: Pair


@dataclass(frozen=True)
class ToldChange:
    """A change in words, with its effect in the chosen year (øre) and whether it can become a negotiation."""

    id: UUID
    place: int
    title: str
    reach: str
    effect_ore: int
    negotiable: bool


@requires(Permission.SEE_ECONOMY)
@require_safe
def scenario(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """The scenario side by side with what is expected today, in the reader's own units."""
    card, known = scenario_or_404(scenario_id), names(clock.today())
    context: dict[str, Any] = {
        "section": "economy",
        "card": card,
        "mine": card.owner_id == user_of(request) and may(request, Permission.FOLLOW_UP_ECONOMY),
        "may_work": may(request, Permission.FOLLOW_UP_ECONOMY),
        "unit_name": known.units.get(card.unit_id, "") if card.unit_id else "",
        "kinds": [(kind.value, kind.danish) for kind in ChangeKind],
    }
    try:
        worked = _worked(card)
    except TooLargeError as large:
        context |= {"refused": str(large), "changes": _told(card, known, None, 0)}
    else:
        context |= _shown(request, card, worked, known)
    return _answer(render(request, "planning/scenario.html", context))


@requires(Permission.SEE_ECONOMY)
@require_safe
def excel(_request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """The months and rows as a file whose differences are formulas."""
    card, known = scenario_or_404(scenario_id), names(clock.today())
    try:
        worked = _worked(card)
    except TooLargeError as large:
        raise Http404(str(large)) from large
    told = _told(card, known, worked.outcome, 0)
    rows = {BY_WORDS[by]: named_rows(worked.outcome, by, known, 0) for by in BY}
    answer = HttpResponse(scenario_workbook(card.name, worked.outcome, rows, told), content_type=_XLSX)
    answer["Content-Disposition"] = 'attachment; filename="scenarie.xlsx"'
    return _answer(answer)


@requires(Permission.SEE_ECONOMY)
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four scenarios beside each other and today's."""
    asked = [found for word in request.GET.getlist("s") if (found := uuid_or_none(word))]
    wanted = list(dict.fromkeys(asked))[:MOST_COMPARED]
    try:
        cards = scenario_cards(wanted)
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
    context: dict[str, Any] = {"section": "economy", "cards": cards, "too_many": len(set(asked)) > MOST_COMPARED}
    try:
        worked = [_worked(card) for card in cards]
    except TooLargeError as large:
        context["refused"] = str(large)
    else:
        context |= _compared(request, cards, worked)
    return _answer(render(request, "planning/compare.html", context))


def named_rows(outcome: Outcome, by: str, known: Names, year: int) -> list[NamedRow]:
    """The rows with their names."""
    called: dict[str, Any] = {"paragraf": known.sections, "enhed": known.units, "leverandoer": known.suppliers}
    return [
        NamedRow("Uden leverandør" if row.key is None else called[by].get(row.key, UNKNOWN), row, row.years[year])
        for row in outcome.rows(BY[by])
    ]


def _worked(card: ScenarioCard) -> WorkedOut:
    changes = [line.change for line in card.lines]
    return work_out(changes, goes_on=card.goes_on, today=clock.today(), now=clock.now())


def _shown(request: HttpRequest, card: ScenarioCard, worked: WorkedOut, known: Names) -> dict[str, Any]:
    outcome, by = worked.outcome, by_asked(request)
    year = year_asked(request, outcome.years)
    everything = "alle" in request.GET or bool(table_asked(request))
    rows = named_rows(outcome, by, known, year)
    shown = rows if everything else [row for row in rows if row.row.total.more_ore or not card.lines][:SHOWN]
    return {
        "worked": worked,
        "years": list(zip(outcome.years, outcome.by_year, strict=True)),
        "year": outcome.years[year],
        "pair": outcome.by_year[year],
        "beside": beside_forecast(outcome.years[year], outcome.by_year[year].before_ore),
        "total": outcome.total,
        "changes": _told(card, known, outcome, year),
        "by": by,
        "by_words": BY_WORDS,
        "rows": shown,
        "more_rows": len(rows) - len(shown),
        "chart": _chart([card], [worked]) if card.lines else "",
    }


def _compared(request: HttpRequest, cards: tuple[ScenarioCard, ...], worked: list[WorkedOut]) -> dict[str, Any]:
    if not worked:
        return {}
    known, by = names(clock.today()), by_asked(request)
    years = worked[0].outcome.years
    year = year_asked(request, years)
    return {
        "years": years,
        "year": years[year],
        "columns": list(zip(cards, [one.outcome.by_year[year] for one in worked], strict=True)),
        "totals": [one.outcome.total for one in worked],
        "by": by,
        "by_words": BY_WORDS,
        "rows": beside([named_rows(one.outcome, by, known, year) for one in worked], most=2 * SHOWN),
        "chart": _chart(list(cards), worked),
    }


def beside(tables: Sequence[Sequence[NamedRow]], *, most: int) -> list[tuple[str, list[Pair | None]]]:
    """Each scenario's rows beside the others', those that change most first; what there is no room for in one row.

    A row that one scenario alone has (a new offer, new arrivals) is there too: each column adds up to its scenario.
    """
    pairs = [{row.row.key: row.year for row in table} for table in tables]
    names = {row.row.key: row.name for table in tables for row in table}

    def change(key: str | UUID | None) -> int:
        return max(abs(one[key].more_ore) for one in pairs if key in one)

    order = sorted(names, key=lambda key: (-change(key), names[key]))
    rows = [(names[key], [one.get(key) for one in pairs]) for key in order[:most]]
    if rest := order[most:]:
        rows.append((f"{len(rest)} andre", [sum((one[key] for key in rest if key in one), Pair()) for one in pairs]))
    return rows


def _told(card: ScenarioCard, known: Names, outcome: Outcome | None, year: int) -> list[ToldChange]:
    numbers = numbers_of(frozenset().union(*(line.change.touches.grant_ids for line in card.lines)))
    return [
        ToldChange(
            line.id,
            line.place,
            change_title(line.change, known),
            change_reach(line.change, known, numbers),
            outcome.effects[at][year] if outcome else 0,
            line.change.kind in NEGOTIABLE,
        )
        for at, line in enumerate(card.lines)
    ]


def _chart(cards: list[ScenarioCard], worked: list[WorkedOut]) -> str:
    series = [
        Series(card.name, tuple(pair.more_ore for _, pair in one.outcome.by_month))
        for card, one in zip(cards, worked, strict=True)
    ]
    words = Words(
        "forskel", "Forskel fra det forventede, måned for måned", "Under nul er scenariet billigere end i dag."
    )
    return month_lines(words, [month for month, _ in worked[0].outcome.by_month], series)


def _answer(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
