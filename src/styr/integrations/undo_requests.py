"""That somebody has asked for an import to be taken back, and how far it is: kept with the import's outcome."""

from contextlib import nullcontext
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from styr.access.scope import service_scope
from styr.integrations.core.status import UndoState
from styr.integrations.core.undo_request import KEY
from styr.integrations.models import ImportRun
from styr.integrations.undoing import UnableToUndoError, perform_undo, told, undo_plan
from styr.suppliers.bringing import brought_by

UNDO_TASK = "integrations.undo"
_UNFORESEEN = (
    "Der skete en fejl, som programmet ikke kender. Intet er ændret. Prøv igen, og kontakt driften, hvis det sker igen."
)


def request_undo(*, run_id: UUID, municipality_id: UUID, actor: str, now: datetime, by: UUID | None = None) -> None:
    """Ask for the import to be taken back as a job, queued in the caller's transaction; `by` whose limits hold it.

    Raises:
        UnableToUndoError: something stands in the way already now.
    """
    plan = undo_plan(run_id=run_id)
    if not plan.possible:
        raise UnableToUndoError(told(plan), plan)
    job = jobs.configure_task(UNDO_TASK, lock=f"import:{municipality_id}", queueing_lock=f"undo:{run_id}")
    try:
        with transaction.atomic():
            person = {} if by is None else {"by": str(by)}
            job.defer(municipality_id=str(municipality_id), run_id=str(run_id), actor=actor, **person)
    except AlreadyEnqueued as error:
        raise UnableToUndoError("Indlæsningen er allerede ved at blive fortrudt.") from error
    _note(run_id, UndoState.WAITING, actor=actor, at=now)


def carry_out_undo(  # noqa: PLR0913 - one use case, all by keyword
    *, run_id: UUID, municipality_id: UUID, actor: str, now: datetime, today: date, by: UUID | None = None
) -> None:
    """Take the import back and tell how it went; what stands in the way is kept for whoever asked."""
    with service_scope(municipality_id, "import"):
        _note(run_id, UndoState.WORKING, actor=actor, at=now)
    state: UndoState | None = UndoState.FAILED
    message = _UNFORESEEN
    try:
        with brought_by(by) if by else nullcontext():
            perform_undo(run_id=run_id, municipality_id=municipality_id, actor=actor, now=now, today=today)
        state = None
    except UnableToUndoError as error:
        state, message = UndoState.REFUSED, str(error)
    finally:
        with service_scope(municipality_id, "import"):
            _note(run_id, state, actor=actor, at=now, message=message)


@transaction.atomic
def _note(run_id: UUID, state: UndoState | None, *, actor: str, at: datetime, message: str = "") -> None:
    run = ImportRun.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        return
    run.outcome.pop(KEY, None)
    if state is not None:
        run.outcome[KEY] = {"state": state.value, "actor": actor, "at": at.isoformat(), "message": message}
    run.save(update_fields=["outcome"])
