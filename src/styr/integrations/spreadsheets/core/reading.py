"""From the bytes of a spreadsheet to rows of our domains, with every problem of every row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from styr.integrations.core.answers import NOTHING_ANSWERED, Answers
from styr.integrations.core.problems import Problem, Severity, shown
from styr.integrations.spreadsheets.core.answered import mended, read_by_choice
from styr.integrations.spreadsheets.core.cells import Kind, parse_cell
from styr.integrations.spreadsheets.core.csv_table import read_csv
from styr.integrations.spreadsheets.core.numbers import CellError, Style, decimal_style
from styr.integrations.spreadsheets.core.own_words import NONE_OF_OUR_OWN, OwnWords
from styr.integrations.spreadsheets.core.recognise import Layout, recognise
from styr.integrations.spreadsheets.core.registers import REGISTERS
from styr.integrations.spreadsheets.core.specs import Column, TableSpec
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number, RawRow, RawTable, UnreadableFileError
from styr.integrations.spreadsheets.core.totals import Totals, is_total, span_note
from styr.integrations.spreadsheets.core.xlsx_table import read_xlsx

MOST_PROBLEMS = 200
HELP_SHEETS = frozenset({"Vejledning", "Eksempel"})
"""Sheets of our own template that hold no rows to be read."""

_EMPTY = CellError("Feltet skal udfyldes, men er tomt.", "Skriv værdien i feltet.")
_NUMBERS = frozenset({Kind.DECIMAL, Kind.MONEY, Kind.PERCENT})


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One register read from one sheet: its rows (each with its number in the sheet) and its problems.

    `rows` is whole only where `problems` holds no error; a table with errors must not land. `raw` and `layout` tell
    what the rows were read from.
    """

    spec: TableSpec
    file: str
    sheet: str | None
    rows: Sequence[tuple[int, Any]]
    problems: tuple[Problem, ...]
    raw: RawTable | None = field(default=None, repr=False)
    layout: Layout | None = field(default=None, repr=False)

    @property
    def has_errors(self) -> bool:
        """Whether anything keeps the table out."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


def read_registers(data: bytes, *, file: str, workbook: bool) -> list[RegisterTable]:
    """Read a CSV file or a workbook into its registers; empty sheets are passed over.

    Raises:
        UnreadableFileError: the file, or one of its sheets, is no register; `problem` says why and how to mend it.
    """
    return registers_of(read_tables(data, file=file, workbook=workbook), file=file)


def read_tables(data: bytes, *, file: str, workbook: bool) -> list[RawTable]:
    """Read a CSV file or a workbook into its sheets, but empty ones and the help sheets of our own template.

    Raises:
        UnreadableFileError: it can be read as no table at all, or nothing is in it.
    """
    tables = read_xlsx(data, file=file) if workbook else [read_csv(data, file=file)]
    filled = [table for table in tables if any(not row.is_empty() for row in table.rows)]
    filled = [table for table in filled if table.sheet not in HELP_SHEETS] or filled
    if not filled:
        raise UnreadableFileError(Problem("empty", file, "Regnearket er tomt.", "Hent filen igen fra kildesystemet."))
    return filled


def registers_of(
    tables: Sequence[RawTable],
    *,
    file: str,
    answers: Answers = NOTHING_ANSWERED,
    own: OwnWords = NONE_OF_OUR_OWN,
    keep_raw: bool = False,
) -> list[RegisterTable]:
    """The registers that tables hold, read with a person's answers in place of what the file says.

    `own` are the words for the municipality's own sections and services. With `keep_raw` each table also holds what it
    was read from.

    Raises:
        UnreadableFileError: a table is no register; `problem` says why and how to mend it.
    """
    read = [_read_table(mended(table, answers), answers, own) for table in tables]
    if not keep_raw:
        read = [replace(table, raw=None) for table in read]
    changed = answers.mended(file)
    if changed:
        told = "er rettet på skærmen, før filen blev læst ind."
        message = f"1 celle eller række {told}" if changed == 1 else f"{changed} celler eller rækker {told}"
        note = Problem("mended", file, message, "", Severity.NOTE)
        read[0] = replace(read[0], problems=(*read[0].problems, note))
    return read


def _read_table(table: RawTable, answers: Answers, own: OwnWords) -> RegisterTable:
    by_choice = read_by_choice(table, answers)
    if by_choice is not None:
        table, layout = by_choice
    else:
        layout = recognise(table, REGISTERS)
    layout = own.added_to(layout)
    body = [row for row in table.rows if row.number > layout.header_row and not row.is_empty()]
    problems = [*table.problems, *layout.problems]
    if not body:
        message = f"Filen har overskrifter for »{layout.spec.name}«, men ingen rækker."
        problems.append(Problem("no_rows", table.file, message, "", Severity.WARNING, sheet=table.sheet))
    reader = _TableReader(table, layout, _styles(layout, body))
    rows, found = _rows(reader, body)
    problems += span_note(table, layout, [getattr(row, layout.spec.dated, None) for _, row in rows])
    return RegisterTable(
        layout.spec, table.file, table.sheet, rows, (*problems, *limited(found)), raw=table, layout=layout
    )


def _rows(reader: "_TableReader", body: Sequence[RawRow]) -> tuple[list[tuple[int, Any]], list[Problem]]:
    """The rows with their numbers, and everything wrong with those that are not among them; totals are held to them."""
    spec = reader.layout.spec
    totals = Totals(reader.table, spec.column_of(spec.total).name if spec.total else "")
    rows: list[tuple[int, Any]] = []
    found: list[Problem] = []
    for raw in body:
        values, wrong = reader.values(raw)
        if is_total(raw, reader.layout):
            found.append(totals.told(raw, values.get(spec.total)))
            continue
        if spec.total:
            wrong = wrong or totals.looks_like_one(raw, values.get(spec.total))
        totals.add(values.get(spec.total))
        found += wrong
        if not wrong:
            rows.append((raw.number, spec.row_type(**values)))
    return rows, found


def in_order_of_rows(tables: Sequence[RegisterTable], problems: Sequence[Problem]) -> list[Problem]:
    """A file's problems sheet by sheet and row by row; those of no row come after those of its rows."""
    sheets = {table.sheet: place for place, table in enumerate(tables)}
    last = len(sheets)
    return sorted(problems, key=lambda one: (sheets.get(one.sheet, last), one.row is None, one.row or 0))


