"""A unit that is moved brings its budget in force along: no two of a year may come to be of the same units."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import sleep
from typing import Any

import pytest
from django.db import connection

from db.planning.conftest import NOW, TODAY, Town
from personas import Persona, persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.access.units import UnableToChangeUnitError, change_unit
from styr.planning.budgeting import UnableToMakeBudgetError
from styr.planning.deciding import Actor, withdraw
from styr.planning.models import BudgetVersion

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss(municipality: Municipality) -> Persona:
    with service_scope(municipality.id, "test"):
        return persona("boss", municipality, Role.MANAGER)


@pytest.fixture
def child(municipality: Municipality, other_unit: Unit) -> Unit:
    """A unit below the one that is to be moved."""
    with service_scope(municipality.id, "setup"):
        return Unit.objects.create(municipality=municipality, number="9902", name="Bofællesskab", parent=other_unit)


@pytest.fixture
def in_force(town: Town, municipality: Municipality, boss: Persona) -> Callable[..., BudgetVersion]:
    """Approve a budget of a unit and year, in the scope there is."""
    told: dict[str, Any] = {"made_by_id": town.lone.user.id, "made_at": NOW, "decided_by_id": boss.user.id}
    told |= {"municipality": municipality, "name": "Budget", "state": "approved", "decided_at": NOW}
    return lambda unit, year: BudgetVersion.objects.create(unit=unit, year=year, **told)


@pytest.fixture
def move(municipality: Municipality, unit: Unit, other_unit: Unit) -> Callable[[], None]:
    """Move the other unit, with what is below it, below the first: as somebody who sees no budget at all."""

    def moved() -> None:
        with service_scope(municipality.id, "setup"):
            told = {"number": other_unit.number, "name": other_unit.name, "ean": other_unit.ean}
            change_unit(unit_id=other_unit.id, parent_id=unit.id, **told)

    return moved


def test_it_stays_where_it_is_until_one_of_them_is_taken_out_of_force(  # noqa: PLR0917 - fixtures
    town: Town,
    municipality: Municipality,
    unit: Unit,
    child: Unit,
    boss: Persona,
    in_force: Callable[..., BudgetVersion],
    move: Callable[[], None],
) -> None:
    with service_scope(municipality.id, "test"):
        above = [in_force(one, year) for year in (2020, 2090) for one in (child, unit)][-1]
    with pytest.raises(UnableToChangeUnitError, match=f"»Bofællesskab« og »{unit.name}« .* budget for 2090"):
        move()
    with acting_as(boss.token):
        for who, reason, says in ((town.lone, "Ny enhed", "rolle"), (boss, " ", "hvorfor")):
            with pytest.raises(UnableToMakeBudgetError, match=says):
                withdraw(version_id=above.id, reason=reason, actor=Actor(who.user.id, TODAY, NOW))
        withdraw(version_id=above.id, reason="Enhederne lægges sammen", actor=Actor(boss.user.id, TODAY, NOW))
        with pytest.raises(UnableToMakeBudgetError, match="godkendt budget"):
            withdraw(version_id=above.id, reason="Igen", actor=Actor(boss.user.id, TODAY, NOW))
    move()
    with service_scope(municipality.id, "test"):
        moved = Unit.objects.get(id=child.parent_id)
        assert moved.parent_id == unit.id, "budgets of years that have ended hold nobody"


def test_a_move_waits_for_whoever_approves_and_sees_what_they_left(
    municipality: Municipality,
    unit: Unit,
    child: Unit,
    in_force: Callable[..., BudgetVersion],
    move: Callable[[], None],
) -> None:
    go, refused = Barrier(2), []

    def approve() -> None:
        with service_scope(municipality.id, "test"):
            for one in (unit, child):
                in_force(one, 2091)
            go.wait(timeout=120)
            sleep(0.2)
        connection.close()

    def move_meanwhile() -> None:
        go.wait(timeout=120)
        try:
            move()
        except UnableToChangeUnitError as error:
            refused.append(str(error))
        connection.close()

    both = [Thread(target=one) for one in (approve, move_meanwhile)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=300)
    [why] = refused
    assert "budget for 2091" in why
