"""What is worked out anew when something changed: the controls, and before them what the domains above must prepare.

Registers ask for it by `request_rerun`; they lie above the controls and below the invoices, whose matching has to be
done again before the invoice controls can say anything. So the highest domain hands its own procedure down at start.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from procrastinate.contrib.django import app as jobs

from styr.controls.services import run_controls

if TYPE_CHECKING:
    from procrastinate.types import JSONValue

RERUN_TASK = "controls.rerun"
"""The job's name: services defer it, `tasks.py` performs it."""


class Procedure(Protocol):
    """Brings findings in step with what `changed` ids (of any kind; None: everything) touch, in the caller's scope."""

    def __call__(
        self, *, municipality_id: UUID, today: date, now: datetime, changed: Collection[UUID] | None = None
    ) -> object:
        """Do it; doing it twice changes nothing."""


def controls_alone(
    *, municipality_id: UUID, today: date, now: datetime, changed: Collection[UUID] | None = None
) -> object:
    """The procedure when no domain above has anything to prepare."""
    return run_controls(municipality_id=municipality_id, today=today, now=now, narrow_ids=changed)


_procedures: list[Procedure] = [controls_alone]


def use_procedure(procedure: Procedure) -> None:
    """Let that procedure stand for the controls alone; called by a domain above when Django starts."""
    _procedures[:] = [procedure]


def rerun(*, municipality_id: UUID, today: date, now: datetime, changed: Collection[UUID] | None = None) -> object:
    """Follow the procedure now; runs in a scope over the whole municipality."""
    return _procedures[0](municipality_id=municipality_id, today=today, now=now, changed=changed)


def request_rerun(*, municipality_id: UUID, ids: Collection[UUID]) -> None:
    """Ask for what `ids` touch to be worked out again; the job is queued in the caller's transaction."""
    if ids:
        job = jobs.configure_task(RERUN_TASK, lock=f"controls:{municipality_id}")
        named: list[JSONValue] = [*sorted(str(changed) for changed in set(ids))]
        job.defer(municipality_id=str(municipality_id), ids=named)
