"""Making a forecast in a job: each step in a scope and a transaction of its own, so that pages see how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from styr.access.scope import service_scope
from styr.budgets import services

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

PURPOSE: Final = "control"


def make_in_steps(*, municipality_id: UUID, run_id: UUID, now: Callable[[], datetime]) -> None:
    """Make a run that was asked for; one that is made already is left alone.

    What cannot be made is noted on the run, the forecast before goes on standing, and the error is told to the job.
    """
    try:
        with service_scope(municipality_id, PURPOSE):
            if not services.begin(run_id=run_id):
                return
        with service_scope(municipality_id, PURPOSE):
            services.count_months(run_id=run_id)
        with service_scope(municipality_id, PURPOSE):
            services.explain_deviation(run_id=run_id, now=now())
    except Exception:
        with service_scope(municipality_id, PURPOSE):
            services.give_up(run_id=run_id, why="Prognosen kunne ikke beregnes. Fejlen står i programmets log.")
        raise
