"""Takes a landed import back as a whole: what it made is removed, what it changed is as it was, or nothing is done."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper as Cursor
from django.db.models import OuterRef
from django.db.utils import DataError, IntegrityError

from styr.access.scope import service_scope
from styr.budgets.services import request_forecast
from styr.grants.core.codes import AdjustmentReason
from styr.grants.price_limits import PriceBeyondLimitError
from styr.grants.settle import settle_paid_months
from styr.integrations import journal
from styr.integrations.core.status import FileStatus, RunStatus
from styr.integrations.lock import import_lock
from styr.integrations.models import ImportFile, ImportLanding, ImportRun
from styr.integrations.progress import Silent
from styr.integrations.undo_catalogue import WORKED_OUT, Tracked, tracked_tables
from styr.integrations.undo_limits import undo_within_limits
from styr.integrations.undo_plan import ROWS, UndoPlan, plan_undo
from styr.invoices.queries import document_of
from styr.invoices.services import control_everything
from styr.kernel.refusal import Refusal
from styr.ledger.services import note_payments, place_figures, take_back_payments

_CONTEXTS = ImportLanding.objects.filter(run=OuterRef("id")).values("context_id")
_REMOVE = "DELETE FROM {table} t USING {rows} u WHERE u.source = '{table}' AND u.id = t.id AND u.before IS NULL"
_RESTORE = """
    UPDATE {table} t SET {columns} FROM {rows} u JOIN {events} e ON e.pgh_id = u.before
    WHERE u.source = '{table}' AND t.id = u.id
"""
_REVIVE = """
    INSERT INTO {table} ({columns}) SELECT {values} FROM {rows} u JOIN {events} e ON e.pgh_id = u.before
    WHERE u.source = '{table}' AND u.last_label = 'delete'
"""


class UnableToUndoError(Refusal):
    """The import cannot be taken back; `plan` has every obstacle, where there is one."""

    def __init__(self, message: str, plan: UndoPlan | None = None) -> None:
        super().__init__(message)
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Undone:
    """The run that took the import back, and how many rows it removed and set back."""

    run_id: UUID
    removed: int
    restored: int


def undo_plan(*, run_id: UUID) -> UndoPlan:
    """What taking the import back would do, and what stands in its way; in the caller's scope and transaction.

    Raises:
        UnableToUndoError: it is no import that can be taken back.
    """
    found = ImportRun.objects.select_related("undone_by").filter(id=run_id)
    run = found.annotate(contexts=ArraySubquery(_CONTEXTS)).first()
    if run is None:
        raise UnableToUndoError("Indlæsningen findes ikke.")
    if run.undoes_id is not None:
        raise UnableToUndoError("En fortrydelse kan ikke fortrydes. Læs filerne ind igen i stedet.")
    if hasattr(run, "undone_by"):
        raise UnableToUndoError("Indlæsningen er allerede fortrudt.")
    if run.status == RunStatus.RUNNING.value:
        raise UnableToUndoError("Indlæsningen er i gang. Vent, til den er færdig, eller stands den.")
    if not run.contexts:
        raise UnableToUndoError("Indlæsningen har ikke ændret noget, der kan fortrydes.")
    return plan_undo(run.contexts, since=run.started_at)


def perform_undo(*, run_id: UUID, municipality_id: UUID, actor: str, now: datetime, today: date) -> Undone:
    """Take the import back, settle paid months and run matching and controls: all of it in one transaction.

    Invoices of the import are removed with what matching made of them, and their files are kept, encrypted, with the
    import's journal; so the same files can be landed again.

    Raises:
        UnableToUndoError: something stands in the way, or it makes a grant dearer than whoever asked for it may
            approve; nothing is changed.
    """
    with import_lock(municipality_id, waiting=Silent().waiting), transaction.atomic():
        with service_scope(municipality_id, "import"):
            plan = undo_plan(run_id=run_id)
            if not plan.possible:
                raise UnableToUndoError(told(plan), plan)
            take_back_payments(posting_ids=_postings())
            _keep_documents(run_id)
            try:
                with undo_within_limits(municipality_id=municipality_id, now=now):
                    removed, restored = _take_back()
            except PriceBeyondLimitError as refused:
                raise UnableToUndoError(f"Indlæsningen kan ikke fortrydes af dig. {refused}") from refused
            undone = Undone(_journal(run_id, municipality_id, actor, now, removed, restored), removed, restored)
        with service_scope(municipality_id, "control"):
            settle_paid_months(reason=AdjustmentReason.REGISTER, now=now)
            control_everything(municipality_id=municipality_id, today=today, now=now)
            place_figures()
            note_payments(municipality_id=municipality_id, now=now)
            request_forecast(municipality_id=municipality_id, today=today, now=now)
    return undone


def _postings() -> list[UUID]:
    """The postings of the import, new and changed: what was noted because of them goes with them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {ROWS} WHERE source = 'ledger_posting'")  # noqa: S608 - names from our own code
        return [row[0] for row in cursor.fetchall()]


