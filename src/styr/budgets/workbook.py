"""The economy as a workbook with live formulas: change an assumption or a figure, and the sums follow.

The first sheets hold formulas alone; the figures stand in the last ones, one row each. Each formula carries the value
it has when the file is made, so that a viewer that does not compute shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from styr.budgets.workbook_formats import ROWS_SHEET, Book
from styr.budgets.workbook_summaries import NO_SUPPLIER, history_sheet, suppliers_sheet
from styr.kernel.danish import MONTHS, danish_section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # it ships no types

    from styr.budgets.economy_rows import EconomyRow, UnitMonth
    from styr.budgets.queries import Then

ALL_UNITS: Final = "Alle enheder"
NO_UNIT: Final = "Uden enhed"
_AHEAD_CELL: Final = "$C$4"
_FIRST_UNIT: Final = 7
_FIRST_MONTH: Final = 6
_ROW_HEADS: Final = (
    *("Enhed", "Funktion", "Konto", "Paragraf", "Borger", "Borgernummer", "Bevilling", "Leverandør"),
    *("Oprindeligt budget", "Budget", "Bogført", "Leveret, ikke bogført", "Resten af året", "Prognose", "Afvigelse"),
)
_MONTHS_SHEET = "Månedsdata"


@dataclass(frozen=True, slots=True)
class About:
    """What the workbook is of: the year, when it was computed (in words) and to which month things are booked."""

    year: int
    computed: str
    booked_to: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, as whoever asks may see them: of citizens (name, number) and of suppliers."""

    citizens: Mapping[UUID, tuple[str, str]]
    suppliers: Mapping[UUID, str]


def economy_workbook(
    about: About, rows: Sequence[EconomyRow], months: Sequence[UnitMonth], names: Names, then: Sequence[Then] = ()
) -> bytes:
    """Return the file: Overblik, Måneder, Leverandører and Historik with formulas over Rækker and Månedsdata."""
    target = BytesIO()
    made = Book(target)
    with made.book:
        overview, by_month = made.book.add_worksheet("Overblik"), made.book.add_worksheet("Måneder")
        by_supplier, history = made.book.add_worksheet("Leverandører"), made.book.add_worksheet("Historik")
        units = sorted({row.unit or NO_UNIT for row in rows})
        _rows_sheet(made, rows, names)
        _months_sheet(made, months)
        _overview(made, overview, about, units, rows)
        _by_month(made, by_month, about, units, months)
        suppliers_sheet(made, by_supplier, about.year, [(_supplier(row, names), row) for row in rows])
        budget = (f"'Overblik'!$C${_FIRST_UNIT + len(units)}", sum(row.budget_ore for row in rows) / 100)
        history_sheet(made, history, about.year, then, budget=budget)
        overview.activate()
    return target.getvalue()


