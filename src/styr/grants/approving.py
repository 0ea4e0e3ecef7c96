"""A grant's way from draft to granted: within one's limit, else by a manager; back with a reason, or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.grants.core.codes import GrantStatus, StepKind
from styr.grants.locked import locked_grant
from styr.grants.models import Grant, GrantStep
from styr.grants.windows import dearest_of, years_of
from styr.kernel.danish import kroner
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

APPROVE = "approve_grant"
"""The act that `access` holds limits for."""


class UnableToApproveError(Refusal):
    """The grant cannot take that step; the message is fit to show."""


class BeyondLimitError(UnableToApproveError):
    """It costs more than the actor may approve."""


@dataclass(frozen=True)
class Approval:
    """What came of an approval: granted, or sent on to somebody with a higher limit (øre).

    `year_cost_ore` is of the dearest twelve months of its whole known run.
    """

    granted: bool
    year_cost_ore: int
    limit_ore: int | None


@transaction.atomic
def approve_or_submit(
    *, grant_id: UUID, actor_id: UUID, seen_version: int | None, today: date, now: datetime
) -> Approval:
    """Grant (bevilg) it when its dearest twelve months are within the actor's limit, else send it to a manager.

    Raises:
        UnableToApproveError: it cannot be granted as it is, or it waits for somebody with a higher limit already.
        GrantChangedMeanwhileError: it is not what was shown.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    refuse_outside(grant, Permission.APPROVE_GRANTS, actor_id, today)
    refuse_unready(grant)
    years = years_of(grant_id=grant_id)
    if any(year.unpriced_days for year in years):
        raise UnableToApproveError(
            "En ydelse mangler pris på nogle af dagene. Udfyld prisen, før bevillingen godkendes."
        )
    cost = dearest_of(years)
    limit = access.limit_for(user_id=actor_id, act=APPROVE, on=today, unit_id=grant.unit_id)
    within = reaches(limit, cost)
    if not within and grant.status == GrantStatus.AWAITING:
        raise BeyondLimitError(_too_dear(cost, limit))
    kind = StepKind.APPROVED if within else StepKind.SUBMITTED
    grant.status = GrantStatus.GRANTED if within else GrantStatus.AWAITING
    grant.save(update_fields=["status"])
    take_step(grant, kind, actor_id, now, year_cost_ore=cost, limit_ore=limit)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])
    return Approval(within, cost, limit)


@transaction.atomic
def send_back(*, grant_id: UUID, reason: str, actor_id: UUID, seen_version: int | None, now: datetime) -> None:
    """Give a grant that waits for approval back to its caseworker, who may then change it.

    Raises:
        UnableToApproveError: it does not wait, or no reason is given.
        GrantChangedMeanwhileError: it is not what was shown.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    if grant.status != GrantStatus.AWAITING:
        raise UnableToApproveError("Bevillingen afventer ikke godkendelse.")
    refuse_outside(grant, Permission.APPROVE_GRANTS, actor_id, localdate(now))
    _moved(grant, GrantStatus.DRAFT, StepKind.SENT_BACK, _reason(reason), actor_id, now)


@transaction.atomic
def withdraw(*, grant_id: UUID, reason: str, actor_id: UUID, seen_version: int | None, now: datetime) -> None:
    """Give up a grant that was never granted; it stays in the register as withdrawn.

    Raises:
        UnableToApproveError: it has been granted, or no reason is given.
        GrantChangedMeanwhileError: it is not what was shown.
    """
    grant = locked_grant(grant_id, seen_version=seen_version)
    if grant.status not in (GrantStatus.DRAFT, GrantStatus.EXPECTED, GrantStatus.AWAITING):
        raise UnableToApproveError("Kun en bevilling, der endnu ikke er bevilget, kan trækkes tilbage.")
    refuse_outside(grant, Permission.EDIT_GRANTS, actor_id, localdate(now))
    _moved(grant, GrantStatus.WITHDRAWN, StepKind.WITHDRAWN, _reason(reason), actor_id, now)


@transaction.atomic
def reopen(*, grant_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Make a withdrawn grant a draft again.

    Raises:
        UnableToApproveError: it is not withdrawn.
    """
    grant = locked_grant(grant_id)
    if grant.status != GrantStatus.WITHDRAWN:
        raise UnableToApproveError("Bevillingen er ikke trukket tilbage.")
    refuse_outside(grant, Permission.EDIT_GRANTS, actor_id, localdate(now))
    _moved(grant, GrantStatus.DRAFT, StepKind.REOPENED, "", actor_id, now)


