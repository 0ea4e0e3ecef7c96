"""Limits in kroner: by role and day, the highest of somebody's roles, and never for those who may not at all."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from personas import Persona, persona
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.limits import UnableToSetLimitError
from styr.access.models import Limit, Membership, Municipality
from styr.access.queries import limit_for, limits_from
from styr.access.scope import acting_as
from styr.access.services import set_limit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NEXT_YEAR = date(2027, 1, 1)


@pytest.fixture
def karen(municipality: Municipality, scope: str) -> Persona:
    return persona("karen", municipality, Role.CASEWORKER)


def put(who: Persona, role: Role | None, act: Act, amount_ore: int | None, starts: date = TODAY) -> None:
    set_limit(
        municipality_id=who.user.municipality_id,
        role=role,
        act=act,
        amount_ore=amount_ore,
        starts=starts,
        today=TODAY,
    )


def also(who: Persona, role: Role) -> None:
    Membership.objects.create(
        municipality_id=who.user.municipality_id, user=who.user, role=role, starts=date(2020, 1, 1)
    )


def test_without_a_limit_there_is_none_and_without_the_right_nothing_at_all(karen: Persona) -> None:
    assert limit_for(user_id=karen.user.id, act="approve_grant", on=TODAY, unit_id=None) is None
    assert limit_for(user_id=karen.user.id, act="approve_invoice", on=TODAY, unit_id=None) == 0
    assert limit_for(user_id=karen.user.id, act="four_eyes_invoice", on=TODAY, unit_id=None) is None


def test_the_highest_of_the_roles_that_may_counts_and_one_without_a_limit_lifts_it(karen: Persona) -> None:
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 10_000_000)
    assert limit_for(user_id=karen.user.id, act="approve_grant", on=TODAY, unit_id=None) == 10_000_000
    also(karen, Role.ECONOMIST)  # who approves no grants, so having no limit means nothing here
    assert limit_for(user_id=karen.user.id, act="approve_grant", on=TODAY, unit_id=None) == 10_000_000
    put(karen, Role.MANAGER, Act.APPROVE_GRANT, 50_000_000)
    also(karen, Role.MANAGER)
    assert limit_for(user_id=karen.user.id, act="approve_grant", on=TODAY, unit_id=None) == 50_000_000
    put(karen, Role.MANAGER, Act.APPROVE_GRANT, None)
    assert limit_for(user_id=karen.user.id, act="approve_grant", on=TODAY, unit_id=None) is None


def test_a_limit_holds_from_its_day_and_what_was_before_is_kept(karen: Persona) -> None:
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 10_000_000)
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 20_000_000, NEXT_YEAR)
    told = [limit_for(user_id=karen.user.id, act="approve_grant", on=day, unit_id=None) for day in (TODAY, NEXT_YEAR)]
    assert told == [10_000_000, 20_000_000]
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 0, date(2026, 12, 1))
    assert [(row.amount_ore, row.valid_from, row.valid_to) for row in limits_from(TODAY)] == [
        (10_000_000, TODAY, date(2026, 12, 1)),
        (0, date(2026, 12, 1), None),
    ]


def test_the_limit_for_two_is_the_municipality_s(karen: Persona) -> None:
    put(karen, None, Act.FOUR_EYES_INVOICE, 25_000_000)
    assert limit_for(user_id=karen.user.id, act="four_eyes_invoice", on=TODAY, unit_id=None) == 25_000_000


@pytest.mark.parametrize(
    ("role", "act", "amount", "starts", "told"),
    [
        (Role.CASEWORKER, Act.APPROVE_GRANT, 1, date(2026, 11, 21), "gået"),
        (Role.CASEWORKER, Act.APPROVE_GRANT, -1, TODAY, "negativ"),
        (Role.CASEWORKER, Act.FOUR_EYES_INVOICE, 1, TODAY, "hele kommunen"),
        (None, Act.APPROVE_GRANT, 1, TODAY, "hele kommunen"),
        (Role.ECONOMIST, Act.APPROVE_GRANT, 1, TODAY, "Økonom har ikke lov"),
    ],
)
def test_a_limit_that_means_nothing_is_refused(  # noqa: PLR0917 -- the case's own parts
    karen: Persona, role: Role | None, act: Act, amount: int, starts: date, told: str
) -> None:
    with pytest.raises(UnableToSetLimitError, match=told):
        put(karen, role, act, amount, starts)


def test_the_database_holds_one_limit_at_a_time(karen: Persona) -> None:
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 1)
    twice = Limit(
        municipality_id=karen.user.municipality_id,
        role=Role.CASEWORKER,
        act=Act.APPROVE_GRANT,
        amount_ore=2,
        valid_from=NEXT_YEAR,
    )
    with pytest.raises(IntegrityError, match="limit_one_at_a_time"), transaction.atomic():
        twice.save(force_insert=True)


def test_nobody_sets_their_own_limit(karen: Persona) -> None:
    put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 1)
    with acting_as(karen.token):
        assert Limit.objects.update(amount_ore=10**9) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            put(karen, Role.CASEWORKER, Act.APPROVE_GRANT, 10**9, NEXT_YEAR)
