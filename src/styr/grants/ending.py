"""The end of a grant: stopped after a day, moved, or a stop taken back. `acting` measures these and writes them down.

What the new end does to months that were paid becomes adjustment lines (`settle`), never another price for them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from styr.controls.rerunning import request_rerun
from styr.grants.changes import UnableToChangeGrantError
from styr.grants.core.codes import AdjustmentReason, GrantStatus, StepKind
from styr.grants.locked import locked_grant
from styr.grants.settle import AdjustmentLine, settle_paid_months
from styr.grants.totals import shorten_totals
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY
from styr.kernel.refusal import Refusal
from styr.kernel.units import Per

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from styr.grants.models import Grant, GrantStep


class UnableToStopGrantError(Refusal):
    """The grant cannot be stopped on that day."""


@transaction.atomic
def stop_grant(*, grant_id: UUID, last_day: date, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Stop a grant after its last day; what was paid for later days becomes adjustment lines, which are returned.

    The day before the start stops a grant that never came to anything. A total is cut to the days that are left.

    Raises:
        UnableToStopGrantError: it was never granted, is stopped, or the day lies outside its period.
    """
    grant = locked_grant(grant_id)
    if grant.status == GrantStatus.STOPPED:
        raise UnableToStopGrantError("Bevillingen er allerede stoppet.")
    if grant.status != GrantStatus.GRANTED:
        raise UnableToStopGrantError("Bevillingen er aldrig bevilget, så der er intet at stoppe. Slet den i stedet.")
    ends = last_day + ONE_DAY
    if ends < grant.starts:
        raise UnableToStopGrantError(f"Bevillingen begynder først {danish_date(grant.starts)}.")
    if grant.ends is not None and ends > grant.ends:
        raise UnableToStopGrantError(f"Bevillingen slutter allerede {danish_date(grant.ends - ONE_DAY)}.")
    shorten_totals(grant, ends)
    grant.status, grant.ends = GrantStatus.STOPPED, ends
    grant.save(update_fields=["status", "ends"])
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])
    return settle_paid_months(grant_ids=[grant_id], reason=AdjustmentReason.PERIOD, now=now)


@transaction.atomic
def extend_grant(*, grant_id: UUID, last_day: date | None, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Move the end of a grant that is not stopped; None leaves it open. Returns the adjustment lines.

    Raises:
        UnableToChangeGrantError: it is stopped, or would end before it begins.
    """
    grant = locked_grant(grant_id)
    if grant.status == GrantStatus.STOPPED:
        raise UnableToChangeGrantError("Bevillingen er stoppet. Opret en ny bevilling.")
    if last_day is not None and last_day < grant.starts:
        raise UnableToChangeGrantError(f"Bevillingen begynder først {danish_date(grant.starts)}.")
    grant.ends = None if last_day is None else last_day + ONE_DAY
    grant.save(update_fields=["ends"])
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])
    return settle_paid_months(grant_ids=[grant_id], reason=AdjustmentReason.PERIOD, now=now)


def undo_facts(grant: Grant, last_day: date) -> dict[str, Any]:
    """What it takes to take a stop back: the end, the totals that a stop cuts short, and where it ends until then."""
    totals = grant.lines.filter(per=Per.TOTAL).values_list("id", "quantity")
    return {
        "ends": grant.ends.isoformat() if grant.ends else None,
        "until": (last_day + ONE_DAY).isoformat(),
        "quantities": {str(line_id): str(quantity) for line_id, quantity in totals},
    }


@transaction.atomic
def resume_grant(*, grant: Grant, stopped: GrantStep, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Take a stop back: the grant, locked, has its former end and its totals again; return the adjustment lines."""
    ends = stopped.before["ends"]
    grant.status, grant.ends = GrantStatus.GRANTED, date.fromisoformat(ends) if ends else None
    grant.save(update_fields=["status", "ends"])
    for line_id, quantity in stopped.before["quantities"].items():
        grant.lines.filter(id=line_id).update(quantity=Decimal(quantity))
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id])
    return settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.PERIOD, now=now)


def stop_of(grant: Grant) -> GrantStep:
    """The step that stopped the grant as it stands.

    Raises:
        UnableToChangeGrantError: it is not stopped, was stopped elsewhere, or was resumed or moved since: then nobody
            knows the end that it had before.
    """
    step = grant.steps.filter(kind__in=(StepKind.STOPPED, StepKind.RESUMED)).order_by("-taken_at", "-id").first()
    stopped = grant.status == GrantStatus.STOPPED and grant.ends is not None
    if not stopped or step is None or step.kind != StepKind.STOPPED or step.before.get("until") != str(grant.ends):
        raise UnableToChangeGrantError("Stoppet kan ikke fortrydes. Opret en ny bevilling.")
    return step
