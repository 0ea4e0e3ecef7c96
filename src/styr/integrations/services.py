"""The use cases of imports: bring register files and e-invoices in, or see beforehand what they would change."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from time import perf_counter
from uuid import UUID

from django.db import Error, connection, transaction
from django.db.utils import InterfaceError, OperationalError
from procrastinate.contrib.django import app as jobs

from styr.access.scope import service_scope
from styr.budgets.services import request_forecast
from styr.grants.core.codes import AdjustmentReason
from styr.grants.settle import settle_paid_months
from styr.integrations import journal
from styr.integrations.core.answers import NOTHING_ANSWERED, Answers
from styr.integrations.core.detection import FileKind
from styr.integrations.core.errors import UnableToImportError, disk_full, lost_connection
from styr.integrations.core.problems import safe_name
from styr.integrations.core.report import ImportReport
from styr.integrations.core.status import RunStatus
from styr.integrations.documents import import_documents
from styr.integrations.lock import import_lock
from styr.integrations.progress import Progress, Silent
from styr.integrations.registers import import_registers
from styr.integrations.running import Collects, Running
from styr.integrations.sources import Held, Rejected, Source, discover, discover_held
from styr.invoices.services import control_everything
from styr.ledger.services import note_payments, place_figures

__all__ = [
    "IMPORT_TASK",
    "ImportReport",
    "UnableToImportError",
    "import_and_control",
    "import_paths",
    "request_import",
    "settle_and_control",
]

IMPORT_TASK = "integrations.import"
"""The job's name: `request_import` defers it, `tasks.py` performs it."""

_DISK_FULL = "53100"


def import_paths(  # noqa: PLR0913 - one use case, all by keyword
    *,
    paths: Sequence[Path],
    municipality_id: UUID,
    actor: str,
    now: datetime,
    progress: Progress | None = None,
    dry_run: bool = False,
    processes: int | None = None,
    after: Callable[[ImportReport], None] | None = None,
    held: Sequence[Held] = (),
    answers: Answers = NOTHING_ANSWERED,
    collects: Collects | None = None,
) -> ImportReport:
    """Import all register files and e-invoices below the paths, also inside archives.

    A file lands whole or not at all and is known again by its contents, so a second run, also after a kill, only does
    what is left. A file that cannot be read is kept with its problems, and the others go on. One import at a time in a
    municipality: a second one waits. A dry run does everything and takes it all back.

    Args:
        paths: files and folders.
        municipality_id: whose registers they are.
        actor: who starts the import, as it stands in the journal.
        now: the time of the import.
        progress: is told how far it is.
        dry_run: count and show the differences, change nothing.
        processes: how many processes read e-invoices beside this one; None for as many as there are cores.
        after: called with the report, under the same lock, when something has changed, or an earlier import was stopped
            before it was called; a run is finished only when this is (never called in a dry run).
        held: files in memory, besides those of `paths`.
        answers: cells mended and columns chosen by a person.
        collects: is told more of each file than the report holds.

    Raises:
        UnableToImportError: the database went away or a disk is full; what had landed stays.
    """
    shown = progress or Silent()
    started = perf_counter()
    with _told_in_danish(), import_lock(municipality_id, waiting=shown.waiting), _maybe_taken_back(dry_run=dry_run):
        names = [*(str(path) for path in paths), *(file.name for file in held)]
        running = _begun(names, municipality_id, actor=actor, now=now, progress=shown, dry_run=dry_run)
        running.careful = bool(held)
        running.answers, running.collects = answers, collects or running.collects
        found = chain(discover(paths), discover_held(held))
        return _carried_out(running, found, processes, after, started)


def _begun(  # noqa: PLR0913 - what an import is given
    names: Sequence[str], municipality_id: UUID, *, actor: str, now: datetime, progress: Progress, dry_run: bool
) -> Running:
    """Open the run in the journal."""
    names = [safe_name(name) for name in names]
    with service_scope(municipality_id, "import"):
        run_id = journal.open_run(municipality_id=municipality_id, actor=actor, sources=names, now=now)
        unfinished = journal.earlier_unfinished(run_id)
    running = Running(municipality_id, run_id, now, progress, dry_run)
    running.tally.earlier_unfinished = unfinished
    return running


