"""A table as it was read from a file, before anybody has asked what its columns mean."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from styr.integrations.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Damaged:
    """A cell that holds no usable value (`#REF!`, a formula that was never calculated), with what to tell about it."""

    text: str
    message: str
    mend: str


@dataclass(frozen=True, slots=True)
class Number:
    """A cell that the spreadsheet holds as a number; `digits` is the file's text, so nothing passes a float."""

    digits: str

    @property
    def value(self) -> Decimal:
        """The number, freed of the float noise that a formula leaves (0.30000000000000004 → 0.3)."""
        exact = Decimal(self.digits)
        near = round(exact, 9)
        noisy = exact != near and abs(exact - near) < Decimal("1e-11")
        return near.normalize() if noisy else exact


Cell = str | bool | date | datetime | Number | Damaged | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number as the spreadsheet shows it (from 1) and its cells from column A on."""

    number: int
    cells: Sequence[Cell]

    def is_empty(self) -> bool:
        """Whether no cell holds anything but blanks."""
        return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of one sheet or one CSV file, and what was found wrong on the way."""

    file: str
    sheet: str | None
    rows: Sequence[RawRow]
    problems: Sequence[Problem] = field(default_factory=tuple)


class UnreadableFileError(Exception):
    """The file cannot be read as a table at all; `problem` is fit to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem
