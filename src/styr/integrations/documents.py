"""The e-invoices of an import: read in batches, each batch stored in one transaction, each document whole."""

import os
from collections.abc import Iterator, Sequence

from django.db.utils import DataError, IntegrityError

from styr.integrations import journal
from styr.integrations.core.problems import Problem, Severity
from styr.integrations.core.reading_documents import READER_LOST, Batch, Raw, ReadBatch, read_batches
from styr.integrations.core.status import FileStatus
from styr.integrations.journal import DOCUMENT_KIND, FileEntry
from styr.integrations.running import Running, known_or
from styr.integrations.sources import Content, Source
from styr.invoices.core.intake import ReadDocument
from styr.invoices.services import key_index, store_invoices

_BATCH_FILES = 400
_BATCH_BYTES = 8 * 1024 * 1024


def import_documents(running: Running, sources: Sequence[Source], *, processes: int | None = None) -> None:
    """Import e-invoices; one that gives no invoice is kept with its error, and the others go on."""
    beside = min(os.cpu_count() or 1, 4) if processes is None else processes
    with running.saved():
        careful = running.careful or running.tally.earlier_unfinished or journal.has_problem(READER_LOST)
    reading = read_batches(
        _batches(running, sources), index=key_index(), expected=len(sources), processes=beside, careful=careful
    )
    for batch in reading:
        _store(running, batch)


def _batches(running: Running, sources: Sequence[Source]) -> Iterator[Batch]:
    """The unknown files in batches of at most 400 files and about 8 MB."""
    batch: list[Raw] = []
    size = 0
    for source in sources:
        content = running.read(source)
        if content is None:
            continue
        batch.append(Raw(source.name, content.sha256, content.data))
        size += len(content.data)
        if len(batch) >= _BATCH_FILES or size >= _BATCH_BYTES:
            yield _unknown(running, batch)
            batch, size = [], 0
    if batch:
        yield _unknown(running, batch)


def _unknown(running: Running, batch: Batch) -> Batch:
    """The files of a batch that have not landed before; repeated ones of this run are noted."""
    with running.saved():
        landed = journal.landed_hashes({raw.sha256 for raw in batch})
    fresh = []
    notes = []
    for raw in batch:
        reason = known_or(running, raw.sha256, raw.name, landed=landed.__contains__)
        if reason is None:
            fresh.append(raw)
        elif raw.sha256 not in landed:
            notes.append(Problem("duplicate_file", raw.name, reason, "", Severity.NOTE))
    if len(fresh) < len(batch):
        running.done(FileStatus.KNOWN, files=len(batch) - len(fresh), problems=notes)
    return fresh


def _store(running: Running, batch: ReadBatch) -> None:
    if not batch:
        return
    try:
        _store_together(running, batch)
    except (IntegrityError, DataError) as error:
        if len(batch) == 1:
            _refused(running, batch[0][0], error)
            return
        for one in batch:
            _store(running, [one])


def _store_together(running: Running, batch: ReadBatch) -> None:
    entries = [_entry(raw, document) for raw, document in batch]
    with running.saved():
        ids = journal.record(running.run_id, entries, municipality_id=running.municipality_id, now=running.now)
        store_invoices(
            [document for _, document in batch],
            municipality_id=running.municipality_id,
            now=running.now,
            import_file_ids=ids,
        )
        journal.record_landing(running.run_id, municipality_id=running.municipality_id)
    read = [document for _, document in batch if document.invoice is not None]
    running.tally.invoices += len(read)
    running.tally.unreadable += len(batch) - len(read)
    problems = [problem for entry in entries for problem in entry.problems]
    running.done(FileStatus.LANDED, files=len(read), rows=sum(len(document.lines) for document in read))
    if problems:
        running.done(FileStatus.FAILED, files=len(batch) - len(read), problems=problems)


def _entry(raw: Raw, document: ReadDocument) -> FileEntry:
    """The journal's line; the bytes are kept by the invoices' own store, whether they gave an invoice or not."""
    problems = []
    if document.error is not None:
        code, message = document.error
        problems.append(Problem(code, raw.name, message, "Bed leverandøren om en ny fil, hvis den skal betales."))
    status = FileStatus.FAILED if problems else FileStatus.LANDED
    return FileEntry(
        name=raw.name, sha256=raw.sha256, size=len(raw.data), status=status, kinds=(DOCUMENT_KIND,), problems=problems
    )


def _refused(running: Running, raw: Raw, error: Exception) -> None:
    """The database refuses a document that could be read: it is kept with that as its error."""
    rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "ukendt regel"
    problem = Problem(
        "database_rule",
        raw.name,
        f"Databasen afviste fakturaen efter reglen »{rule}«.",
        "Send filen til driften.",
    )
    content = Content(raw.data, raw.sha256)
    running.failed(raw.name, len(raw.data), [problem], content=content, kinds=(DOCUMENT_KIND,))
