from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from personas import persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.rls import EnableTenantPolicy, TieToParent
from styr.access.scope import acting_as, service_scope
from styr.access.services import create_municipality, save_units
from styr.kernel.cpr import Cpr

pytestmark = pytest.mark.django_db
Citizen = apps.get_model("people", "Citizen")


def citizen(municipality: Municipality, unit: Unit, number: int) -> Any:
    cpr = Cpr.parse(f"610101{1000 + number}")
    return Citizen.objects.create(
        municipality=municipality,
        unit=unit,
        source_id=str(number),
        cpr=cpr,
        cpr_index=f"{number:064d}",
        name_index="",
        birth_date=cpr.birth_date,
        first_name="Åse",
        last_name="Prøve",
    )


def test_a_caseworker_sees_and_changes_the_citizens_of_their_own_units_alone(
    scope: str, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    own, others = citizen(municipality, unit, 1), citizen(municipality, other_unit, 2)
    caseworker = persona("karen", municipality, Role.CASEWORKER, unit)
    manager = persona("lise", municipality, Role.MANAGER)
    with acting_as(caseworker.token):
        assert list(Citizen.objects.values_list("id", flat=True)) == [own.id]
        assert Citizen.objects.update(city="Ribe") == 1
        assert Citizen.objects.filter(pk=others.pk).delete()[0] == 0
    with acting_as(manager.token):
        assert Citizen.objects.count() == 2


def test_a_caseworker_moves_no_citizen_out_of_sight(
    scope: str, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    own = citizen(municipality, unit, 1)
    caseworker = persona("karen", municipality, Role.CASEWORKER, unit)
    with acting_as(caseworker.token), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Citizen.objects.filter(pk=own.pk).update(unit=other_unit)


def test_events_follow_the_unit(scope: str, municipality: Municipality, unit: Unit, other_unit: Unit) -> None:
    citizen(municipality, other_unit, 1)
    caseworker = persona("karen", municipality, Role.CASEWORKER, unit)
    assert rows_seen_by(caseworker.token, "SELECT pgh_id FROM people_citizenevent") == []


def test_a_unit_of_another_municipality_is_refused_by_the_database(
    scope: str, municipality: Municipality, other_municipality: Municipality, administrator: psycopg.Connection
) -> None:
    """The policy looks at the row's municipality; the composite key holds the unit to it."""
    foreign = Unit(municipality=other_municipality, number="1", name="fremmed")
    with service_scope(other_municipality.id, "test"):
        foreign.save()
    citizen(municipality, foreign, 1)
    with pytest.raises(IntegrityError, match="unit_in_municipality"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (EnableTenantPolicy("Line", unit="unit_id", nullable_unit=True), "Force row-level security on line"),
        (TieToParent("Line", "Bill", "bill_id"), "Hold line in the municipality and unit of its bill"),
    ],
)
def test_the_operations_are_written_as_they_are_made(operation: Any, told: str) -> None:
    name, arguments, keywords = operation.deconstruct()
    again = type(operation)(*arguments, **keywords)
    assert name == type(operation).__name__
    assert again.deconstruct() == operation.deconstruct()
    assert operation.describe() == told


def test_units_are_made_once_and_renamed_after(scope: str, municipality: Municipality) -> None:
    first = save_units(municipality_id=municipality.id, units=[("800", "Gammel", ""), ("801", "Anden", "")])
    again = save_units(municipality_id=municipality.id, units=[("800", "Ny", "5798000000111")])
    assert again == {"800": first["800"]}
    assert Unit.objects.get(number="800").name == "Ny"
    assert Unit.objects.filter(number__startswith="80").count() == 2


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_municipality_is_founded_once_by_the_owner() -> None:
    first = create_municipality(code="777", name="Prøve Kommune")
    assert create_municipality(code="777", name="Andet Navn").pk == first.pk
