"""Who may see what: a unit sees its own citizens and what hangs on them, another unit nothing of it."""

import pytest
from django.db import DatabaseError, connection, transaction

from db.registers.registers import Registers
from personas import persona, rows_seen_by
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope

pytestmark = pytest.mark.django_db

OF_CITIZENS = (
    "rel_citizen", "key_citizen", "people_guardian", "people_consent", "rel_contract WHERE kind = 'individual'",
    "rel_contract_line l JOIN rel_contract c USING (contract_id) WHERE c.kind = 'individual'",
    "contracts_contractrate WHERE unit_id IS NOT NULL", "rel_grant", "rel_service", "rel_rate", "rel_absence",
    "rel_service_absence", "key_grant", "people_citizenevent", "grants_grantevent",
)  # fmt: skip
OF_ALL = ("rel_supplier", "rel_provider_unit", "rel_portal_rate", "rel_supplier_account")


def seen(token: str, what: str) -> int:
    [(count,)] = rows_seen_by(token, f"SELECT count(*) FROM {what}")  # noqa: S608 - names from this test
    return int(str(count))


def test_a_user_of_another_unit_sees_no_row_about_citizens(registers: Registers, municipality: Municipality) -> None:
    root = Unit.objects.get(number="1")
    nowhere = Unit.objects.create(municipality=municipality, number="13", name="Teknik", parent=root)
    stranger = persona("teknik", municipality, Role.CASEWORKER, nowhere)
    assert {what: seen(stranger.token, what) for what in OF_CITIZENS} == dict.fromkeys(OF_CITIZENS, 0)
    assert all(seen(stranger.token, what) for what in OF_ALL)
    assert seen(stranger.token, "rel_contract") == 1  # the framework, which is about nobody
    assert seen(stranger.token, "rel_contract_rate") == 1


def test_a_unit_sees_its_own(registers: Registers, municipality: Municipality, unit: Unit, other_unit: Unit) -> None:
    adults = persona("voksen", municipality, Role.CASEWORKER, unit)
    children = persona("boern", municipality, Role.CASEWORKER, other_unit)
    assert (seen(adults.token, "rel_grant"), seen(adults.token, "rel_service")) == (1, 2)
    assert (seen(children.token, "rel_grant"), seen(children.token, "rel_service")) == (1, 1)
    assert seen(adults.token, "rel_service_absence") == 2
    assert seen(children.token, "rel_contract WHERE kind = 'individual'") == 0


def test_the_whole_municipality_is_seen_from_above(registers: Registers, municipality: Municipality) -> None:
    chief = persona("chef", municipality, Role.MANAGER)
    assert seen(chief.token, "rel_citizen") == 2
    assert seen(chief.token, "rel_grant") == 2


def test_another_municipality_sees_nothing(
    registers: Registers, municipality: Municipality, other_municipality: Municipality
) -> None:
    with service_scope(other_municipality.id, "test") as token:
        for what in (*OF_CITIZENS, *OF_ALL, "contracts_calendarday", "grants_duplicaterule"):
            assert seen(token, what) == 0, what
        assert seen(token, "rel_calendar") == seen(token, "contracts_standardday") > 4000
        assert seen(token, "rel_duplicate_rule") > 10


def test_nobody_writes_into_another_unit(registers: Registers, municipality: Municipality, unit: Unit) -> None:
    adults = persona("voksen", municipality, Role.CASEWORKER, unit)
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        acting_as(adults.token),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE grants_grant SET unit_id = (SELECT id FROM access_unit WHERE number = '12')")
    with acting_as(adults.token), connection.cursor() as cursor:
        cursor.execute("UPDATE grants_grant SET caseworker = 'X' WHERE source_id = 'SAG-77'")
        assert cursor.rowcount == 0
