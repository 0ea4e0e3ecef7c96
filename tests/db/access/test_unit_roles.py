"""A role counts where it is held: in its unit, below it, or everywhere; never in a neighbour's."""

from datetime import date
from typing import Any

import pytest

from personas import Persona, persona
from styr.access.core.permissions import Permission
from styr.access.core.roles import Role
from styr.access.models import Limit, Membership, Municipality, Unit
from styr.access.queries import highest_limit_for, limit_for
from styr.access.unit_roles import may_in, roles_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SINCE = date(2020, 1, 1)


@pytest.fixture
def mixed(municipality: Municipality, unit: Unit, other_unit: Unit, scope: str) -> Persona:
    """A manager of one unit who coordinates transport in another."""
    made = persona("bo", municipality, Role.MANAGER, unit)
    also(made, Role.TRANSPORT_COORDINATOR, other_unit)
    return made


def also(who: Persona, role: Role, unit: Unit | None, ends: date | None = None) -> None:
    Membership.objects.create(
        municipality_id=who.user.municipality_id, user=who.user, role=role, unit=unit, starts=SINCE, ends=ends
    )


def held(who: Persona, unit: Unit | None) -> frozenset[Role]:
    return roles_in(user_id=who.user.id, unit_id=unit.id if unit else None, on=TODAY)


def test_a_role_counts_in_its_own_unit(mixed: Persona, unit: Unit, other_unit: Unit) -> None:
    assert held(mixed, unit) == {Role.MANAGER}
    assert held(mixed, other_unit) == {Role.TRANSPORT_COORDINATOR}
    assert held(mixed, unit.parent) == held(mixed, None) == frozenset()
    for permission in (Permission.APPROVE_GRANTS, Permission.DECIDE_INVOICES):
        told = [
            may_in(user_id=mixed.user.id, permission=permission, unit_id=one.id, on=TODAY) for one in (unit, other_unit)
        ]
        assert told == [True, False]


def test_a_role_above_and_one_everywhere_cover_what_is_below(
    mixed: Persona, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    also(mixed, Role.ECONOMIST, unit.parent)
    also(mixed, Role.LAWYER, None)
    assert held(mixed, other_unit) == {Role.TRANSPORT_COORDINATOR, Role.ECONOMIST, Role.LAWYER}
    assert held(mixed, unit.parent) == {Role.ECONOMIST, Role.LAWYER}
    assert held(mixed, None) == {Role.LAWYER}


def test_a_role_that_has_ended_counts_nowhere(mixed: Persona, other_unit: Unit) -> None:
    also(mixed, Role.MANAGER, other_unit, ends=TODAY)
    assert held(mixed, other_unit) == {Role.TRANSPORT_COORDINATOR}


def test_an_auditor_of_any_unit_writes_nothing_and_no_single_unit_is_administered(
    mixed: Persona, unit: Unit, other_unit: Unit
) -> None:
    also(mixed, Role.AUDITOR, other_unit)
    also(mixed, Role.ADMINISTRATOR, unit)
    assert held(mixed, unit) == {Role.MANAGER, Role.AUDITOR}
    assert not may_in(user_id=mixed.user.id, permission=Permission.APPROVE_GRANTS, unit_id=unit.id, on=TODAY)


def test_a_limit_is_that_of_the_roles_that_cover_the_unit(mixed: Persona, unit: Unit, other_unit: Unit) -> None:
    also(mixed, Role.CASEWORKER, other_unit)
    for role, ore in ((Role.MANAGER, 50_000_000), (Role.CASEWORKER, 10_000_000)):
        Limit.objects.create(
            municipality_id=mixed.user.municipality_id, role=role, act="approve_grant", amount_ore=ore, valid_from=SINCE
        )
    asked: dict[str, Any] = {"user_id": mixed.user.id, "act": "approve_grant", "on": TODAY}
    told = [limit_for(**asked, unit_id=one.id) for one in (unit, other_unit)]
    assert told == [50_000_000, 10_000_000]
    assert limit_for(user_id=mixed.user.id, act="approve_invoice", on=TODAY, unit_id=other_unit.id) == 0
    assert highest_limit_for(user_id=mixed.user.id, act="approve_grant", on=TODAY) == 50_000_000