def _overview(made: Book, sheet: Worksheet, about: About, units: Sequence[str], rows: Sequence[EconomyRow]) -> None:
    last = len(rows) + 1
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 9, 16)
    sheet.write_string(0, 0, f"Økonomi {about.year}", made.title)
    sheet.write_string(1, 0, f"Prognosen er beregnet {about.computed}. {about.booked_to}", made.quiet)
    sheet.write_string(3, 0, "Hvad nu hvis resten af året ændrer sig med (%):")
    sheet.write_number(3, 2, 0, made.input)
    heads = ("Enhed", "Oprindeligt budget", "Budget", "Bogført", "Leveret, ikke bogført", "Resten af året", "Prognose",
             "Afvigelse", "Andel", "Prognose, hvis ændret")  # fmt: skip
    sheet.set_row(_FIRST_UNIT - 2, 32)
    for at, head in enumerate(heads):
        sheet.write_string(_FIRST_UNIT - 2, at, head, made.head)
    columns = {1: "I", 2: "J", 3: "K", 4: "L", 5: "M"}
    fields = ("original_ore", "budget_ore", "actual_ore", "accrual_ore", "ahead_ore")
    for number, unit in enumerate(units):
        line = _FIRST_UNIT + number
        own = [row for row in rows if (row.unit or NO_UNIT) == unit]
        sums = [sum(getattr(row, field) for row in own) / 100 for field in fields]
        sheet.write_string(line - 1, 0, unit)
        for (at, column), value in zip(columns.items(), sums, strict=True):
            area = f"'{ROWS_SHEET}'!${column}$2:${column}${last}"
            found = f"=SUMIFS({area},'{ROWS_SHEET}'!$A$2:$A${last},$A{line})"
            sheet.write_formula(line - 1, at, found, made.money, value)
        _tail(sheet, line, sums, (made.money, made.over, made.share))
    line, end = _FIRST_UNIT + len(units), _FIRST_UNIT + len(units) - 1
    sheet.write_string(line - 1, 0, "I alt", made.bold)
    totals = [sum(getattr(row, field) for row in rows) / 100 for field in fields]
    for at, value in enumerate(totals, start=1):
        letter = "ABCDEF"[at]
        sheet.write_formula(line - 1, at, f"=SUM({letter}{_FIRST_UNIT}:{letter}{end})", made.sum, value)
    _tail(sheet, line, totals, (made.sum, made.sum_over, made.sum_share))
    sheet.write_string(line + 1, 0, "Kontrol: rækkernes prognose mindre summen her", made.quiet)
    check = f"=SUM('{ROWS_SHEET}'!$N$2:$N${last})-G{line}"
    sheet.write_formula(line + 1, 6, check, made.money, 0)
    sheet.freeze_panes(_FIRST_UNIT - 1, 1)


def _tail(sheet: Worksheet, line: int, sums: Sequence[float], formats: tuple[Any, Any, Any]) -> None:
    """Forecast, deviation, its share, and the forecast if the rest changes: all of the row's own cells."""
    _, budget, actual, accrual, ahead = sums
    forecast = actual + accrual + ahead
    money, over, share = formats
    sheet.write_formula(line - 1, 6, f"=D{line}+E{line}+F{line}", money, forecast)
    sheet.write_formula(line - 1, 7, f"=G{line}-C{line}", over, forecast - budget)
    part = (forecast - budget) / budget if budget else ""
    sheet.write_formula(line - 1, 8, f'=IF(C{line}=0,"",H{line}/C{line})', share, part)
    sheet.write_formula(line - 1, 9, f"=D{line}+E{line}+F{line}*(1+{_AHEAD_CELL}/100)", money, forecast)


def _by_month(made: Book, sheet: Worksheet, about: About, units: Sequence[str], months: Sequence[UnitMonth]) -> None:
    last = len(months) + 1
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 7, 16)
    sheet.write_string(0, 0, f"Måned for måned {about.year}", made.title)
    sheet.write_string(2, 0, "Enhed:")
    sheet.write_string(2, 1, ALL_UNITS, made.choice)
    sheet.data_validation(2, 1, 2, 1, {"validate": "list", "source": [ALL_UNITS, *units][: _most_choices(units)]})
    sheet.write_formula(2, 3, f'=IF($B$3="{ALL_UNITS}","*",$B$3)', made.quiet, "*")
    heads = (
        "Måned",
        "Budget",
        "Bogført",
        "Leveret, ikke bogført",
        "Resten",
        "Prognose",
        "Afvigelse",
        "Afvigelse i alt",
    )
    for at, head in enumerate(heads):
        sheet.write_string(_FIRST_MONTH - 2, at, head, made.head)
    so_far = 0.0
    for number in range(1, 13):
        line = _FIRST_MONTH + number - 1
        own = [one for one in months if one.month.month == number]
        sums = [
            sum(getattr(one, f"{name}_ore") for one in own) / 100 for name in ("budget", "actual", "accrual", "ahead")
        ]
        sheet.write_string(line - 1, 0, MONTHS[number - 1])
        for at, (letter, value) in enumerate(zip("CDEF", sums, strict=True), start=1):
            area = f"'{_MONTHS_SHEET}'!${letter}$2:${letter}${last}"
            of_unit = f"'{_MONTHS_SHEET}'!$A$2:$A${last},$D$3"
            of_month = f"'{_MONTHS_SHEET}'!$B$2:$B${last},{number}"
            sheet.write_formula(line - 1, at, f"=SUMIFS({area},{of_unit},{of_month})", made.money, value)
        forecast = sum(sums[1:])
        so_far += forecast - sums[0]
        sheet.write_formula(line - 1, 5, f"=C{line}+D{line}+E{line}", made.money, forecast)
        sheet.write_formula(line - 1, 6, f"=F{line}-B{line}", made.over, forecast - sums[0])
        sheet.write_formula(line - 1, 7, f"=SUM($G${_FIRST_MONTH}:G{line})", made.over, so_far)
    line = _FIRST_MONTH + 12
    sheet.write_string(line - 1, 0, "I alt", made.bold)
    fields = ("budget_ore", "actual_ore", "accrual_ore", "ahead_ore")
    totals = [sum(getattr(one, field) for one in months) / 100 for field in fields]
    for at, value in enumerate([*totals, sum(totals[1:]), so_far], start=1):
        letter = "ABCDEFG"[at]
        style = made.sum_over if letter == "G" else made.sum
        sheet.write_formula(line - 1, at, f"=SUM({letter}{_FIRST_MONTH}:{letter}{line - 1})", style, value)
    sheet.freeze_panes(_FIRST_MONTH - 1, 1)


