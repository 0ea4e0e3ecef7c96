"""What pages and the terminal read of the journal of imports; every query runs in the caller's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from styr.integrations.core.problems import Severity
from styr.integrations.core.status import FileStatus, RunStatus
from styr.integrations.core.undo_request import UndoRequest, undo_request_of
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
    new: int = 0
    changed: int = 0
    invoices: int = 0
    undoes_id: UUID | None = None
    undone: bool = False
    sources: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What was brought in, by its first name."""
        first = self.sources[0].rpartition("/")[2] if self.sources else "uden filer"
        more = len(self.sources) - 1
        named = f"{first} og {more} {'anden' if more == 1 else 'andre'}" if more > 0 else first
        return f"Fortrudt: {named}" if self.undoes_id else named

    @property
    def state(self) -> str:
        """The word that the user sees."""
        if self.undoes_id:
            return "fortrydelse"
        return "fortrudt" if self.undone else self.status.danish


@dataclass(frozen=True, slots=True)
class RunFilter:
    """What somebody asks of the list of imports; an empty word asks nothing."""

    words: str = ""
    state: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file of an import: what it was, and what came of it."""

    id: UUID
    name: str
    kinds: tuple[str, ...]
    status: FileStatus
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RunPage:
    """One import with all about it; `files` and `problems` are the first of them."""

    run: RunView
    tables: Mapping[str, Mapping[str, int]]
    file_counts: Mapping[str, int]
    unreadable: int
    removed: int
    restored: int
    seconds: float
    files: Sequence[FileLine]
    file_total: int
    problems: Sequence["ProblemView"]
    landed: bool
    undone_by: RunView | None
    undoes: RunView | None
    undo: UndoRequest | None


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


_ORDERS = {"started": "started_at", "who": "actor", "state": "status"}


def runs(wanted: RunFilter, *, sort: str, falling: bool, offset: int, limit: int) -> tuple[list[RunView], int]:
    """The imports asked for, and how many there are in all. Two queries."""
    asked = Q()
    if wanted.words:
        asked &= Q(actor__icontains=wanted.words) | Q(sources__icontains=wanted.words)
    if wanted.state == "undone":
        asked &= Q(undone_by__isnull=False)
    elif wanted.state == "undoing":
        asked &= Q(undoes__isnull=False)
    elif wanted.state:
        asked &= Q(status=wanted.state, undoes__isnull=True)
    if wanted.since:
        asked &= Q(started_at__date__gte=wanted.since)
    found = ImportRun.objects.filter(asked).select_related("undone_by")
    order = _ORDERS.get(sort, "started_at")
    rows = found.order_by(f"-{order}" if falling else order, "-id")[offset : offset + limit]
    return [_view(run) for run in rows], found.count()


def run_page(run_id: UUID, *, files: int, problems: int) -> RunPage | None:
    """One import with its first files and problems. Five queries."""
    run = ImportRun.objects.select_related("undone_by", "undoes").filter(id=run_id).first()
    if run is None:
        return None
    own = ImportFile.objects.filter(run=run).defer("content")
    found = ImportProblem.objects.filter(file__run=run).exclude(severity=Severity.NOTE.value).select_related("file")
    outcome = run.outcome
    return RunPage(
        run=_view(run),
        tables=outcome.get("tables", {}),
        file_counts=outcome.get("files", {}),
        unreadable=outcome.get("unreadable", 0),
        removed=outcome.get("removed", 0),
        restored=outcome.get("restored", 0),
        seconds=outcome.get("seconds", 0.0),
        files=[_file(one) for one in own.order_by("-status", "read_at", "name")[:files]],
        file_total=own.count(),
        problems=[_problem(one) for one in found.order_by("file__name", "position")[:problems]],
        landed=run.landings.exists(),
        undone_by=_view(run.undone_by) if hasattr(run, "undone_by") else None,
        undoes=_view(run.undoes) if run.undoes else None,
        undo=undo_request_of(outcome),
    )


def run_head(run_id: UUID) -> tuple[RunView, UndoRequest | None] | None:
    """One import without its files, and the request to take it back. One query."""
    run = ImportRun.objects.select_related("undone_by").filter(id=run_id).first()
    return None if run is None else (_view(run), undo_request_of(run.outcome))


def nothing_imported() -> bool:
    """Whether the installation is as empty as on its first day. One query."""
    return not ImportRun.objects.filter(undoes__isnull=True, undone_by__isnull=True).exists()


def _file(file: ImportFile) -> FileLine:
    return FileLine(
        file.id,
        file.name,
        tuple(file.kinds),
        FileStatus(file.status),
        file.rows_new,
        file.rows_changed,
        file.rows_unchanged,
    )


def latest_runs(limit: int) -> list[RunView]:
    """The latest imports, the newest first."""
    return [_view(run) for run in ImportRun.objects.select_related("undone_by").order_by("-started_at")[:limit]]


def latest_and_kept_out(limit: int) -> tuple[list[RunView], int]:
    """The latest imports, and how many files are kept out now; one query. Without imports no file is."""
    one = _kept_out().order_by().annotate(all=Value(1)).values("all")
    counted = Subquery(one.annotate(count=Count("id")).values("count"))
    runs = list(
        ImportRun.objects.select_related("undone_by").annotate(kept_out=counted).order_by("-started_at")[:limit]
    )
    return [_view(run) for run in runs], (runs[0].kept_out or 0) if runs else 0


PROBLEM_SORTS: Final = {"fil": "file__name", "raekke": "row", "kolonne": "column", "fejl": "message"}
"""What the list of problems can be sorted by, as the address names it."""


def open_problems(*, limit: int, offset: int = 0) -> list[ProblemView]:
    """The problems of files that are kept out now, the latest file first."""
    return problem_page("", order=("", False), part=(offset, limit))[0]


def problem_page(words: str, *, order: tuple[str, bool], part: tuple[int, int]) -> tuple[list[ProblemView], int]:
    """The problems of files that are kept out now, and how many there are. Two queries.

    `words` are of the file, the column or what is wrong, `order` a word of `PROBLEM_SORTS` and whether it falls, and
    `part` the first problem and how many.
    """
    found = ImportProblem.objects.filter(file__in=_kept_out())
    if words:
        found = found.filter(Q(file__name__icontains=words) | Q(column__icontains=words) | Q(message__icontains=words))
    own = F(PROBLEM_SORTS[order[0]]) if order[0] in PROBLEM_SORTS else None
    by = [] if own is None else [own.desc(nulls_last=True) if order[1] else own.asc(nulls_last=True)]
    rows = found.select_related("file").order_by(*by, "-file__read_at", "file__name", "position")
    return [_problem(problem) for problem in rows[part[0] : part[0] + part[1]]], found.count()


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
    tables = run.outcome.get("tables", {}).values()
    return RunView(
        id=run.id,
        started_at=run.started_at,
        finished_at=run.finished_at,
        status=RunStatus(run.status),
        actor=run.actor,
        files=sum(files.values()),
        problems=run.outcome.get("problem_counts", {}).get(Severity.ERROR.value, 0),
        new=sum(table["new"] for table in tables),
        changed=sum(table["changed"] for table in tables),
        invoices=run.outcome.get("invoices", 0),
        undoes_id=run.undoes_id,
        undone=run.undoes_id is None and _undone(run),
        sources=tuple(run.sources),
    )


def _undone(run: ImportRun) -> bool:
    """Whether a later run took it back; asked of the row that has it at hand."""
    return "undone_by" in run._state.fields_cache and run._state.fields_cache["undone_by"] is not None  # noqa: SLF001 - Django's cache of relations


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
