"""The rows of files that were kept out, as an Excel file with their errors: to be mended there and handed in again."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from styr.integrations.core.problems import Problem
from styr.integrations.spreadsheets.core.reading import RegisterTable
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number, RawRow

MOST_ROWS = 20_000
"""A sheet with more rows is left out: it is mended in the system that it came from."""

HEADING = "Fejl"
_EXCEL_DIGITS = 15
_LONGEST_SHEET = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def error_file(tables: Sequence[tuple[RegisterTable, Sequence[Problem]]]) -> bytes | None:
    """An Excel file: each table on its sheet with all of its rows, the wrong cells marked; None where nothing fits."""
    kept = [(table, problems) for table, problems in tables if table.raw and len(table.raw.rows) <= MOST_ROWS]
    if not kept:
        return None
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(held, options) as book:
        looks = {
            "date": book.add_format({"num_format": "dd-mm-yyyy"}),
            "head": book.add_format({"bold": True, "bottom": 1}),
            "wrong": book.add_format({"bg_color": "#FBE3E4", "border": 1, "border_color": "#B3261E"}),
            "wrong_date": book.add_format({"bg_color": "#FBE3E4", "num_format": "dd-mm-yyyy"}),
            "told": book.add_format({"font_color": "#B3261E", "text_wrap": True, "valign": "top"}),
        }
        names: set[str] = set()
        for table, problems in kept:
            _sheet(book.add_worksheet(_sheet_name(table, names)), table, problems, looks)
    return held.getvalue()


def _sheet_name(table: RegisterTable, names: set[str]) -> str:
    """At most 31 signs, none of Excel's forbidden ones, and each once."""
    wanted = (table.sheet or table.file.rpartition("/")[2].rpartition(".")[0] or table.spec.name).translate(_FORBIDDEN)
    wanted = wanted.strip()[:_LONGEST_SHEET] or table.spec.name
    name, number = wanted, 1
    while name.casefold() in names:
        number += 1
        name = f"{wanted[: _LONGEST_SHEET - 4]} {number}"
    names.add(name.casefold())
    return name


def _sheet(sheet: Any, table: RegisterTable, problems: Sequence[Problem], looks: Mapping[str, Any]) -> None:
    assert table.raw is not None  # noqa: S101 - chosen by the caller
    header = table.layout.header_row if table.layout else 1
    rows = table.raw.rows
    width = max(len(row.cells) for row in rows)
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        by_row.setdefault(problem.row or header, []).append(problem)
    for row in rows:
        _row(sheet, row, _wrong_columns(table, by_row.get(row.number, ())), looks, is_header=row.number == header)
        told = "\n".join(_told(problem) for problem in by_row.get(row.number, ()) if problem.row)
        if told:
            sheet.write_string(row.number - 1, width, told, looks["told"])
    sheet.write_string(header - 1, width, HEADING, looks["head"])
    sheet.set_column(0, max(width - 1, 0), 16)
    sheet.set_column(width, width, 60)
    sheet.freeze_panes(header, 0)


def _wrong_columns(table: RegisterTable, problems: Sequence[Problem]) -> frozenset[int]:
    places = table.layout.places if table.layout else {}
    fields = {column.name: column.field for column in table.spec.columns}
    return frozenset(
        places[fields[problem.column]]
        for problem in problems
        if problem.column in fields and fields[problem.column] in places
    )


def _row(sheet: Any, row: RawRow, wrong: frozenset[int], looks: Mapping[str, Any], *, is_header: bool) -> None:
    for at in range(max(len(row.cells), *(column + 1 for column in wrong), 0) if wrong else len(row.cells)):
        cell = row.cells[at] if at < len(row.cells) else None
        look = looks["wrong"] if at in wrong else looks["head"] if is_header else None
        _write(sheet, row.number - 1, at, cell, look, looks["wrong_date" if at in wrong else "date"])


def _write(sheet: Any, row: int, column: int, cell: Cell, look: Any, date_look: Any) -> None:  # noqa: PLR0913, PLR0917 - a cell's place and looks
    match cell:
        case None:
            if look is not None:
                sheet.write_blank(row, column, None, look)
        case bool():
            sheet.write_boolean(row, column, cell, look)
        case Number() if len(cell.digits.lstrip("-").replace(".", "")) <= _EXCEL_DIGITS:
            sheet.write_number(row, column, float(cell.digits), look)
        case Number():
            sheet.write_string(row, column, cell.digits, look)
        case Damaged():
            sheet.write_string(row, column, cell.text, look)
        case date():
            sheet.write_datetime(row, column, cell, date_look)
        case _:
            sheet.write_string(row, column, str(cell)[:32_000], look)


def _told(problem: Problem) -> str:
    where = f"{problem.column}: " if problem.column else ""
    return f"{where}{problem.message} {problem.mend}".strip()
