"""A scenario as an Excel file: amounts in kroner, and differences and sums as formulas that follow what is changed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import xlsxwriter  # type: ignore[import-untyped] # it ships no types
from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped] # the same

from styr.ui.excel import sheet_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from styr.planning.core.outcome import Outcome, Pair

_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def scenario_workbook(name: str, outcome: Outcome, rows: Mapping[str, Sequence[Any]], changes: Sequence[Any]) -> bytes:
    """The file's bytes: months, a sheet for each way of adding up, and the changes. `rows` are `NamedRow`s by title."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1}),
            "money": book.add_format({"num_format": "#,##0.00"}),
            "month": book.add_format({"num_format": "mmm yyyy"}),
            "sum": book.add_format({"bold": True, "top": 1, "num_format": "#,##0.00"}),
        }
        _months(book.add_worksheet("Måneder"), styles, outcome)
        for title, found in rows.items():
            _by(book.add_worksheet(sheet_name(title)), styles, title, outcome.years, found)
        _changes(book.add_worksheet("Ændringer"), styles, name, changes)
    return target.getvalue()


def _months(sheet: Any, styles: dict[str, Any], outcome: Outcome) -> None:
    _heads(sheet, styles, ["Måned", "Forventet", "Scenarie", "Forskel"])
    for at, (month, pair) in enumerate(outcome.by_month, start=1):
        sheet.write_datetime(at, 0, month, styles["month"])
        _pair(sheet, (at, 1), pair, styles["money"])
    last = len(outcome.by_month)
    sheet.write_string(last + 1, 0, "I alt", styles["head"])
    total = outcome.total
    for column, ore in enumerate((total.before_ore, total.after_ore, total.more_ore), start=1):
        span = f"{xl_rowcol_to_cell(1, column)}:{xl_rowcol_to_cell(last, column)}"
        sheet.write_formula(last + 1, column, f"=SUM({span})", styles["sum"], ore / 100)


def _by(sheet: Any, styles: dict[str, Any], title: str, years: Sequence[int], rows: Sequence[Any]) -> None:
    words = [f"{word} {year}" for year in years for word in ("Forventet", "Scenarie", "Forskel")]
    _heads(sheet, styles, [title, *words])
    for at, row in enumerate(rows, start=1):
        sheet.write_string(at, 0, row.name)
        for place, pair in enumerate(row.row.years):
            _pair(sheet, (at, 1 + 3 * place), pair, styles["money"])


def _changes(sheet: Any, styles: dict[str, Any], name: str, changes: Sequence[Any]) -> None:
    _heads(sheet, styles, ["Nr.", "Ændring", "Gælder"])
    sheet.set_column(1, 2, 60)
    for at, change in enumerate(changes, start=1):
        sheet.write_number(at, 0, at)
        sheet.write_string(at, 1, change.title)
        sheet.write_string(at, 2, change.reach)
    sheet.write_string(len(changes) + 2, 1, f"Scenarie: {name}")
    sheet.write_string(len(changes) + 3, 1, "Ændringerne regnes i rækkefølge; hver bygger på resultatet af de forrige.")


def _pair(sheet: Any, at: tuple[int, int], pair: Pair, style: Any) -> None:
    row, column = at
    before, after = xl_rowcol_to_cell(row, column), xl_rowcol_to_cell(row, column + 1)
    sheet.write_number(row, column, pair.before_ore / 100, style)
    sheet.write_number(row, column + 1, pair.after_ore / 100, style)
    sheet.write_formula(row, column + 2, f"={after}-{before}", style, pair.more_ore / 100)


def _heads(sheet: Any, styles: dict[str, Any], words: Sequence[str]) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, max(len(words) - 1, 1), 18)
    for at, word in enumerate(words):
        sheet.write_string(0, at, word, styles["head"])
