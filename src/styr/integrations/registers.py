"""The register files of an import: read all, then landed in the order in which they point at each other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from styr.integrations import journal
from styr.integrations.core.detection import FileKind
from styr.integrations.core.landings import landed, to_land_again
from styr.integrations.core.outcome import FileOutcome
from styr.integrations.core.problems import Problem, Severity
from styr.integrations.core.status import FileStatus
from styr.integrations.differences import MOST_DIFFERENCES, difference_lines
from styr.integrations.journal import FileEntry
from styr.integrations.landing import Landed, RefusedFileError, land, rank, refused_of
from styr.integrations.own_words import words_of_our_own
from styr.integrations.running import Running, known_or
from styr.integrations.sources import Source
from styr.integrations.spreadsheets.core.reading import RegisterTable, in_order_of_rows, read_tables, registers_of
from styr.integrations.spreadsheets.core.table import UnreadableFileError
from styr.kernel.clock import danish_day


@dataclass(frozen=True, slots=True)
class _Read:
    source: Source
    sha256: str
    tables: Sequence[RegisterTable]
    place: int | None
    """Where the file landed before, when it lands again; None for a new one, which lands after those."""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table.spec.name for table in self.tables))

    @property
    def turn(self) -> tuple[int, bool, int]:
        """When the file lands: by its registers, then as it did before, then as it was found."""
        return rank(self.tables), self.place is None, self.place or 0

    @property
    def is_faulty(self) -> bool:
        """Whether cells that cannot be read keep the file out."""
        return any(table.has_errors for table in self.tables)

    @property
    def problems(self) -> list[Problem]:
        return [problem for table in self.tables for problem in table.problems]

    @property
    def rows(self) -> int:
        return sum(len(table.rows) for table in self.tables)


def import_registers(running: Running, sources: Sequence[Source]) -> None:
    """Import register files: each lands whole or not at all, and one that is kept out does not stop the others."""
    waiting = sorted(_readable(running, sources), key=lambda read: read.turn)
    while waiting:
        read = waiting.pop(0)
        if read.is_faulty:
            _keep_out(running, read)
        else:
            _land_one(running, read)


def _readable(running: Running, sources: Sequence[Source]) -> Iterator[_Read]:
    with running.saved():
        own = words_of_our_own(on=danish_day(running.now))
    for source, place in _unknown(running, sources):
        content = running.read(source)
        if content is None:
            continue
        try:
            raw = read_tables(content.data, file=source.name, workbook=source.kind is FileKind.XLSX)
        except UnreadableFileError as error:
            running.failed(source.name, source.size, [error.problem], content=content)
            continue
        try:
            tables = registers_of(
                raw, file=source.name, answers=running.answers, own=own, keep_raw=running.collects.wants_raw
            )
        except UnreadableFileError as error:
            running.collects.unread(source.name, raw)
            running.failed(source.name, source.size, [error.problem], content=content)
            continue
        read = _Read(source, running.answers.identity(source.name, content.sha256), tables, place)
        if read.is_faulty:
            running.kept_out.update(read.kinds)
        yield read


def _unknown(running: Running, sources: Sequence[Source]) -> Iterator[tuple[Source, int | None]]:
    """The files that are to land, with their place if they have landed before; judged over all that are handed in."""
    hashes = [
        (source, running.answers.identity(source.name, content.sha256))
        for source in sources
        if (content := running.read(source)) is not None
    ]
    with running.saved():
        landings = journal.register_landings()
    again = to_land_again(landings, {sha256 for _, sha256 in hashes})
    known = landed(landings) - again.keys()
    for source, sha256 in hashes:
        reason = known_or(running, sha256, source.name, landed=known.__contains__)
        if reason is None:
            yield source, again.get(sha256)
        else:
            running.collects.file(FileOutcome(name=source.name, status=FileStatus.KNOWN))
            running.done(FileStatus.KNOWN, problems=[Problem("known", source.name, reason, "", Severity.NOTE)])


def _land_one(running: Running, read: _Read) -> None:
    notes = read.problems
    try:
        with running.saved():
            done = land(read.tables, municipality_id=running.municipality_id, now=running.now)
            entry = _entry(read, done, notes)
            journal.record(running.run_id, [entry], municipality_id=running.municipality_id, now=running.now)
            journal.record_landing(running.run_id, municipality_id=running.municipality_id)
            _show_beforehand(running, read)
    except RefusedFileError as error:
        problems = [*error.problems, *_because(running, read), *notes]
        running.collects.refused(read.tables, error.problems)
        running.failed(
            read.source.name, read.source.size, problems, content=running.read(read.source), kinds=read.kinds
        )
        return
    for name, count in done.counts.items():
        running.tally.add_table(name, count)
    outcome = FileOutcome(name=read.source.name, status=FileStatus.LANDED, kinds=read.kinds, counts=done.total)
    running.collects.file(outcome)
    running.done(FileStatus.LANDED, rows=read.rows, problems=notes)


def _keep_out(running: Running, read: _Read) -> None:
    """Tell of a file with cells that cannot be read all that is wrong with it: what the registers refuse, too."""
    with running.saved():
        refused = refused_of(read.tables, municipality_id=running.municipality_id, now=running.now)
    problems = in_order_of_rows(read.tables, [*read.problems, *refused])
    if refused:
        problems += [_asked_of_some(read), *_because(running, read)]
    content = running.read(read.source)
    running.collects.refused(read.tables, problems)
    running.failed(read.source.name, read.source.size, problems, content=content, kinds=read.kinds)


def _asked_of_some(read: _Read) -> Problem:
    message = "Registrene er kun spurgt om de rækker, hvor alle celler kan læses."
    mend = "En række, der afvises, kan være afvist, fordi en anden ikke kunne læses."
    return Problem("asked_of_some", read.source.name, message, mend, Severity.NOTE)


def _show_beforehand(running: Running, read: _Read) -> None:
    """In a dry run, note the first differences that landing the file has made."""
    running.collects.changed(read.kinds)
    left = MOST_DIFFERENCES - len(running.tally.differences)
    if running.dry_run and left > 0:
        running.tally.differences += difference_lines(read.kinds, journal.context_now(), limit=left)


def _entry(read: _Read, done: Landed, notes: Sequence[Problem]) -> FileEntry:
    return FileEntry(
        name=read.source.name,
        sha256=read.sha256,
        size=read.source.size,
        status=FileStatus.LANDED,
        kinds=read.kinds,
        counts=done.total,
        problems=notes,
    )


def _because(running: Running, read: _Read) -> Iterator[Problem]:
    """Rows that point at nothing often do so because another file of the same import was kept out."""
    others = sorted(running.kept_out - set(read.kinds))
    if others:
        message = f"Registre, der ikke kom ind i denne indlæsning: {', '.join(others)}."
        mend = "Ret dem først; fejlene her kan skyldes, at de mangler."
        yield Problem("kept_out_before", read.source.name, message, mend, Severity.NOTE)