def _carried_out(
    running: Running,
    found: Iterable[Source | Rejected],
    processes: int | None,
    after: Callable[[ImportReport], None] | None,
    started: float,
) -> ImportReport:
    """Import, do what is to follow, and close the run; a run that stops is closed as failed if that can be written."""
    try:
        _import_all(running, found, processes)
        report = _report(running, started)
        if after is not None and report.needs_control:
            after(report)
    except BaseException:
        _close(running, RunStatus.FAILED, started)
        raise
    finally:
        running.reader.close()
    _close(running, RunStatus.FINISHED, started)
    return report


def import_and_control(  # noqa: PLR0913 - one use case, all by keyword
    *,
    paths: Sequence[Path],
    municipality_id: UUID,
    actor: str,
    now: datetime,
    today: date,
    progress: Progress | None = None,
    dry_run: bool = False,
    held: Sequence[Held] = (),
    answers: Answers = NOTHING_ANSWERED,
    collects: Collects | None = None,
) -> ImportReport:
    """Import; when something has changed, settle paid months and run matching and controls; see `import_paths`."""

    def control(report: ImportReport) -> None:
        registers = report.changed_registers or report.earlier_unfinished
        settle_and_control(municipality_id=municipality_id, today=today, now=now, registers=registers)

    return import_paths(
        paths=paths,
        municipality_id=municipality_id,
        actor=actor,
        now=now,
        progress=progress,
        dry_run=dry_run,
        after=control,
        held=held,
        answers=answers,
        collects=collects,
    )


def settle_and_control(*, municipality_id: UUID, today: date, now: datetime, registers: bool) -> None:
    """What follows a change of many rows: paid months are settled where `registers` changed, then all is controlled.

    Then what the finance system's figures mean is worked out anew, and what it has paid comes back. A new forecast is
    asked for besides; its job waits until this has been committed.
    """
    with service_scope(municipality_id, "control"):
        if registers:
            settle_paid_months(reason=AdjustmentReason.REGISTER, now=now)
        control_everything(municipality_id=municipality_id, today=today, now=now)
        place_figures()
        note_payments(municipality_id=municipality_id, now=now)
        request_forecast(municipality_id=municipality_id, today=today, now=now)


def request_import(*, municipality_id: UUID, paths: Sequence[Path], actor: str) -> int:
    """Ask for an import as a job, queued in the caller's transaction; gives the job's number."""
    job = jobs.configure_task(IMPORT_TASK, lock=f"import:{municipality_id}")
    return job.defer(municipality_id=str(municipality_id), paths=[str(path) for path in paths], actor=actor)


def _import_all(running: Running, files: Iterable[Source | Rejected], processes: int | None) -> None:
    registers: list[Source] = []
    documents: list[Source] = []
    rejected: list[Rejected] = []
    for found in files:
        if isinstance(found, Rejected):
            rejected.append(found)
        else:
            (documents if found.kind is FileKind.XML else registers).append(found)
    running.progress.began(len(registers) + len(documents) + len(rejected))
    for one in rejected:
        running.rejected(one)
    import_registers(running, registers)
    import_documents(running, documents, processes=processes)


def _report(running: Running, started: float) -> ImportReport:
    seconds = perf_counter() - started
    return running.tally.report(dry_run=running.dry_run, run_id=running.run_id, seconds=seconds)


def _close(running: Running, status: RunStatus, started: float) -> None:
    """End the run in the journal, if the database still answers."""
    report = _report(running, started)
    outcome = {key: value for key, value in report.as_json().items() if key not in {"problems", "differences"}}
    try:
        with service_scope(running.municipality_id, "import"):
            ended = running.now + timedelta(seconds=report.seconds)
            journal.close_run(running.run_id, status=status, outcome=outcome, now=ended)
    except Error:
        if status is RunStatus.FINISHED:
            raise


@contextmanager
def _maybe_taken_back(*, dry_run: bool) -> Iterator[None]:
    if not dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _told_in_danish() -> Iterator[None]:
    """Turn a database that went away, and a full disk, into a message fit to show."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        connection.close()
        if getattr(error.__cause__, "sqlstate", None) == _DISK_FULL:
            raise disk_full() from error
        raise lost_connection() from error
