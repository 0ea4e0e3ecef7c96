"""The register files of an import: read all, then landed in the order in which they point at each other."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from styr.integrations import journal
from styr.integrations.core.detection import FileKind
from styr.integrations.core.problems import Problem, Severity
from styr.integrations.core.status import FileStatus
from styr.integrations.differences import MOST_DIFFERENCES, differences_since, history_marks
from styr.integrations.journal import FileEntry
from styr.integrations.landing import Landed, RefusedFileError, land, rank
from styr.integrations.running import Running, known_or
from styr.integrations.sources import Content, Source
from styr.integrations.spreadsheets.core.reading import RegisterTable, read_registers
from styr.integrations.spreadsheets.core.table import UnreadableFileError


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    sha256: str
    tables: Sequence[RegisterTable]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table.spec.name for table in self.tables))

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table in self.tables)


def import_registers(running: Running, sources: Sequence[Source]) -> None:
    """Import register files: each lands whole or not at all, and one that is kept out does not stop the others."""
    waiting = sorted(_readable(running, sources), key=lambda read: rank(read.tables))
    while waiting:
        _land_one(running, waiting.pop(0))


def _readable(running: Running, sources: Sequence[Source]) -> Iterator[_Read]:
    for source in sources:
        content = running.read(source)
        if content is None or _is_known(running, source, content):
            continue
        try:
            tables = read_registers(content.data, file=source.name, workbook=source.kind is FileKind.XLSX)
        except UnreadableFileError as error:
            running.failed(source.name, source.size, [error.problem], content=content)
            continue
        read = _Read(source, content.sha256, tables)
        problems = [problem for table in tables for problem in table.problems]
        if any(table.has_errors for table in tables):
            running.failed(source.name, source.size, problems, content=content, kinds=read.kinds)
        else:
            yield read


def _is_known(running: Running, source: Source, content: Content) -> bool:
    with running.saved():
        reason = known_or(running, content.sha256, source.name, landed=journal.is_latest)
    if reason is None:
        return False
    note = Problem("known", source.name, reason, "", Severity.NOTE)
    running.done(FileStatus.KNOWN, problems=[note])
    return True


def _land_one(running: Running, read: _Read) -> None:
    notes = [problem for table in read.tables for problem in table.problems]
    try:
        with running.saved(), _shown_beforehand(running, read):
            landed = land(read.tables, municipality_id=running.municipality_id)
            entry = _entry(read, landed, notes)
            journal.record(running.run_id, [entry], municipality_id=running.municipality_id, now=running.now)
    except RefusedFileError as error:
        problems = [*error.problems, *_because(running, read), *notes]
        running.failed(
            read.source.name, read.source.size, problems, content=running.read(read.source), kinds=read.kinds
        )
        return
    for name, count in landed.counts.items():
        running.tally.add_table(name, count)
    running.done(FileStatus.LANDED, rows=read.rows, problems=notes)


@contextmanager
def _shown_beforehand(running: Running, read: _Read) -> Iterator[None]:
    """In a dry run, note the first differences that landing the file makes."""
    left = MOST_DIFFERENCES - len(running.tally.differences)
    if not running.dry_run or left <= 0:
        yield
        return
    marks = history_marks(read.kinds)
    yield
    running.tally.differences += differences_since(marks, limit=left)


def _entry(read: _Read, landed: Landed, notes: Sequence[Problem]) -> FileEntry:
    return FileEntry(
        name=read.source.name,
        sha256=read.sha256,
        size=read.source.size,
        status=FileStatus.LANDED,
        kinds=read.kinds,
        counts=landed.total,
        problems=notes,
    )


def _because(running: Running, read: _Read) -> Iterator[Problem]:
    """Rows that point at nothing often do so because another file of the same import was kept out."""
    others = sorted(running.kept_out - set(read.kinds))
    if others:
        message = f"Registre, der ikke kom ind i denne indlæsning: {', '.join(others)}."
        mend = "Ret dem først; fejlene her kan skyldes, at de mangler."
        yield Problem("kept_out_before", read.source.name, message, mend, Severity.NOTE)
