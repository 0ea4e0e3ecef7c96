"""What people do to a grant that runs, as values: the same act is measured before it is confirmed, and carried out.

`effect_of` carries the act out, asks the one expected cost before and after, and takes it all back again; so what is
shown beforehand is what it comes to, to the øre.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final, assert_never

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.controls.rerunning import request_rerun
from styr.grants import changes, ending
from styr.grants.approving import BeyondLimitError, approve_or_submit, refuse_beyond, refuse_outside, take_step
from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.costing import Cost, cost_of
from styr.grants.locked import locked_grant, locked_line
from styr.grants.windows import promised, years_of

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from styr.grants.models import Grant
    from styr.grants.settle import AdjustmentLine
    from styr.kernel.period import Period


@dataclass(frozen=True)
class Stop:
    """Stop after a last day."""

    last_day: date


@dataclass(frozen=True)
class Extend:
    """Move the last day; None leaves the end open."""

    last_day: date | None


@dataclass(frozen=True)
class ChangeQuantity:
    """Another quantity of a line from a day."""

    line_id: UUID
    day: date
    quantity: Decimal


@dataclass(frozen=True)
class ChangePrice:
    """Another own price (kr. per unit) of a line from a day."""

    line_id: UUID
    day: date
    amount: Decimal


@dataclass(frozen=True)
class BeAway:
    """Absence in a period."""

    period: Period
    reason: str


@dataclass(frozen=True)
class Approve:
    """Grant it."""


_REGRET: Final = timedelta(hours=1)

Act = Stop | Extend | ChangeQuantity | ChangePrice | BeAway | Approve


@dataclass(frozen=True)
class Actor:
    """Who acts, and when."""

    id: UUID
    today: date
    now: datetime


@dataclass(frozen=True)
class Effect:
    """What an act does to the forecast: the cost before and after, and what of it concerns months that are paid.

    `beyond` says why the actor may not do it, when it promises more than their limit; else it is empty.
    """

    before: Cost
    after: Cost
    adjustments: tuple[AdjustmentLine, ...]
    beyond: str = ""

    @property
    def this_year_ore(self) -> int:
        """How much dearer (below zero: cheaper) this year becomes."""
        return self.after.forecast.this_year_ore - self.before.forecast.this_year_ore

    @property
    def next_year_ore(self) -> int:
        """How much dearer next year becomes."""
        return self.after.forecast.next_year_ore - self.before.forecast.next_year_ore

    @property
    def full_year_ore(self) -> int:
        """How much dearer twelve months become."""
        return self.after.forecast.full_year_ore - self.before.forecast.full_year_ore

    @property
    def adjusted_ore(self) -> int:
        """What is to be paid, or (below zero) paid back, for months that are paid."""
        return sum(line.amount_ore for line in self.adjustments)


@transaction.atomic
def carry_out(*, grant_id: UUID, act: Act, seen_version: int | None, actor: Actor) -> tuple[AdjustmentLine, ...]:
    """Do it, if the grant is as it was shown and the actor's limit allows; return the adjustment lines.

    Raises:
        GrantChangedMeanwhileError: it is not what was shown.
        UnableToChangeGrantError, UnableToStopGrantError, UnableToApproveError: fit to show.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    return _done_within_limit(grant, act, actor)


def effect_of(*, grant_id: UUID, act: Act, actor: Actor) -> Effect:
    """Tell what the act would do; nothing is kept. Raises as `carry_out`."""
    with transaction.atomic():
        grant = locked_grant(grant_id)
        before = cost_of(grant_id=grant_id, today=actor.today)
        beyond = ""
        try:
            with transaction.atomic():
                adjustments = _done_within_limit(grant, act, actor)
        except BeyondLimitError as refused:
            beyond, adjustments = str(refused), _done(grant, act, actor)
        after = cost_of(grant_id=grant_id, today=actor.today)
        transaction.set_rollback(True)
    return Effect(before, after, adjustments, beyond)


