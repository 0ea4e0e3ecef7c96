"""Two more sheets of the workbook: the year by supplier, with live formulas, and what was believed month by month."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from styr.budgets.workbook_formats import ROWS_SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it ships no types

    from styr.budgets.economy_rows import EconomyRow
    from styr.budgets.queries import Then
    from styr.budgets.workbook_formats import Book

NO_SUPPLIER: Final = "Uden kendt leverandør"
_FIRST: Final = 4


def suppliers_sheet(made: Book, sheet: Worksheet, year: int, rows: Sequence[tuple[str, EconomyRow]]) -> None:
    """Budget and forecast of every supplier, the dearest first; `rows` are those of Rækker with their suppliers."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for name, row in rows:
        sums[name][0] += row.budget_ore / 100
        sums[name][1] += (row.actual_ore + row.accrual_ore + row.ahead_ore) / 100
    _heads(made, sheet, f"Leverandører {year}", ("Leverandør", "Budget", "Prognose", "Afvigelse"))
    last = len(rows) + 1
    ordered = sorted(sums.items(), key=lambda one: (-one[1][1], one[0]))
    for line, (name, (budget, forecast)) in enumerate(ordered, start=_FIRST):
        sheet.write_string(line - 1, 0, name)
        for at, letter, value in ((1, "J", budget), (2, "N", forecast)):
            area = f"'{ROWS_SHEET}'!${letter}$2:${letter}${last}"
            found = f"=SUMIFS({area},'{ROWS_SHEET}'!$H$2:$H${last},$A{line})"
            sheet.write_formula(line - 1, at, found, made.money, value)
        sheet.write_formula(line - 1, 3, f"=C{line}-B{line}", made.over, forecast - budget)
    line = _FIRST + len(ordered)
    sheet.write_string(line - 1, 0, "I alt", made.bold)
    whole = [sum(pair[at] for pair in sums.values()) for at in (0, 1)]
    for at, letter, value in ((1, "B", whole[0]), (2, "C", whole[1])):
        sheet.write_formula(line - 1, at, f"=SUM({letter}{_FIRST}:{letter}{max(_FIRST, line - 1)})", made.sum, value)
    sheet.write_formula(line - 1, 3, f"=C{line}-B{line}", made.sum_over, whole[1] - whole[0])


def history_sheet(made: Book, sheet: Worksheet, year: int, then: Sequence[Then], *, budget: tuple[str, float]) -> None:
    """What each kept forecast said of the year; `budget` is the cell that holds today's, and what it holds."""
    heads = ("Prognose", "Pr.", "Forbrug dengang", "Prognose af året", "Mod budgettet nu")
    _heads(made, sheet, f"Tidligere prognoser for {year}", heads)
    cell, held = budget
    for line, one in enumerate(then, start=_FIRST):
        sheet.write_string(line - 1, 0, one.run.label or "Gemt prognose")
        sheet.write_datetime(line - 1, 1, one.run.as_of, made.date)
        sheet.write_number(line - 1, 2, one.so_far_ore / 100, made.money)
        sheet.write_number(line - 1, 3, one.forecast_ore / 100, made.money)
        sheet.write_formula(line - 1, 4, f"=D{line}-{cell}", made.over, one.forecast_ore / 100 - held)


def _heads(made: Book, sheet: Worksheet, title: str, heads: Sequence[str]) -> None:
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(heads), 18)
    sheet.write_string(0, 0, title, made.title)
    for at, head in enumerate(heads):
        sheet.write_string(_FIRST - 2, at, head, made.head)
    sheet.freeze_panes(_FIRST - 1, 1)