def limited(found: Sequence[Problem]) -> list[Problem]:
    """The first problems of a file, and one that counts the others, so that a wrong file does not drown the rest."""
    if len(found) <= MOST_PROBLEMS:
        return list(found)
    more = f"{len(found) - MOST_PROBLEMS:,}".replace(",", ".")
    last = Problem(
        "more", found[0].file, f"Der er {more} fejl mere i filen.", "Ret de viste først; mange har ofte samme årsag."
    )
    return [*found[:MOST_PROBLEMS], last]


def _styles(layout: Layout, body: Sequence[RawRow]) -> dict[str, Style]:
    """Each number column's way of writing decimals, told by all of its values."""
    styles: dict[str, Style] = {}
    for column in layout.spec.columns:
        at = layout.places.get(column.field)
        if column.kind in _NUMBERS and at is not None:
            styles[column.field] = decimal_style(_cell(row, at) for row in body)
    return styles


def _cell(row: RawRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


@dataclass(frozen=True, slots=True)
class _TableReader:
    table: RawTable
    layout: Layout
    styles: dict[str, Style]

    def values(self, row: RawRow) -> tuple[dict[str, object], list[Problem]]:
        """The row's fields that are filled, and what is wrong with it."""
        values: dict[str, object] = {}
        wrong: list[Problem] = []
        for column in self.layout.spec.columns:
            at = self.layout.places.get(column.field)
            if at is None:
                continue
            try:
                value = parse_cell(
                    _cell(row, at), column.kind, self.styles.get(column.field, Style.UNTOLD), column.choices
                )
            except CellError as error:
                wrong.append(self._problem("value", row, column, error))
                continue
            if value is None and column.required:
                wrong.append(self._problem("missing", row, column, _EMPTY))
            elif value is not None:
                values[column.field] = value
        wrong += self._overfull(row)
        return values, wrong or list(self._period_problems(row, values))

    def _overfull(self, row: RawRow) -> Iterator[Problem]:
        """A CSV row with more fields than there are headings has shifted: its values stand under wrong headings."""
        if self.table.sheet is not None:
            return
        header = next((r for r in self.table.rows if r.number == self.layout.header_row), None)
        if header is None:
            return
        width = len(header.cells)
        surplus = [cell for cell in row.cells[width:] if isinstance(cell, str) and cell.strip()]
        if surplus:
            message = f"Rækken har {len(row.cells)} felter, men der er kun {width} overskrifter."
            mend = "Sæt felter, der indeholder skilletegnet, i anførselstegn."
            yield Problem("overfull", self.table.file, message, mend, row=row.number, value=shown(surplus[0]))

    def _period_problems(self, row: RawRow, values: dict[str, object]) -> Iterator[Problem]:
        for first, last in self.layout.spec.periods:
            start, end = values.get(first), values.get(last)
            if isinstance(start, date) and isinstance(end, date) and end < start:
                column = self.layout.spec.column_of(last)
                message = f"Sidste dag ligger før første dag ({start:%d-%m-%Y})."
                yield self._problem("period", row, column, CellError(message, "Ret en af de to datoer."))

    def _problem(self, code: str, row: RawRow, column: Column, told: CellError) -> Problem:
        value = _cell(row, self.layout.places[column.field])
        return Problem(
            code=code,
            file=self.table.file,
            message=told.message,
            mend=told.mend,
            sheet=self.table.sheet,
            row=row.number,
            column=column.name,
            value=None if value is None else shown(_as_seen(value), secret=column.kind is Kind.CPR),
        )


def _as_seen(cell: Cell) -> object:
    match cell:
        case Number():
            return cell.digits
        case Damaged():
            return cell.text
        case date():
            return f"{cell:%d-%m-%Y}"
        case _:
            return cell
