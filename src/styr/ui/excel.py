"""A list as an Excel file: real dates and numbers, and never a formula out of somebody's text."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from django.utils import timezone
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # the same
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from styr.ui.columns import Column, Kind

MOST_ROWS = 100_000
_OPTIONS = {
    "in_memory": True,  # not streamed to temporary files: the list may hold names
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMATS = {
    Kind.NUMBER: "#,##0.####",
    Kind.MONEY: "#,##0.00",
    Kind.RATE: "#,##0.00##",
    Kind.SHARE: "0.0 %",
    Kind.DATE: "dd-mm-yyyy",
    Kind.LAST_DAY: "dd-mm-yyyy",
    Kind.MONTH: "mmmm yyyy",
    Kind.MOMENT: "dd-mm-yyyy hh:mm",
}
_WIDTHS = {Kind.TEXT: 26, Kind.TAG: 20, Kind.MOMENT: 17}
_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\\'", " "))
_LONGEST_CELL = 32_767
_LONGEST_NAME = 31


def sheet_name(title: str) -> str:
    """The title as Excel allows a sheet to be called: 31 characters, without its forbidden signs."""
    return title.translate(_FORBIDDEN).strip()[:_LONGEST_NAME] or "Liste"


def workbook(title: str, columns: Sequence[Column], rows: Iterable[Any], told: Sequence[tuple[str, str]]) -> bytes:
    """The file's bytes: the rows under a frozen head with Excel's own filter, and on a second sheet what is filtered.

    `told` are (name, value) for the second sheet.
    """
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        formats = {kind: book.add_format({"num_format": words}) for kind, words in _FORMATS.items()}
        sheet = book.add_worksheet(sheet_name(title))
        sheet.freeze_panes(1, 1)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.title, head)
            sheet.set_column(at, at, max(_WIDTHS.get(Kind(column.kind), 13), len(column.title) + 3))
        last = 0
        for last, row in enumerate(rows, start=1):
            for at, column in enumerate(columns):
                _write(sheet, last, at, _value(column, row), formats.get(Kind(column.kind)))
        sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))
        about = book.add_worksheet("Filter")
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 60)
        for at, (name, value) in enumerate([("Liste", title), *told, ("Rækker", str(last))]):
            about.write_string(at, 0, name, head)
            about.write_string(at, 1, value[:_LONGEST_CELL])
    return target.getvalue()


def _value(column: Column, row: Any) -> object:
    value = column.of(row)
    if value is None:
        return None
    if column.kind == Kind.MONEY:
        return Decimal(int(value)).scaleb(-2)  # type: ignore[call-overload]  # a money column gives øre
    if column.kind == Kind.LAST_DAY and isinstance(value, date):
        return value - timedelta(days=1)
    return value


def _write(sheet: Worksheet, row: int, at: int, value: object, style: Format | None) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_string(row, at, "ja" if value else "nej")
        case int() | float() | Decimal():
            sheet.write_number(row, at, float(value), style)  # Excel keeps 15 digits: exact to the øre up to 10^13 kr.
        case datetime():
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            sheet.write_datetime(row, at, local.replace(tzinfo=None), style)
        case date():
            sheet.write_datetime(row, at, value, style)
        case _:
            sheet.write_string(row, at, str(value)[:_LONGEST_CELL])