def _take_back() -> tuple[int, int]:
    """Remove, set back and bring back, in that order: what is made may overlap with what was changed for it."""
    removed = restored = 0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for table, column in WORKED_OUT.items():
                cursor.execute(
                    f"DELETE FROM {table} WHERE {column} IN "  # noqa: S608 - names from our own code
                    f"(SELECT id FROM {ROWS} WHERE source = 'invoices_invoice' AND before IS NULL)"
                )
            tables = _written(cursor)
            for one in tables:
                cursor.execute(_REMOVE.format(table=one.table, rows=ROWS))
                removed += cursor.rowcount
            for one in tables:
                restored += _restore(cursor, one)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, DataError) as error:
        rule = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or "ukendt regel"
        raise UnableToUndoError(f"Databasen afviste fortrydelsen efter reglen »{rule}«. Intet er ændret.") from error
    return removed, restored


def _written(cursor: Cursor) -> list[Tracked]:
    """The tables that the import wrote to; rows of those that nobody may change have only followed their parent."""
    cursor.execute(f"SELECT DISTINCT source FROM {ROWS} WHERE has_table_privilege(source, 'UPDATE')")  # noqa: S608 - names from our own code
    sources = {source for (source,) in cursor.fetchall()}
    return [one for one in tracked_tables() if one.table in sources]


def _restore(cursor: Cursor, one: Tracked) -> int:
    written = [column for column in one.columns if column not in {"id", "municipality_id"}]
    sets = ", ".join(f'"{column}" = e."{column}"' for column in written)
    cursor.execute(_RESTORE.format(table=one.table, events=one.events, rows=ROWS, columns=sets))
    restored = int(cursor.rowcount)
    listed = ", ".join(f'"{column}"' for column in one.columns)
    values = ", ".join(f'e."{column}"' for column in one.columns)
    if not one.is_invoice:
        cursor.execute(_REVIVE.format(table=one.table, events=one.events, rows=ROWS, columns=listed, values=values))
        restored += int(cursor.rowcount)
    return restored


def _keep_documents(run_id: UUID) -> None:
    """Keep the bytes of invoices with their line in the journal, before their documents go."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT i.id, d.sha256 FROM {ROWS} u JOIN invoices_document d ON d.id = u.id "  # noqa: S608 - names from our own code
            "JOIN invoices_invoice i ON i.document_id = d.id WHERE u.source = 'invoices_document' AND u.before IS NULL"
        )
        found = cursor.fetchall()
    for invoice_id, sha256 in found:
        document = document_of(invoice_id)
        if document is not None:
            journal.keep_content(run_id, sha256, document[1])


def _journal(  # noqa: PLR0913, PLR0917 - what the journal tells
    run_id: UUID, municipality_id: UUID, actor: str, now: datetime, removed: int, restored: int
) -> UUID:
    files = ImportFile.objects.filter(run_id=run_id, status=FileStatus.LANDED.value)
    number = files.update(status=FileStatus.UNDONE.value)
    undone = ImportRun.objects.get(id=run_id)
    run = ImportRun.objects.create(
        municipality_id=municipality_id,
        started_at=now,
        finished_at=now,
        status=RunStatus.FINISHED.value,
        actor=actor,
        sources=undone.sources,
        undoes=undone,
        outcome={"files": {FileStatus.UNDONE.value: number}, "removed": removed, "restored": restored},
    )
    return run.id


def told(plan: UndoPlan) -> str:
    """Everything that stands in the way, in a sentence."""
    if not plan.obstacles:
        return "Indlæsningen har ikke ændret noget, der kan fortrydes."
    return "Indlæsningen kan ikke fortrydes: " + "; ".join(
        f"{one.reason}{': ' + ', '.join(one.records) if one.records else ''}" for one in plan.obstacles
    )