@transaction.atomic
def resume(*, grant_id: UUID, seen_version: int | None, actor: Actor) -> tuple[AdjustmentLine, ...]:
    """Take a stop back: the grant has its former end and its totals again; return the adjustment lines.

    It promises the grant anew, so the actor's limit must reach it; only one's own stop of the last hour promises
    nothing that was not promised when it was made.

    Raises:
        UnableToChangeGrantError: it is not stopped, or was stopped elsewhere, so that nobody knows its former end.
        UnableToApproveError: it is beyond the actor's limit.
        GrantChangedMeanwhileError: it is not what was shown.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    refuse_outside(grant, Permission.EDIT_GRANTS, actor.id, actor.today)
    stopped = ending.stop_of(grant)
    adjustments = ending.resume_grant(grant=grant, stopped=stopped, now=actor.now)
    if stopped.taken_by_id != actor.id or actor.now - stopped.taken_at > _REGRET:
        after = years_of(grant_id=grant_id, also=(actor.today,))
        cost = promised(before=(), after=after, adjustments=adjustments)
        refuse_beyond(grant=grant, promised_ore=cost, actor_id=actor.id, today=actor.today)
    take_step(grant, StepKind.RESUMED, actor.id, actor.now)
    return adjustments


@transaction.atomic
def set_follow_up(*, grant_id: UUID, on: date | None, seen_version: int | None) -> date | None:
    """Say when the grant is to be followed up; return the former day."""
    grant = locked_grant(grant_id, seen_version=seen_version)
    former, grant.follow_up_on = grant.follow_up_on, on
    grant.save(update_fields=["follow_up_on"])
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])
    return former


def _done_within_limit(grant: Grant, act: Act, actor: Actor) -> tuple[AdjustmentLine, ...]:
    """Do it; refuse what the actor's limit does not reach. An end that is moved out promises the whole grant anew."""
    if not isinstance(act, Approve):
        refuse_outside(grant, Permission.EDIT_GRANTS, actor.id, actor.today)
    if grant.status != GrantStatus.GRANTED or not isinstance(act, Extend | ChangeQuantity | ChangePrice):
        return _done(grant, act, actor)
    days = (actor.today,) if isinstance(act, Extend) else (actor.today, act.day)
    before = () if isinstance(act, Extend) and _later(grant, act) else years_of(grant_id=grant.id, also=days)
    adjustments = _done(grant, act, actor)
    cost = promised(before=before, after=years_of(grant_id=grant.id, also=days), adjustments=adjustments)
    refuse_beyond(grant=grant, promised_ore=cost, actor_id=actor.id, today=actor.today)
    return adjustments


def _later(grant: Grant, act: Extend) -> bool:
    return grant.ends is not None and (act.last_day is None or act.last_day >= grant.ends)


def _done(grant: Grant, act: Act, actor: Actor) -> tuple[AdjustmentLine, ...]:
    now = actor.now
    match act:
        case Stop():
            before = ending.undo_facts(grant, act.last_day)
            lines = ending.stop_grant(grant_id=grant.id, last_day=act.last_day, now=now)
            take_step(grant, StepKind.STOPPED, actor.id, now, before=before)
            return lines
        case Extend():
            return ending.extend_grant(grant_id=grant.id, last_day=act.last_day, now=now)
        case ChangeQuantity():
            _of_grant(act.line_id, grant)
            return changes.change_grant_from(service_line_id=act.line_id, day=act.day, quantity=act.quantity, now=now)[
                1
            ]
        case ChangePrice():
            _of_grant(act.line_id, grant)
            return changes.change_rate(service_line_id=act.line_id, valid_from=act.day, amount=act.amount, now=now)
        case BeAway():
            return changes.record_absence(grant_id=grant.id, period=act.period, reason=act.reason, now=now)
        case Approve():
            approve_or_submit(grant_id=grant.id, actor_id=actor.id, seen_version=None, today=actor.today, now=now)
            return ()
        case _:
            assert_never(act)


def _of_grant(line_id: UUID, grant: Grant) -> None:
    if locked_line(line_id).grant_id != grant.id:
        raise changes.UnableToChangeGrantError("Ydelsen hører ikke til bevillingen.")
    if grant.status not in (GrantStatus.GRANTED, GrantStatus.DRAFT, GrantStatus.EXPECTED):
        raise changes.UnableToChangeGrantError("Bevillingen er ikke åben for ændringer.")
