"""One import as it runs: what it has been given, what it has counted, and how each step is saved."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from styr.access.scope import service_scope
from styr.integrations import journal
from styr.integrations.core.answers import NOTHING_ANSWERED, Answers
from styr.integrations.core.outcome import FileOutcome
from styr.integrations.core.problems import Problem
from styr.integrations.core.report import Tally
from styr.integrations.core.status import FileStatus
from styr.integrations.journal import FileEntry
from styr.integrations.progress import Progress
from styr.integrations.sources import Content, Rejected, Source, SourceReader, UnreadableSourceError
from styr.integrations.spreadsheets.core.reading import RegisterTable
from styr.integrations.spreadsheets.core.table import RawTable

T = TypeVar("T")


class Collects(Protocol):
    """Whoever wants more of an import than its report; a page does. With `wants_raw`, tables hold their cells."""

    wants_raw: bool

    def file(self, outcome: FileOutcome) -> None:
        """What became of a register file, or of a file that was kept out."""

    def unread(self, name: str, sheets: Sequence[RawTable]) -> None:
        """Sheets of a file in which no register was recognised."""

    def refused(self, tables: Sequence[RegisterTable], problems: Sequence[Problem]) -> None:
        """The tables of a file that was kept out by errors in its rows."""

    def changed(self, kinds: Sequence[str]) -> None:
        """A file with these registers has just been written, in the transaction that is open."""


class Discards:
    """Nobody asks for more."""

    wants_raw = False

    def file(self, outcome: FileOutcome) -> None:
        """Nobody is told."""

    def unread(self, name: str, sheets: Sequence[RawTable]) -> None:
        """Nobody is told."""

    def refused(self, tables: Sequence[RegisterTable], problems: Sequence[Problem]) -> None:
        """Nobody is told."""

    def changed(self, kinds: Sequence[str]) -> None:
        """Nobody is told."""


@dataclass(slots=True)
class Running:
    """The state of one import; every `saved` block is a transaction of its own (a savepoint in a dry run).

    With `careful`, e-invoices are read beside this process however few they are: nobody knows who made them.
    """

    municipality_id: UUID
    run_id: UUID
    now: datetime
    progress: Progress
    dry_run: bool
    tally: Tally = field(default_factory=Tally)
    reader: SourceReader = field(default_factory=SourceReader)
    seen: dict[str, str] = field(default_factory=dict)
    kept_out: set[str] = field(default_factory=set)
    careful: bool = False
    answers: Answers = NOTHING_ANSWERED
    collects: Collects = field(default_factory=Discards)

    @contextmanager
    def saved(self) -> Iterator[None]:
        """Act as the import's job; what is written is there for good when the block ends."""
        with service_scope(self.municipality_id, "import"):
            yield

    def read(self, source: Source) -> Content | None:
        """The bytes of a source; one that cannot be read is recorded and gives None."""
        try:
            return self.reader.read(source)
        except UnreadableSourceError as error:
            self.failed(source.name, source.size, [error.problem])
            return None

    def rejected(self, rejected: Rejected) -> None:
        """Record a file that is not read any further, with its bytes where it has them."""
        problem, source = rejected.problem, rejected.source
        if problem.severity != "error":
            self.done(FileStatus.SKIPPED, problems=[problem])
            return
        content = None
        if source is not None:
            try:
                content = self.reader.read(source)
            except UnreadableSourceError:
                content = None
        self.failed(problem.file, source.size if source else 0, [problem], content=content)

    def failed(
        self,
        name: str,
        size: int,
        problems: Sequence[Problem],
        *,
        content: Content | None = None,
        kinds: Sequence[str] = (),
    ) -> None:
        """Record a file that was kept out, with its problems and its bytes."""
        entry = FileEntry(
            name=name,
            sha256=content.sha256 if content else "",
            size=size,
            status=FileStatus.FAILED,
            kinds=tuple(kinds),
            problems=problems,
            content=content.data if content else None,
        )
        with self.saved():
            journal.record(self.run_id, [entry], municipality_id=self.municipality_id, now=self.now)
        self.kept_out.update(kinds)
        errors = sum(1 for problem in problems if problem.severity == "error")
        self.collects.file(FileOutcome(name=name, status=FileStatus.FAILED, kinds=tuple(kinds), errors=errors))
        self.done(FileStatus.FAILED, problems=problems)

    def done(self, status: FileStatus, *, rows: int = 0, problems: Sequence[Problem] = (), files: int = 1) -> None:
        """Count files that are finished, and tell of it."""
        self.tally.files[status] += files
        self.tally.add_problems(problems)
        errors = sum(1 for problem in problems if problem.severity == "error")
        self.progress.went(files=files, rows=rows, errors=errors)


def known_or(running: Running, sha256: str, name: str, *, landed: Callable[[str], bool]) -> str | None:
    """Why a file with these bytes need not be read: seen in this run, or landed before; None where it must be."""
    first = running.seen.get(sha256)
    if first == name:
        return "Filen er angivet to gange og er kun læst én gang."
    if first is not None:
        return f"Filen er magen til »{first}« og er kun læst én gang."
    running.seen[sha256] = name
    return "Filen er allerede indlæst og er ikke ændret." if landed(sha256) else None