def refuse_outside(grant: Grant, permission: Permission, actor_id: UUID, today: date) -> None:
    """Refuse whoever holds no role with the permission that covers the grant's unit; roles elsewhere do not count."""
    if not may_in(user_id=actor_id, permission=permission, unit_id=grant.unit_id, on=today):
        raise UnableToApproveError(f"Du må ikke {permission.danish} i den enhed, bevillingen hører til.")


def refuse_unready(grant: Grant) -> None:
    """Refuse what cannot be granted whatever it costs (SEL § 1(3): both reasons must be given)."""
    match GrantStatus(grant.status):
        case GrantStatus.STOPPED:
            raise UnableToApproveError("Bevillingen er stoppet. Opret en ny bevilling.")
        case GrantStatus.GRANTED:
            raise UnableToApproveError("Bevillingen er allerede bevilget.")
        case GrantStatus.WITHDRAWN:
            raise UnableToApproveError("Bevillingen er trukket tilbage. Åbn den igen først.")
        case _:
            pass
    for what, text in (("faglig", grant.professional_reason), ("økonomisk", grant.economic_reason)):
        if not text.strip():
            raise UnableToApproveError(f"Der mangler en {what} begrundelse (serviceloven § 1, stk. 3).")
    if not grant.lines.exists():
        raise UnableToApproveError("Bevillingen har ingen ydelser. Tilføj mindst én, før den bevilges.")


def reaches(limit: int | None, cost_ore: int) -> bool:
    """Whether a limit (øre; None is none, 0 is nothing at all) lets somebody approve what costs so much in a year."""
    return limit is None or (limit > 0 and cost_ore <= limit)


def refuse_beyond(*, grant: Grant, promised_ore: int | None, actor_id: UUID, today: date) -> None:
    """Refuse a change of what is granted that promises more than the actor may approve (`windows.promised`).

    Whoever may approve nothing makes no such change, dearer or not.
    """
    limit = access.limit_for(user_id=actor_id, act=APPROVE, on=today, unit_id=grant.unit_id)
    if not reaches(limit, promised_ore or 0):
        raise BeyondLimitError(_too_dear(promised_ore, limit))


def take_step(grant: Grant, kind: StepKind, actor_id: UUID, now: datetime, **facts: Any) -> None:
    """Write the step down."""
    GrantStep.objects.create(
        municipality_id=grant.municipality_id,
        unit_id=grant.unit_id,
        grant=grant,
        kind=kind,
        taken_by_id=actor_id,
        taken_at=now,
        **facts,
    )


def _moved(  # noqa: PLR0913, PLR0917 - the parts of one step
    grant: Grant, status: GrantStatus, kind: StepKind, reason: str, actor_id: UUID, now: datetime
) -> None:
    grant.status = status
    grant.save(update_fields=["status"])
    take_step(grant, kind, actor_id, now, reason=reason)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id])


def _reason(text: str) -> str:
    if not text.strip():
        raise UnableToApproveError("Skriv en begrundelse: den er det eneste, den næste har at gå ud fra.")
    return text.strip()


def _too_dear(cost_ore: int | None, limit: int | None) -> str:
    cost = "" if cost_ore is None else f" Bevillingen koster op til {kroner(cost_ore, whole=True)} på tolv måneder."
    own = f"Din grænse er {kroner(limit, whole=True)}" if limit else "Du må ikke godkende bevillinger."
    return f"{own}{cost} En leder skal godkende."
