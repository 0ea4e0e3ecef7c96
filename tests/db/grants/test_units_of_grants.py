"""Whoever manages one unit decides nothing in another in which they only look on."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Membership, Municipality, Unit
from styr.grants import acting, approving
from styr.grants.acting import Act, Actor, BeAway, Extend, Stop, carry_out
from styr.grants.core.codes import GrantStatus
from styr.grants.models import Grant
from styr.kernel.period import Period

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def mixed(municipality: Municipality, other_unit: Unit, home: UUID) -> Actor:
    """Manager of the neighbouring unit, transport coordinator in the grant's own."""
    assert Grant.objects.get(id=home).unit_id != other_unit.id
    user = persona("bo", municipality, Role.MANAGER, other_unit).user
    Membership.objects.create(
        municipality=municipality, user=user, role=Role.TRANSPORT_COORDINATOR,
        unit_id=Grant.objects.get(id=home).unit_id, starts=date(2020, 1, 1),
    )  # fmt: skip
    return Actor(user.id, TODAY, NOW)


def put(grant_id: UUID, status: GrantStatus) -> None:
    Grant.objects.filter(id=grant_id).update(status=status, professional_reason="Faglig.", economic_reason="Økonomisk.")


def approve(grant_id: UUID, actor: Actor) -> approving.Approval:
    return approving.approve_or_submit(grant_id=grant_id, actor_id=actor.id, seen_version=None, today=TODAY, now=NOW)


ACTS: tuple[Act, ...] = (Stop(TODAY), Extend(None), BeAway(Period(TODAY, None), ""))


def doing(act: Act) -> Callable[[UUID, Actor], object]:
    return lambda grant, actor: carry_out(grant_id=grant, act=act, seen_version=None, actor=actor)


STEPS: dict[str, tuple[GrantStatus, Callable[[UUID, Actor], object]]] = {
    "approve": (GrantStatus.AWAITING, approve),
    "submit": (GrantStatus.DRAFT, approve),
    "send back": (
        GrantStatus.AWAITING,
        lambda grant, actor: approving.send_back(
            grant_id=grant, reason="Nej.", actor_id=actor.id, seen_version=None, now=NOW
        ),
    ),
    "withdraw": (
        GrantStatus.DRAFT,
        lambda grant, actor: approving.withdraw(
            grant_id=grant, reason="Nej.", actor_id=actor.id, seen_version=None, now=NOW
        ),
    ),
    "reopen": (
        GrantStatus.WITHDRAWN,
        lambda grant, actor: approving.reopen(grant_id=grant, actor_id=actor.id, now=NOW),
    ),
    "resume": (
        GrantStatus.STOPPED,
        lambda grant, actor: acting.resume(grant_id=grant, seen_version=None, actor=actor),
    ),
    **{
        str(act): (GrantStatus.GRANTED, doing(act))
        for act in (Stop(TODAY), Extend(None), BeAway(Period(TODAY, None), ""))
    },
}


@pytest.mark.parametrize("step", STEPS)
def test_a_role_in_another_unit_decides_nothing_of_this_one(home: UUID, mixed: Actor, step: str) -> None:
    status, take = STEPS[step]
    put(home, status)
    with pytest.raises(approving.UnableToApproveError, match="i den enhed, bevillingen hører til"):
        take(home, mixed)
    assert Grant.objects.get(id=home).status == status


def test_the_limit_is_that_of_the_role_in_the_grant_s_unit(
    municipality: Municipality, home: UUID, mixed: Actor
) -> None:
    Membership.objects.filter(user_id=mixed.id, role=Role.TRANSPORT_COORDINATOR).update(role=Role.CASEWORKER)
    Limit.objects.create(
        municipality=municipality,
        role=Role.CASEWORKER,
        act="approve_grant",
        amount_ore=100,
        valid_from=date(2020, 1, 1),
    )
    put(home, GrantStatus.DRAFT)
    told = approve(home, mixed)
    assert (told.granted, told.limit_ore) == (False, 100)
