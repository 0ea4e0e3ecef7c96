"""A stop is taken back only as it was made: not another one, not on what has moved since, not beyond one's limit."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Limit, Municipality
from styr.grants import acting, ending
from styr.grants.acting import Actor, Extend, Stop, carry_out
from styr.grants.approving import BeyondLimitError
from styr.grants.changes import UnableToChangeGrantError
from styr.grants.core.codes import GrantStatus
from styr.grants.locked import GrantChangedMeanwhileError
from styr.grants.models import Grant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def mia(municipality: Municipality, home: UUID) -> Actor:
    return Actor(persona("mia", municipality, Role.CASEWORKER).user.id, TODAY, NOW)


def nothing(municipality: Municipality) -> None:
    Limit.objects.create(
        municipality=municipality, role=Role.CASEWORKER, act="approve_grant", amount_ore=0,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip


def stop(grant_id: UUID, actor: Actor) -> None:
    carry_out(grant_id=grant_id, act=Stop(TODAY), seen_version=None, actor=actor)


def resume(grant_id: UUID, actor: Actor) -> None:
    acting.resume(grant_id=grant_id, seen_version=Grant.objects.get(id=grant_id).version, actor=actor)


def test_the_latest_stop_is_taken_back_not_an_earlier_one(home: UUID, mia: Actor) -> None:
    stop(home, mia)
    resume(home, mia)
    carry_out(grant_id=home, act=Extend(date(2026, 12, 31)), seen_version=None, actor=mia)
    stop(home, mia)
    resume(home, mia)
    assert Grant.objects.get(id=home).ends == date(2027, 1, 1)


def test_a_stop_that_left_no_step_is_not_taken_back(home: UUID, mia: Actor) -> None:
    stop(home, mia)
    resume(home, mia)
    ending.stop_grant(grant_id=home, last_day=TODAY, now=NOW)
    with pytest.raises(UnableToChangeGrantError, match="kan ikke fortrydes"):
        resume(home, mia)


def test_a_stop_that_was_moved_since_is_not_taken_back(home: UUID, mia: Actor) -> None:
    stop(home, mia)
    Grant.objects.filter(id=home).update(ends=date(2026, 12, 1))
    with pytest.raises(UnableToChangeGrantError, match="kan ikke fortrydes"):
        resume(home, mia)


def test_a_stop_is_taken_back_on_what_was_shown(home: UUID, mia: Actor) -> None:
    seen = Grant.objects.get(id=home).version
    stop(home, mia)
    with pytest.raises(GrantChangedMeanwhileError):
        acting.resume(grant_id=home, seen_version=seen, actor=mia)


def test_taking_a_stop_back_needs_the_limit_of_the_grant(municipality: Municipality, home: UUID, mia: Actor) -> None:
    stop(home, mia)
    nothing(municipality)
    per = Actor(persona("per", municipality, Role.CASEWORKER).user.id, TODAY, NOW)
    for actor in (per, Actor(mia.id, TODAY, LATER)):
        with pytest.raises(BeyondLimitError):
            resume(home, actor)
    assert Grant.objects.get(id=home).status == GrantStatus.STOPPED
    resume(home, mia)  # her own slip of a moment ago
    assert Grant.objects.get(id=home).status == GrantStatus.GRANTED
