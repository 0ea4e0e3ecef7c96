"""Asking for a year's refund to be computed anew: a job over the whole municipality does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.kernel.clock import danish_day
from styr.refunds.computing import compute_owed, compute_year
from styr.refunds.models import RefundRun

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

COMPUTE_TASK: Final = "refunds.compute"
"""The job's name: services defer it, `tasks.py` performs it."""

_SETTLING_MONTHS: Final = 6


@transaction.atomic
def request_computation(*, municipality_id: UUID, year: int, now: datetime) -> None:
    """Queue the job in the caller's transaction, and note that it waits."""
    RefundRun.objects.update_or_create(
        municipality_id=municipality_id,
        year=year,
        defaults={"asked_at": now},
        create_defaults={"asked_at": now, "open_from": danish_day(now).replace(month=1, day=1, year=year)},
    )
    jobs.configure_task(COMPUTE_TASK, lock=f"refunds:{municipality_id}").defer(
        municipality_id=str(municipality_id), year=year
    )


def compute_all(*, municipality_id: UUID, year: int | None, today: date, now: datetime) -> None:
    """Compute a year (None: this one, and the one before while it is still being settled) and what is owed to us."""
    usual = [today.year] if today.month > _SETTLING_MONTHS else [today.year - 1, today.year]
    for each in usual if year is None else [year]:
        compute_year(municipality_id=municipality_id, year=each, today=today, now=now)
    compute_owed(municipality_id=municipality_id, today=today)
