"""What a look at handed-in files found, as values that are kept sealed and shown: `Found`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from styr.integrations.core.problems import Problem
from styr.integrations.core.report import TableCount
from styr.integrations.core.status import FileStatus

MOST_DIFFERENCES = 2_000
MOST_FAULTY_ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """A register file, or one that was kept out: what it was recognised as, and what came, or would come, of it."""

    name: str
    status: FileStatus
    kinds: tuple[str, ...] = ()
    counts: TableCount = field(default_factory=TableCount)
    errors: int = 0


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that changes, by its heading; `before` and `after` are None where only the change may be told."""

    heading: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that is new or changes; `record` names it as its source does, never by CPR or name."""

    register: str
    record: str
    is_new: bool
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultyCell:
    """A cell to be mended: where it stands, what stands there, what is wrong and how to mend it.

    `value` is as it was read, also where it is a CPR number: it is what the person is to mend. `options` are the words
    that the column knows, where it knows only some.
    """

    column: int
    heading: str
    value: str
    message: str
    mend: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultyRow:
    """A row with cells to be mended, named by what tells it from others; `remarks` are about no cell of it."""

    row: int
    name: str
    cells: tuple[FaultyCell, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultySheet:
    """The rows of one sheet that keep its file out, the first 200 of `wrong`; a CSV file's sheet is ''."""

    file: str
    sheet: str
    register: str
    rows: tuple[FaultyRow, ...]
    wrong: int


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """A column of a sheet, some of its values (CPR numbers masked), and the field it seems to hold.

    `field` is '' where none fits; `confidence` is 0..100.
    """

    column: int
    heading: str
    samples: tuple[str, ...]
    field: str
    confidence: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a sheet that no register's headings fit could be read; `headings` as `header_key`, for knowing it again."""

    file: str
    sheet: str
    register: str
    header_row: int
    columns: tuple[ColumnGuess, ...]
    missing: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()

    @property
    def strength(self) -> tuple[int, int]:
        """How well the sheet fits the register: less is missing, and more of it is sure."""
        return -len(self.missing), sum(guess.confidence for guess in self.columns if guess.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Everything that a look found. `new` and `changed` count records by register, all of them.

    `proposals` has the likeliest register of each unknown sheet, `alternatives` the others that it could be.
    """

    files: Sequence[FileOutcome] = ()
    file_counts: Mapping[FileStatus, int] = field(default_factory=dict)
    tables: Mapping[str, TableCount] = field(default_factory=dict)
    invoices: int = 0
    unreadable: int = 0
    problems: Sequence[Problem] = ()
    problem_counts: Mapping[str, int] = field(default_factory=dict)
    differences: Sequence[Difference] = ()
    faulty: Sequence[FaultySheet] = ()
    proposals: Sequence[Proposal] = ()
    alternatives: Sequence[Proposal] = ()
    seconds: float = 0.0

    @property
    def errors(self) -> int:
        """How many errors keep files out."""
        return self.problem_counts.get("error", 0)

    @property
    def total(self) -> TableCount:
        """Rows of all registers together."""
        return sum(self.tables.values(), TableCount())

    @property
    def lands_something(self) -> bool:
        """Whether landing would write anything."""
        return bool(self.file_counts.get(FileStatus.LANDED, 0))


_TYPE = TypeAdapter(Found)


def found_json(found: Found) -> str:
    """The outcome as text, to be sealed."""
    return _TYPE.dump_json(found).decode()


def found_from(text: str) -> Found:
    """What `found_json` wrote."""
    return _TYPE.validate_json(text)
