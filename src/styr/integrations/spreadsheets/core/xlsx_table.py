"""Tables from the bytes of an Excel workbook: one for each visible sheet that holds anything."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.utils.datetime import from_excel

from styr.integrations.core.containers import DAMAGED
from styr.integrations.core.problems import Problem, Severity
from styr.integrations.spreadsheets.core.merged import MOST_RANGES, MergedRange, TooMuchMergedError, mark_merged
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number, RawRow, RawTable, UnreadableFileError
from styr.integrations.spreadsheets.core.workbook import SheetPart, Workbook, broken, open_workbook, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_WIDEST = 512
_MOST_ROWS = 1_048_576
_NEVER_CALCULATED = Damaged(
    "formel", "Cellen er en formel, som aldrig er beregnet.", "Åbn filen i Excel, gem den, og indlæs den på ny."
)


def read_xlsx(data: bytes, *, file: str) -> list[RawTable]:
    """Read all visible sheets of a workbook; hidden sheets are passed over, hidden rows are read; a note says so.

    Raises:
        UnreadableFileError: see `open_workbook`; also sheets wider than 512 columns.
    """
    book = open_workbook(data, file=file)
    with book.archive:
        try:
            tables = [_Sheet(book, part).table() for part in book.sheets if part.visible]
        except DAMAGED as error:
            raise UnreadableFileError(broken(file)) from error
        hidden = [_hidden_sheet(file, part) for part in book.sheets if not part.visible]
    if not tables:
        raise UnreadableFileError(
            Problem("empty", file, "Regnearket har ingen synlige ark.", "Vis arket med data i Excel, og gem filen.")
        )
    first = tables[0]
    tables[0] = RawTable(first.file, first.sheet, first.rows, (*first.problems, *hidden))
    return tables


def _hidden_sheet(file: str, part: SheetPart) -> Problem:
    message = "Arket er skjult og er ikke læst."
    return Problem(
        "hidden_sheet", file, message, "Vis arket i Excel, hvis det skal med.", Severity.NOTE, sheet=part.name
    )


@dataclass(slots=True)
class _Sheet:
    """Reads one sheet; collects its rows, merged ranges and how many rows are hidden."""

    book: Workbook
    part: SheetPart
    rows: list[RawRow] = field(default_factory=list)
    merged: list[MergedRange] = field(default_factory=list)
    hidden: int = 0

    def table(self) -> RawTable:
        last = 0
        for name, element in self.book.sheet_elements(self.part):
            if name == "row":
                last = self._row(element, last)
            elif name == "mergeCell":
                self._merge(element)
        try:
            rows = mark_merged(self.rows, self.merged)
        except TooMuchMergedError as error:
            raise UnreadableFileError(self._too_merged(str(error))) from error
        problems: list[Problem] = []
        if self.hidden:
            message = f"{self.hidden} skjulte rækker er læst med (et filter skjuler rækker, men sletter dem ikke)."
            problems.append(Problem("hidden_rows", self.book.file, message, "", Severity.NOTE, sheet=self.part.name))
        return RawTable(self.book.file, self.part.name, rows, tuple(problems))

    def _row(self, element: etree._Element, last: int) -> int:
        number = int(element.get("r") or last + 1)
        if not last < number <= _MOST_ROWS:
            raise ValueError("row numbers do not ascend")
        cells: list[Cell] = []
        for cell in element.iterfind("{*}c"):
            column = _column_index(cell.get("r"), default=len(cells))
            value = self._value(cell)
            if value is None:
                continue
            if column >= _WIDEST:
                raise UnreadableFileError(self._too_wide(number))
            cells.extend([None] * (column - len(cells)))
            cells[column:] = [value]
        if cells:
            self.rows.append(RawRow(number, cells))
            self.hidden += element.get("hidden") in {"1", "true"}
        _forget(element)
        return number

    def _merge(self, element: etree._Element) -> None:
        if len(self.merged) >= MOST_RANGES:
            raise UnreadableFileError(self._too_merged(f"Arket har flere end {MOST_RANGES} flettede områder."))
        reference = element.get("ref", "")
        first, _, last = reference.partition(":")
        start, end = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if start and end:
            left, right = _column_index(first, default=0), min(_column_index(last, default=0), _WIDEST - 1)
            self.merged.append(MergedRange(reference, int(start[2]), int(end[2]), left, right))
        _forget(element)

    def _too_merged(self, message: str) -> Problem:
        mend = "Ophæv alle fletninger i Excel, skriv værdien i hver celle, og gem filen."
        return Problem("merged", self.book.file, message, mend, sheet=self.part.name)

    def _too_wide(self, row: int) -> Problem:
        message = f"Arket bruger flere end {_WIDEST} kolonner."
        mend = "Slet indhold langt til højre på arket, og gem filen."
        return Problem("too_wide", self.book.file, message, mend, sheet=self.part.name, row=row)

    def _value(self, cell: etree._Element) -> Cell:
        kind = cell.get("t", "n")
        inline = cell.find("{*}is")
        if kind == "inlineStr" and inline is not None:
            return text_of(inline) or None
        stored = cell.findtext("{*}v")
        if stored is None or stored == "":
            return _NEVER_CALCULATED if cell.find("{*}f") is not None and kind != "str" else None
        return self._typed(kind, stored, int(cell.get("s", "0")))

    def _typed(self, kind: str, stored: str, style: int) -> Cell:
        """The value by its type (ECMA-376 18.18.11)."""
        readers: dict[str, Callable[[str], Cell]] = {
            "s": lambda text: self.book.texts[int(text)] or None,
            "b": lambda text: text.strip() in {"1", "true"},
            "e": _error_cell,
            "str": lambda text: text,
            "d": datetime.fromisoformat,
        }
        reader = readers.get(kind)
        return reader(stored) if reader else self._number(stored, style)

    def _number(self, digits: str, style: int) -> Cell:
        try:
            value = Decimal(digits)
        except InvalidOperation:
            return Damaged(digits, "Cellen er ikke et tal, selv om den er formateret sådan.", "Skriv værdien ind igen.")
        if style not in self.book.date_styles:
            return Number(digits)
        try:
            moment = from_excel(float(value), self.book.epoch)
        except (ValueError, OverflowError):
            return Damaged(
                digits, "Cellen er formateret som dato, men tallet er ingen dato.", "Skriv datoen som dd-mm-åååå."
            )
        if isinstance(moment, datetime):
            return moment.date() if moment.time().isoformat() == "00:00:00" else moment
        return (
            moment
            if isinstance(moment, date)
            else Damaged(digits, "Cellen er et klokkeslæt og ingen dato.", "Skriv datoen som dd-mm-åååå.")
        )


def _error_cell(stored: str) -> Cell:
    return Damaged(stored, f"Cellen indeholder fejlen {stored}.", "Ret formlen i cellen, eller skriv værdien ind.")


def _forget(element: etree._Element) -> None:
    """Let go of a row that has been read, and of the empty shells before it, so that memory stays flat."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _column_index(reference: str | None, *, default: int) -> int:
    match = _REFERENCE.fullmatch(reference or "")
    if not match:
        return default
    index = 0
    for letter in match[1]:
        index = index * 26 + ord(letter) - 64
    return index - 1