def _rows_sheet(made: Book, rows: Sequence[EconomyRow], names: Names) -> None:
    sheet = made.book.add_worksheet(ROWS_SHEET)
    for at, head in enumerate(_ROW_HEADS):
        sheet.write_string(0, at, head, made.head)
        sheet.set_column(at, at, 18 if at < 8 else 15)  # noqa: PLR2004 - words before figures
    for line, row in enumerate(rows, start=2):
        citizen, number = names.citizens.get(row.citizen_id, ("", "")) if row.citizen_id else ("", "")
        supplier = _supplier(row, names)
        words = (row.unit or NO_UNIT, row.account[:5], row.account, danish_section(row.section), citizen, number,
                 row.grant, supplier)  # fmt: skip
        for at, word in enumerate(words):
            sheet.write_string(line - 1, at, word)
        figures = [row.original_ore, row.budget_ore, row.actual_ore, row.accrual_ore, row.ahead_ore]
        for at, ore in enumerate(figures, start=8):
            sheet.write_number(line - 1, at, ore / 100, made.money)
        forecast = (row.actual_ore + row.accrual_ore + row.ahead_ore) / 100
        sheet.write_formula(line - 1, 13, f"=K{line}+L{line}+M{line}", made.money, forecast)
        sheet.write_formula(line - 1, 14, f"=N{line}-J{line}", made.over, forecast - row.budget_ore / 100)
    sheet.autofilter(0, 0, len(rows), len(_ROW_HEADS) - 1)
    sheet.freeze_panes(1, 1)


def _supplier(row: EconomyRow, names: Names) -> str:
    return names.suppliers.get(row.supplier_id, NO_SUPPLIER) if row.supplier_id else NO_SUPPLIER


def _months_sheet(made: Book, months: Sequence[UnitMonth]) -> None:
    sheet = made.book.add_worksheet(_MONTHS_SHEET)
    for at, head in enumerate(("Enhed", "Måned", "Budget", "Bogført", "Leveret, ikke bogført", "Resten")):
        sheet.write_string(0, at, head, made.head)
        sheet.set_column(at, at, 18)
    for line, one in enumerate(months, start=1):
        sheet.write_string(line, 0, one.unit or NO_UNIT)
        sheet.write_number(line, 1, one.month.month)
        for at, ore in enumerate((one.budget_ore, one.actual_ore, one.accrual_ore, one.ahead_ore), start=2):
            sheet.write_number(line, at, ore / 100, made.money)


def _most_choices(units: Sequence[str]) -> int:
    """How many units a list in a cell can hold: 255 letters in all."""
    held, used = 1, len(ALL_UNITS)
    for unit in units:
        used += len(unit) + 1
        if used > 255:  # noqa: PLR2004 - Excel's own limit
            break
        held += 1
    return held
