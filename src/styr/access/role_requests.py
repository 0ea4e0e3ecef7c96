"""A role takes two administrators: one gives it, another confirms it, and until then it gives nothing.

Where there is no other administrator than the one who gives it and the one it is for, it holds at once, and those who
read the logs are told. The database holds to the same (0018_two_for_a_role.sql).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from styr.access.core.role_answers import RoleAnswer
from styr.access.core.roles import Role
from styr.access.models import User
from styr.access.role_request_models import RoleRequest
from styr.access.sign_on.mapping import UnableToMapRoleError, map_role, refuse_mapping
from styr.access.staff import (
    NewRole,
    UnableToChangeUserError,
    activate_user,
    give_role,
    refuse_role,
    take_roles,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class WaitingRole:
    """A role that waits for another administrator: for a person in a unit (None everywhere), or for a job role."""

    id: UUID
    user_id: UUID | None
    user_name: str
    role: Role
    unit_name: str
    starts: date | None
    pattern: str
    constraint: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class RoleTold:
    """A role that was given or asked for: what the ones who read the logs, or administer, are told."""

    id: UUID
    user_id: UUID | None
    username: str
    role: Role
    pattern: str
    asked_by: UUID
    answered_by: UUID | None
    answer: RoleAnswer
    happened_at: datetime


def others_administer(*, besides: UUID | None) -> bool:
    """Whether another than the one in scope, and than `besides`, administers: then a role takes two. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_others_administer(%s)", [besides])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def give_or_ask(*, user_id: UUID, new: NewRole, actor_id: UUID, now: datetime) -> bool:
    """Give somebody a role, or ask another administrator to confirm it; True when it waits.

    Raises `UnableToChangeUserError` as `staff.give_role`, and for a role that waits already.
    """
    user = refuse_role(user_id=user_id, new=new, actor_id=actor_id)
    waits = others_administer(besides=user_id)
    _asked(
        RoleRequest(
            municipality_id=user.municipality_id, user=user, unit_id=new.unit_id, role=new.role, starts=new.starts,
            ends=new.ends,
        ),
        actor_id=actor_id, now=now, waits=waits,
    )  # fmt: skip
    if not waits:
        give_role(user_id=user_id, new=new, actor_id=actor_id)
    return waits


@transaction.atomic
def reopen_user(*, user_id: UUID, actor_id: UUID, now: datetime, today: date) -> int:
    """Let somebody in again; gives how many of their roles wait for another administrator.

    Where there is another, the roles that were left to the account end, and are asked for anew: one alone could else
    open the account of somebody who has left and act with its roles. Those of the municipality's login are not asked
    for: the next login gives them.
    """
    if not others_administer(besides=user_id):
        activate_user(user_id=user_id)
        return 0
    left = take_roles(user_id=user_id, today=today)
    activate_user(user_id=user_id)
    held = {(one.role, one.unit_id) for one in waiting_of(user_id)}
    again = [one for one in left if (one.role, one.unit_id) not in held]
    for new in again:
        give_or_ask(user_id=user_id, new=new, actor_id=actor_id, now=now)
    return len(left)


@transaction.atomic
def map_or_ask(  # noqa: PLR0913 -- a line of the mapping, and who makes it when
    *, municipality_id: UUID, pattern: str, role: Role, constraint: str, actor_id: UUID, now: datetime
) -> bool:
    """Let a role of the provider give one here, or ask another administrator to confirm it; True when it waits.

    Raises `UnableToMapRoleError` as `mapping.map_role`, and `UnableToChangeUserError` for one that waits already.
    """
    wanted, limit = refuse_mapping(pattern=pattern, role=role, constraint=constraint)
    waits = others_administer(besides=None)
    _asked(
        RoleRequest(municipality_id=municipality_id, role=role, pattern=wanted, constraint=limit),
        actor_id=actor_id, now=now, waits=waits,
    )  # fmt: skip
    if not waits:
        map_role(municipality_id=municipality_id, pattern=wanted, role=role, constraint=limit)
    return waits


