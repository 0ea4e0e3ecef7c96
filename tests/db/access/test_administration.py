"""Nobody widens their own scope: people, roles and units are written by those who administer."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress  # type: ignore[import-untyped]  # allauth ships no types
from django.db import DatabaseError, connection, transaction

from personas import SINCE, Persona, persona
from styr.access.core.purposes import PURPOSES
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit, User
from styr.access.scope import acting_as, service_scope
from styr.kernel.clock import now
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
OTHERS = [role for role in Role if role is not Role.ADMINISTRATOR]
# The last makes the person whom the municipality's own login has proved, with the roles that it vouches for.
MAY_ADMINISTER = {"setup", "demo", "test", "login"}
ONE_S_OWN_ROLES = {
    *("a role in the whole municipality", "a role in another unit"),
    *("moving one's role", "prolonging one's role"),
}


def widenings(someone: User, colleague: User, unit: Unit, other_unit: Unit) -> dict[str, Callable[[], int]]:
    """Every statement by which a token's scope, or somebody else's login, could be changed; each gives its rows."""

    def new_role(unit_id: object) -> int:
        role = Role.MANAGER
        Membership(municipality=unit.municipality, user=someone, unit_id=unit_id, role=role, starts=SINCE).save(  # type: ignore[misc]  # any id
            force_insert=True
        )
        return 1

    def new_user() -> int:
        User(municipality=unit.municipality, username="ny", name="Ny", password="x").save(force_insert=True)
        return 1

    def new_address() -> int:
        EmailAddress.objects.create(user=colleague, email="karen@example.org", primary=True, verified=True)
        return 1

    def new_unit() -> int:
        Unit(municipality=unit.municipality, number="77", name="Ny", parent=unit).save(force_insert=True)
        return 1

    return {
        "a role in the whole municipality": lambda: new_role(None),
        "a role in another unit": lambda: new_role(other_unit.pk),
        "moving one's role": lambda: Membership.objects.filter(user=someone).update(unit=other_unit),
        "prolonging one's role": lambda: Membership.objects.filter(user=someone).update(starts="2019-01-01"),
        "ending a colleague's role": lambda: Membership.objects.filter(user=colleague).update(ends="2021-01-01"),
        "removing a colleague's role": lambda: Membership.objects.filter(user=colleague).delete()[0],
        "a colleague's password": lambda: User.objects.filter(pk=colleague.pk).update(password="x"),
        "locking a colleague out": lambda: User.objects.filter(pk=colleague.pk).update(is_active=False),
        "one's own login name": lambda: User.objects.filter(pk=someone.pk).update(username="chef"),
        "a colleague's e-mail address": new_address,
        "a new user": new_user,
        "a new unit": new_unit,
        "another unit below one's own": lambda: Unit.objects.filter(pk=other_unit.pk).update(parent=unit),
        "a unit's name": lambda: Unit.objects.filter(pk=other_unit.pk).update(name="x"),
    }


def written(statement: Callable[[], int]) -> bool:
    """Whether the statement writes anything; it is undone either way."""
    try:
        with transaction.atomic():
            rows = statement()
            transaction.set_rollback(True)
    except DatabaseError as refused:
        told = str(refused)
        assert "row-level security" in told or "only an administrator" in told, told
        return False
    return rows > 0


@pytest.fixture
def colleague(scope: str, municipality: Municipality, other_unit: Unit) -> Persona:
    return persona("olga", municipality, Role.CASEWORKER, other_unit)


@pytest.mark.parametrize("place", ["unit", "municipality"])
@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_writes_who_sees_what(  # noqa: PLR0917 -- the case, and who and where it plays
    role: Role, place: str, municipality: Municipality, unit: Unit, other_unit: Unit, colleague: Persona
) -> None:
    who = persona("karen", municipality, role, unit if place == "unit" else None)
    with acting_as(who.token):
        ways = widenings(who.user, colleague.user, unit, other_unit)
        assert [name for name, statement in ways.items() if written(statement)] == []


def test_an_administrator_of_one_unit_cannot_reach_beyond_it(
    municipality: Municipality, unit: Unit, other_unit: Unit, colleague: Persona
) -> None:
    """Administration is of the whole municipality: in a unit it would be a way out of the unit."""
    who = persona("adam", municipality, Role.ADMINISTRATOR, unit)
    with acting_as(who.token):
        ways = widenings(who.user, colleague.user, unit, other_unit)
        assert [name for name, statement in ways.items() if written(statement)] == []


def test_an_administrator_of_the_municipality_may_all_but_give_themselves_roles(
    municipality: Municipality, unit: Unit, other_unit: Unit, colleague: Persona
) -> None:
    who = persona("adam", municipality, Role.ADMINISTRATOR)
    with acting_as(who.token):
        ways = widenings(who.user, colleague.user, unit, other_unit)
        assert {name for name, statement in ways.items() if not written(statement)} == ONE_S_OWN_ROLES


@pytest.mark.parametrize("purpose", sorted(PURPOSES))
def test_a_job_administers_only_if_its_purpose_says_so(
    purpose: str, municipality: Municipality, unit: Unit, other_unit: Unit, colleague: Persona
) -> None:
    with service_scope(municipality.id, purpose):
        ways = widenings(colleague.user, colleague.user, unit, other_unit)
        done = {name for name, statement in ways.items() if written(statement)}
    units = {"a new unit", "another unit below one's own", "a unit's name"}
    assert done == (set(ways) if purpose in MAY_ADMINISTER else units if purpose == "import" else set())


@pytest.mark.parametrize("role", list(Role))
def test_everybody_changes_their_own_password(role: Role, municipality: Municipality, unit: Unit, scope: str) -> None:
    who = persona("karen", municipality, role, unit)
    with acting_as(who.token):
        who.user.set_password("en anden lang sætning")
        who.user.save(update_fields=["password"])
        assert User.objects.filter(pk=who.user.pk).update(last_login=now()) == 1


def test_a_role_written_in_one_municipality_opens_nothing_in_another(
    scope: str, municipality: Municipality, unit: Unit, other_municipality: Municipality
) -> None:
    """A neighbour's administrator may name any user's id, and gives them nothing by it."""
    who = persona("karen", municipality, Role.CASEWORKER, unit)
    with service_scope(other_municipality.id, "test"):
        Membership.objects.bulk_create(
            [
                Membership(
                    id=uuid7(), municipality=other_municipality, user=who.user, unit=None, role=role, starts=SINCE
                )
                for role in (Role.MANAGER, Role.ADMINISTRATOR)
            ]
        )
    with acting_as(who.token), connection.cursor() as cursor:
        cursor.execute("SELECT styr_all_units(), styr_administers(), styr_units()")
        assert cursor.fetchone() == (False, False, [unit.id])
