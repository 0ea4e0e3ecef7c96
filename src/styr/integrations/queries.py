"""What pages and the terminal read of the journal of imports; every query runs in the caller's scope."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from styr.integrations.core.problems import Severity
from styr.integrations.core.status import FileStatus, RunStatus
from styr.integrations.models import ImportFile, ImportProblem, ImportRun


@dataclass(frozen=True, slots=True)
class RunView:
    """An import as lists show it: `files` were looked at, `problems` are the errors found in them."""

    id: UUID
    started_at: datetime
    finished_at: datetime | None
    status: RunStatus
    actor: str
    files: int
    problems: int


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem of an import with where it is and how to mend it; `value` is masked."""

    file_id: UUID
    file: str
    severity: Severity
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    mend: str


def latest_runs(limit: int) -> list[RunView]:
    """The latest imports, the newest first."""
    return [_view(run) for run in ImportRun.objects.order_by("-started_at")[:limit]]


def open_problems(*, limit: int, offset: int = 0) -> list[ProblemView]:
    """The problems of files that are kept out now, the latest file first."""
    found = ImportProblem.objects.filter(file__in=_kept_out()).select_related("file")
    ordered = found.order_by("-file__read_at", "file__name", "position")[offset : offset + limit]
    return [_problem(problem) for problem in ordered]


def kept_out_count() -> int:
    """How many files are kept out now."""
    return _kept_out().count()


def _kept_out() -> QuerySet[ImportFile]:
    """Files that failed, save those after which a file of the same name, with their registers, has landed.

    A file that fails is always later than what landed before it (`journal.record`), so one of equal time landed after.
    """
    mended = ImportFile.objects.filter(
        status=FileStatus.LANDED.value,
        name=OuterRef("name"),
        kinds__contains=OuterRef("kinds"),
        read_at__gte=OuterRef("read_at"),
    )
    return ImportFile.objects.filter(~Exists(mended), status=FileStatus.FAILED.value)


def _view(run: ImportRun) -> RunView:
    files = run.outcome.get("files", {})
    return RunView(
        id=run.id,
        started_at=run.started_at,
        finished_at=run.finished_at,
        status=RunStatus(run.status),
        actor=run.actor,
        files=sum(files.values()),
        problems=run.outcome.get("problem_counts", {}).get(Severity.ERROR.value, 0),
    )


def _problem(problem: ImportProblem) -> ProblemView:
    return ProblemView(
        file_id=problem.file_id,
        file=problem.file.name,
        severity=Severity(problem.severity),
        sheet=problem.sheet,
        row=problem.row,
        column=problem.column,
        value=problem.value,
        message=problem.message,
        mend=problem.mend,
    )
