"""Rows that are sums of others, as finance systems' reports have them: passed over, told, and held to their rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from styr.integrations.core.problems import Problem, Severity
from styr.integrations.spreadsheets.core.recognise import Layout
from styr.integrations.spreadsheets.core.table import Cell, RawRow, RawTable

_WORD = re.compile(
    r"\W*(i\s*alt|total(sum)?|(hoved|sub|mellem)total|(del|mellem|slut)?sum|saldo|resultat)\b", re.IGNORECASE
)


def is_total(row: RawRow, layout: Layout) -> bool:
    """Whether the row says that it is a sum, and lacks something that every row of the register has.

    Only in registers with a `total`; a row with all it must have is a row, whatever its text.
    """
    spec = layout.spec
    if not spec.total:
        return False
    lacks = any(
        _is_empty(_cell(row, layout.places[column.field])) or _says_total(_cell(row, layout.places[column.field]))
        for column in spec.required
        if column.field != spec.total
    )
    return lacks and any(_says_total(cell) for cell in row.cells)


@dataclass(slots=True)
class Totals:
    """The sums of a table's rows: of all of them, and of those since the last row of totals.

    `sound` is false where a row could not be read: then nothing can be said of its sum.
    """

    table: RawTable
    column: str
    whole: Decimal = Decimal(0)
    part: Decimal = Decimal(0)
    counted: int = 0
    sound: bool = True

    def looks_like_one(self, row: RawRow, amount: object) -> list[Problem]:
        """What to tell of a row with all it must have that says it is a sum, and is that of the rows above it.

        Read as a row it would count them twice, and passed over it might be one: a person says which.
        """
        sums = {self.part, self.whole}
        if self.counted <= 1 or not self.sound or amount not in sums or not any(_says_total(one) for one in row.cells):
            return []
        message = "Rækken ligner en sum: den siger det selv, og beløbet er summen af rækkerne over den."
        mend = "Er den en sum, så slet rækken. Er den en rigtig række, så giv den en anden tekst."
        return [self._problem("looks_like_total", row, message, mend, Severity.ERROR)]

    def add(self, amount: object) -> None:
        """Count a row; anything but an amount is a row that could not be read."""
        self.counted += 1
        if isinstance(amount, Decimal):
            self.whole += amount
            self.part += amount
        else:
            self.sound = False

    def told(self, row: RawRow, claimed: object) -> Problem:
        """What to tell of a row of totals: that it was passed over, or that it is not the sum of the rows above it."""
        part, self.part = self.part, Decimal(0)
        if isinstance(claimed, Decimal) and self.sound and claimed not in {part, self.whole}:
            message = f"I rækken står {_kroner(claimed)} i alt, men rækkerne over den giver {_kroner(self.whole)}."
            mend = "Filen mangler rækker eller har for mange. Hent den igen, eller slet sumrækken."
            return self._problem("total_differs", row, message, mend, Severity.ERROR)
        return self._problem("total_row", row, "Rækken er en sum af andre og er ikke læst.", "", Severity.WARNING)

    def _problem(self, code: str, row: RawRow, message: str, mend: str, severity: Severity) -> Problem:
        return Problem(
            code, self.table.file, message, mend, severity, sheet=self.table.sheet, row=row.number, column=self.column
        )


def span_note(table: RawTable, layout: Layout, values: Sequence[object]) -> list[Problem]:
    """From when to when the rows are, so that a file of another year is seen; a gap of a year is told besides."""
    found = sorted({str(value) for value in values if value is not None})
    if not layout.spec.dated or not found:
        return []
    name = layout.spec.column_of(layout.spec.dated).name
    first, last = _day(found[0]), _day(found[-1])
    told = f"»{name}« er {first}." if first == last else f"»{name}« går fra {first} til {last}."
    notes = [Problem("span", table.file, told, "", Severity.NOTE, sheet=table.sheet)]
    years = sorted({int(value[:4]) for value in found})
    apart = [f"{one} og {other}" for one, other in pairwise(years) if other - one > 1]
    if apart:
        message = f"Rækkerne springer mellem årene {', '.join(apart)}. Er et årstal skrevet forkert?"
        notes.append(Problem("years_apart", table.file, message, "", Severity.WARNING, sheet=table.sheet))
    return notes


def _day(text: str) -> str:
    """An ISO date as Danes write it; a year stays as it is."""
    return "-".join(reversed(text.split("-")))


def _kroner(amount: Decimal) -> str:
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))


def _cell(row: RawRow, at: int) -> Cell:
    return row.cells[at] if at < len(row.cells) else None


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _says_total(cell: Cell) -> bool:
    return isinstance(cell, str) and _WORD.match(cell.strip()) is not None
