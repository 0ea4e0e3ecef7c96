"""What a person has answered on screen about files that were handed in: cells mended, rows left out, columns chosen."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class ChosenColumns:
    """How a sheet is to be read: which register it is, the row of its headings, and field → column (index from 0).

    `source` is the kind of extract, `constants` what every row holds, `words` by field the file's words and ours. With
    `keep_as` the choice is kept by that name when the file has been read by it.
    """

    register: str
    header_row: int
    places: Mapping[str, int]
    source: str = ""
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    keep_as: str = ""


@dataclass(frozen=True, slots=True)
class KeptColumns:
    """A choice of columns kept by name: a sheet with these headings (as `header_key`) is read by it."""

    name: str
    register: str
    headings: tuple[str, ...]
    places: Mapping[str, int]
    constants: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers about one upload. Files and sheets are named as they are shown; a CSV file's sheet is ''.

    `cells` is by file, by sheet, by `row:column` (row from 1, column from 0) the text that stands instead;
    `left_out` are rows that are not to be read. `kept` are choices of columns from earlier times.
    """

    cells: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, ChosenColumns]] = field(default_factory=dict)
    kept: tuple[KeptColumns, ...] = ()

    def chosen(self, file: str, sheet: str | None) -> ChosenColumns | None:
        """The columns chosen for a sheet; None where its headings speak for themselves."""
        return self.columns.get(file, {}).get(sheet or "")

    def mended(self, file: str) -> int:
        """How many cells and rows of a file a person has changed."""
        cells = sum(len(one) for one in self.cells.get(file, {}).values())
        return cells + sum(len(rows) for rows in self.left_out.get(file, {}).values())

    def identity(self, file: str, digest: str) -> str:
        """What a file is known by in the journal: its bytes' hash, and the mends where it has some."""
        if not self.mended(file):
            return digest
        told = json.dumps([self.cells.get(file), self.left_out.get(file)], sort_keys=True, ensure_ascii=False)
        return sha256(f"{digest}|{told}".encode()).hexdigest()

    def with_cells(
        self, file: str, sheet: str, cells: Mapping[tuple[int, int], str], *, left_out: frozenset[int] = frozenset()
    ) -> "Answers":
        """These answers with cells (row, column) mended, and rows left out besides those that are already."""
        ours = {**self.cells.get(file, {}).get(sheet, {}), **{f"{r}:{c}": text for (r, c), text in cells.items()}}
        out = tuple(sorted({*self.left_out.get(file, {}).get(sheet, ()), *left_out}))
        return Answers(
            cells={**self.cells, file: {**self.cells.get(file, {}), sheet: ours}},
            left_out={**self.left_out, file: {**self.left_out.get(file, {}), sheet: out}},
            columns=self.columns,
            kept=self.kept,
        )

    def with_columns(self, file: str, sheet: str, chosen: ChosenColumns) -> "Answers":
        """These answers with the columns of a sheet chosen."""
        return Answers(
            cells=self.cells,
            left_out=self.left_out,
            columns={**self.columns, file: {**self.columns.get(file, {}), sheet: chosen}},
            kept=self.kept,
        )


NOTHING_ANSWERED = Answers()
_TYPE = TypeAdapter(Answers)


def answers_json(answers: Answers) -> str:
    """The answers as text, to be sealed."""
    return _TYPE.dump_json(answers).decode()


def answers_from(text: str) -> Answers:
    """What `answers_json` wrote."""
    return _TYPE.validate_json(text)