@transaction.atomic
def confirm(*, request_id: UUID, actor_id: UUID, now: datetime, today: date) -> None:
    """Give the role that another administrator asked for; one that was to begin earlier begins today.

    Raises `UnableToChangeUserError`: it is answered, the actor asked for it or would get it, or it cannot be given
    any more.
    """
    asked = _waiting(request_id)
    if asked.asked_by_id == actor_id:
        raise UnableToChangeUserError("En anden administrator end den, der har givet rollen, skal bekræfte den.")
    if asked.user_id is None:
        try:
            map_role(
                municipality_id=asked.municipality_id, pattern=asked.pattern, role=Role(asked.role),
                constraint=asked.constraint,
            )  # fmt: skip
        except UnableToMapRoleError as taken:
            raise UnableToChangeUserError(str(taken)) from taken
    else:
        starts = today if asked.starts is None else max(asked.starts, today)
        new = NewRole(Role(asked.role), asked.unit_id, starts, asked.ends)
        give_role(user_id=asked.user_id, new=new, actor_id=actor_id)
    _answered(asked, RoleAnswer.CONFIRMED, actor_id, now)


@transaction.atomic
def decline(*, request_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Say no to a role that waits, or take back one's own; raises `UnableToChangeUserError` when it is answered."""
    _answered(_waiting(request_id), RoleAnswer.DECLINED, actor_id, now)


def waiting_roles() -> tuple[WaitingRole, ...]:
    """Return what waits for another administrator, the oldest first; one query."""
    rows = (
        RoleRequest.objects.filter(answer=RoleAnswer.WAITING)
        .select_related("user", "unit", "asked_by")
        .order_by("asked_at")
    )
    return tuple(
        WaitingRole(
            row.id, row.user_id, row.user.name if row.user else "", Role(row.role),
            row.unit.name if row.unit else "Hele kommunen", row.starts, row.pattern, row.constraint, row.asked_by_id,
            row.asked_by.name, row.asked_at,
        )
        for row in rows
    )  # fmt: skip


def waiting_of(user_id: UUID) -> tuple[NewRole, ...]:
    """Return the roles that wait for another administrator to confirm them for somebody; one query."""
    rows = RoleRequest.objects.filter(answer=RoleAnswer.WAITING, user_id=user_id, starts__isnull=False)
    return tuple(NewRole(Role(row.role), row.unit_id, row.starts, row.ends) for row in rows if row.starts)


def roles_told(*, since: datetime) -> list[RoleTold]:
    """Return the roles that wait, and those that were given since with or without a second person; one query."""
    rows = RoleRequest.objects.exclude(answer=RoleAnswer.DECLINED).filter(asked_at__gte=since).select_related("user")
    return [
        RoleTold(
            row.id, row.user_id, row.user.username if row.user else "", Role(row.role), row.pattern, row.asked_by_id,
            row.answered_by_id, RoleAnswer(row.answer), row.answered_at or row.asked_at,
        )
        for row in rows
    ]  # fmt: skip


def other_administrators(*, besides: UUID, on: date) -> list[UUID]:
    """Return the people who administer on a day, but one; one query."""
    held = User.objects.filter(
        memberships__role=Role.ADMINISTRATOR, memberships__unit=None, memberships__starts__lte=on, is_active=True,
        is_program=False,
    ).exclude(memberships__ends__lte=on)  # fmt: skip
    return list(held.exclude(id=besides).values_list("id", flat=True).distinct())


def _asked(request: RoleRequest, *, actor_id: UUID, now: datetime, waits: bool) -> None:
    request.asked_by_id, request.asked_at = actor_id, now
    request.answer = RoleAnswer.WAITING if waits else RoleAnswer.ALONE
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as taken:
        raise UnableToChangeUserError(
            "Den rolle venter allerede på, at en anden administrator bekræfter den."
        ) from taken


def _waiting(request_id: UUID) -> RoleRequest:
    found = RoleRequest.objects.select_for_update().filter(pk=request_id, answer=RoleAnswer.WAITING).first()
    if found is None:
        raise UnableToChangeUserError("Rollen venter ikke længere på svar.")
    return found


def _answered(asked: RoleRequest, answer: RoleAnswer, actor_id: UUID, now: datetime) -> None:
    asked.answer, asked.answered_by_id, asked.answered_at = answer, actor_id, now
    asked.save(update_fields=["answer", "answered_by", "answered_at"])
