"""Collects what a look at files, or landing them, finds: for the page, beside the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from styr.integrations import journal
from styr.integrations.core.outcome import (
    MOST_DIFFERENCES,
    MOST_FAULTY_ROWS,
    Difference,
    FaultyCell,
    FaultyRow,
    FaultySheet,
    FileOutcome,
    Found,
    Proposal,
)
from styr.integrations.core.problems import Problem, Severity
from styr.integrations.core.report import ImportReport
from styr.integrations.differences import differences
from styr.integrations.mappings.core.sources import REGISTERS_OF_CHOICE
from styr.integrations.spreadsheets.core.cells import Kind
from styr.integrations.spreadsheets.core.guess import propose
from styr.integrations.spreadsheets.core.reading import RegisterTable
from styr.integrations.spreadsheets.core.specs import Column
from styr.integrations.spreadsheets.core.table import Cell, Damaged, Number, RawRow, RawTable

_NAMING = frozenset({Kind.NUMBERED, Kind.INTEGER})
_MOST_FILES = 500


@dataclass(slots=True)
class Collector:
    """What `running.Collects` asks for; `found` makes it one value, `wrong_tables` are for the error file."""

    wants_raw: bool = True
    files: list[FileOutcome] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    alternatives: list[Proposal] = field(default_factory=list)
    faulty: list[FaultySheet] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    wrong_tables: list[tuple[RegisterTable, tuple[Problem, ...]]] = field(default_factory=list)

    def file(self, outcome: FileOutcome) -> None:
        """What became of a register file, or of a file that was kept out."""
        self.files.append(outcome)

    def unread(self, name: str, sheets: Sequence[RawTable]) -> None:  # noqa: ARG002 - each sheet knows its file
        """Guess the columns of sheets in which no register was recognised."""
        for sheet in sheets:
            found = [one for spec in REGISTERS_OF_CHOICE if (one := propose(sheet, spec)) is not None]
            likeliest = max(found, key=lambda one: one.strength, default=None)
            if likeliest is not None:
                self.proposals.append(likeliest)
                self.alternatives += [one for one in found if one is not likeliest]

    def refused(self, tables: Sequence[RegisterTable], problems: Sequence[Problem]) -> None:
        """Keep the rows that are to be mended."""
        for table in tables:
            own = tuple(one for one in problems if one.sheet == table.sheet and one.severity is Severity.ERROR)
            if own and table.raw is not None:
                self.faulty.append(_faulty(table, table.raw, own))
                self.wrong_tables.append((table, own))

    def changed(self, kinds: Sequence[str]) -> None:
        """Keep the first differences."""
        left = MOST_DIFFERENCES - len(self.differences)
        if left > 0:
            self.differences += differences(kinds, journal.context_now(), limit=left)

    def found(self, report: ImportReport) -> Found:
        """Everything, as one value."""
        return Found(
            files=self.files[:_MOST_FILES],
            file_counts=report.files,
            tables=report.tables,
            invoices=report.invoices,
            unreadable=report.unreadable,
            problems=report.problems,
            problem_counts={severity.value: number for severity, number in report.problem_counts.items()},
            differences=self.differences,
            faulty=self.faulty,
            proposals=self.proposals,
            alternatives=self.alternatives,
            seconds=report.seconds,
        )


def _faulty(table: RegisterTable, raw: RawTable, problems: Sequence[Problem]) -> FaultySheet:
    rows = {row.number: row for row in raw.rows}
    by_row: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.row is not None and problem.row in rows:
            by_row.setdefault(problem.row, []).append(problem)
    shown = sorted(by_row)[:MOST_FAULTY_ROWS]
    return FaultySheet(
        table.file,
        table.sheet or "",
        table.spec.name,
        tuple(_row(table, rows[number], by_row[number]) for number in shown),
        len(by_row),
    )


def _row(table: RegisterTable, row: RawRow, problems: Sequence[Problem]) -> FaultyRow:
    cells: dict[int, FaultyCell] = {}
    remarks: list[str] = []
    columns = {column.name: column for column in table.spec.columns}
    places = table.layout.places if table.layout else {}
    for problem in problems:
        column = columns.get(problem.column or "")
        at = places.get(column.field) if column else None
        if column is None or at is None:
            remarks.append(f"{problem.message} {problem.mend}".strip())
        elif at not in cells:
            cells[at] = FaultyCell(
                at, column.name, cell_text(_cell(row, at)), problem.message, problem.mend, tuple(_options(column))
            )
    return FaultyRow(row.number, _name(table, row), tuple(cells[at] for at in sorted(cells)), tuple(remarks))


def _options(column: Column) -> list[str]:
    """The words of a column of choices, each code's own word once."""
    first: dict[str, str] = {}
    for word, code in column.choices.items():
        first.setdefault(code, word)
    return list(first.values())


def _name(table: RegisterTable, row: RawRow) -> str:
    """What tells the row from others: its numbers, never what tells about a citizen."""
    places = table.layout.places if table.layout else {}
    told = [
        f"{column.name} {text}"
        for column in table.spec.columns
        if column.kind in _NAMING
        and not column.personal
        and column.field in places
        and (text := cell_text(_cell(row, places[column.field])))
    ]
    return ", ".join(told[:2])


def _cell(row: RawRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def cell_text(cell: Cell) -> str:
    """A cell as a person would write it again."""
    match cell:
        case None:
            return ""
        case Number():
            return cell.digits.replace(".", ",")
        case Damaged():
            return cell.text
        case bool():
            return "ja" if cell else "nej"
        case date():
            return f"{cell:%d-%m-%Y}"
        case _:
            return str(cell)
