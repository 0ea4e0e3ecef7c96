"""Asking for the figures to be worked out anew; nothing here is written by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs
from procrastinate.exceptions import AlreadyEnqueued

from styr.access.scope import service_scope
from styr.reports.freshness import HISTORIES
from styr.reports.models import Prepared
from styr.reports.preparing import prepare

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

PREPARE_TASK: Final = "reports.prepare"
"""The job's name: services defer it, `tasks.py` performs it."""
PURPOSE: Final = "control"


def request_figures(*, municipality_id: UUID) -> bool:
    """Ask for the figures of a municipality; False where somebody already has, and nobody has begun."""
    lock = f"{PREPARE_TASK}:{municipality_id}"
    job = jobs.configure_task(PREPARE_TASK, lock=lock, queueing_lock=lock)
    try:
        with transaction.atomic():  # a second request is refused by the database, and the page goes on
            job.defer(municipality_id=str(municipality_id))
    except AlreadyEnqueued:
        return False
    return True


def prepare_now(*, municipality_id: UUID, today: date, now: datetime) -> None:
    """Work the figures out, in a scope over the whole municipality."""
    with service_scope(municipality_id, PURPOSE):
        prepare(municipality_id=municipality_id, today=today, now=now)


def prepare_if_old(*, municipality_id: UUID, today: date, now: datetime) -> bool:
    """The same where anything has changed since, or a day has passed; whether it was so."""
    with service_scope(municipality_id, PURPOSE):
        kept = Prepared.objects.filter(year=today.year).first()
        if kept is not None and kept.as_of == today and not HISTORIES.changed_since(kept.seen):
            return False
        prepare(municipality_id=municipality_id, today=today, now=now)
        return True
