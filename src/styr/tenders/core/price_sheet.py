"""The price sheet (prisskema): what bidders fill in, and what comes back with every fault told by its row.

A row is known by its code, "2-km": lot 2, kilometres. Of the columns (`HEADS`) only the price is read; the volume is
compared, so that a changed one is told; the total is a formula.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import BadZipFile, ZipFile

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from python_calamine import CalamineError, CalamineWorkbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

    from styr.tenders.core.anonymous import RouteLine
    from styr.tenders.core.codes import Element

SHEET: Final = "Priser"
FIRST_ROW: Final = 6
"""The first row of prices, counted from 1."""
HEADS: Final = ("Kode", "Delaftale", "Priselement", "Enhed", "Mængde pr. år", "Pris i kr.", "I alt pr. år")
_WIDTHS: Final = (12, 34, 16, 20, 15, 14, 18)
MOST_ROWS: Final = 2_000
MOST_BYTES: Final = 20_000_000
"""The most that a workbook may unpack to."""
_COLUMNS: Final = 6
_MOST_KR: Final = Decimal(100_000)
_OPTIONS: Final = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_NO_PRICE: Final = "Prisen mangler. En delaftale, der bydes på, skal have alle priser; skriv 0, hvor det intet koster."


@dataclass(frozen=True, slots=True)
class SheetLot:
    """A lot as the sheet asks about it."""

    number: int
    name: str
    volumes: Mapping[Element, Decimal]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row: its number in the sheet, the column, what stood there and how it is mended."""

    row: int
    column: str
    value: str
    mend: str

    def __str__(self) -> str:
        """The fault as it is shown."""
        where = f"Række {self.row}, {self.column}" if self.row else self.column
        return f"{where}: {self.mend}" + (f" Der står »{self.value}«." if self.value else "")


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """Prices in øre by lot number; lots without any price are not bid on."""

    prices: Mapping[int, Mapping[Element, int]]
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def price_sheet(title: str, lots: Sequence[SheetLot], routes: Mapping[int, Sequence[RouteLine]]) -> bytes:
    """The workbook: prices to fill in with totals by formula, and the route lists beside."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        money = book.add_format({"num_format": "#,##0.00", "locked": True})
        number = book.add_format({"num_format": "#,##0.##"})
        fill = book.add_format({"num_format": "#,##0.00", "bg_color": "#FFF6D6", "border": 1, "locked": False})
        sheet: Worksheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
        sheet.write_string(1, 0, "Udfyld de gule felter i kolonnen »Pris i kr.« uden moms, højst to decimaler.")
        sheet.write_string(2, 0, "Lad alle priser i en delaftale være tomme, hvis I ikke byder på den.")
        for column, (head, width) in enumerate(zip(HEADS, _WIDTHS, strict=True)):
            sheet.write_string(FIRST_ROW - 2, column, head, bold)
            sheet.set_column(column, column, width)
        row = FIRST_ROW - 1
        for lot in lots:
            first = row + 1
            for element, quantity in lot.volumes.items():
                told = (_code(lot.number, element), f"{lot.number}. {lot.name}", element.danish.capitalize())
                for column, words in enumerate((*told, element.unit)):
                    sheet.write_string(row, column, words)
                sheet.write_number(row, 4, quantity, number)
                sheet.write_blank(row, 5, None, fill)
                sheet.write_formula(row, 6, f"=ROUND(E{row + 1}*F{row + 1},2)", money, 0)
                row += 1
            sheet.write_string(row, 1, f"{lot.number}. {lot.name}, i alt pr. år", bold)
            sheet.write_formula(row, 6, f"=SUM(G{first}:G{row})", money, 0)
            row += 2
        sheet.freeze_panes(FIRST_ROW - 1, 0)
        sheet.protect("", {"format_columns": True})
        _routes(book.add_worksheet("Ruteliste"), lots, routes, bold)
    return target.getvalue()


def read_sheet(content: bytes, lots: Sequence[SheetLot]) -> ReadSheet:
    """Read what a bidder filled in; nothing is guessed, and what cannot be read is told row by row.

    A file that is no workbook is a fault of its own.
    """
    rows = _rows(content)
    if rows is None:
        words = f"Filen skal være prisskemaet som XLSX med arket »{SHEET}«."
        return ReadSheet({}, (Fault(0, "Filen", "", words),), ())
    wanted = {_code(lot.number, element): (lot, element) for lot in lots for element in lot.volumes}
    found: dict[str, tuple[int, object]] = {}
    faults: list[Fault] = []
    notes: list[Fault] = []
    for at, told in enumerate(rows, start=FIRST_ROW):
        row = [*told, *[""] * _COLUMNS]
        code = str(row[0] or "").strip()
        if not code:
            continue
        if code not in wanted:
            faults.append(Fault(at, "Kode", code, "Koden findes ikke i udbuddet. Brug det udleverede skema."))
        elif code in found:
            faults.append(Fault(at, "Kode", code, "Koden står der to gange. Slet den ene række."))
        else:
            found[code] = (at, row[5])
            lot, element = wanted[code]
            if _number(row[4]) != lot.volumes[element]:
                notes.append(Fault(at, "Mængde pr. år", str(row[4] or ""), "Mængden er ændret; udbuddets bruges."))
    prices = {lot.number: _lot_prices(lot, found, faults) for lot in lots}
    bid_on = {number: held for number, held in prices.items() if held}
    if not bid_on and not faults:
        faults.append(Fault(0, "Pris i kr.", "", "Der er ingen priser i skemaet."))
    return ReadSheet(bid_on, tuple(sorted(faults, key=lambda one: one.row)), tuple(notes))


def _rows(content: bytes) -> list[list[object]] | None:
    """The rows from the first price on; None where it is no workbook of ours, or one that unpacks to too much."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                return None
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(SHEET)
        rows: list[list[object]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (BadZipFile, CalamineError, OSError, ValueError):
        return None
    return rows[FIRST_ROW - 1 : FIRST_ROW - 1 + MOST_ROWS]


def _lot_prices(lot: SheetLot, found: Mapping[str, tuple[int, object]], faults: list[Fault]) -> dict[Element, int]:
    cells = {element: found.get(_code(lot.number, element)) for element in lot.volumes}
    if all(cell is None or cell[1] in {None, ""} for cell in cells.values()):
        return {}
    prices: dict[Element, int] = {}
    for element, cell in cells.items():
        row, value = cell or (0, None)
        name = f"Pris i kr. for {_code(lot.number, element)}"
        if value in {None, ""}:
            faults.append(Fault(row, name, "", _NO_PRICE))
            continue
        amount = _number(value)
        if amount is None or not amount.is_finite():
            faults.append(Fault(row, name, str(value)[:40], "Prisen er ikke et tal. Skriv fx 12,50."))
        elif amount < 0 or amount > _MOST_KR:
            faults.append(Fault(row, name, str(value)[:40], "Prisen skal være mellem 0 og 100.000 kr."))
        elif amount * 100 != (amount * 100).to_integral_value():
            faults.append(Fault(row, name, str(value)[:40], "Prisen har mere end to decimaler."))
        else:
            prices[element] = int(amount * 100)
    return prices


def _number(value: object) -> Decimal | None:
    """A cell's number; Excel's own numbers are binary, so they are read by their shortest writing."""
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if isinstance(value, str):
        text = text.removesuffix("kr.").removesuffix("kr")
        text = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _code(lot: int, element: Element) -> str:
    return f"{lot}-{element.value}"


def _routes(
    sheet: Worksheet, lots: Sequence[SheetLot], routes: Mapping[int, Sequence[RouteLine]], bold: object
) -> None:
    heads = ("Delaftale", "Fra", "Til", "Behov", "Fremme ca.", "Hjem ca.", "Borgere", "Ture pr. år")
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
        sheet.set_column(column, column, 24 if column in {1, 2} else 14)
    row = 1
    for lot in lots:
        for line in routes.get(lot.number, ()):
            words = (str(lot.number), line.area, line.destination, line.need, line.out, line.back)
            for column, told in enumerate(words):
                sheet.write_string(row, column, told)
            sheet.write_number(row, 6, line.riders)
            sheet.write_number(row, 7, line.trips)
            row += 1
    sheet.write_string(
        row + 1, 0, "Steder er på områdeniveau, tider afrundet til kvarter; ingen linje gælder færre end 5."
    )
