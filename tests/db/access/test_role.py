from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from styr.access.role_check import role_faults
from styr.config.checks import UnsafeStartError, refuse_unsafe_start, role_is_weak_enough
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN, BACKUP, OWNER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def as_role(address: Address, db: None) -> Iterator[object]:
    """Connect Django's default alias with another role for the length of the test."""
    before = dict(connection.settings_dict)

    def become(role: str) -> None:
        connection.close()
        connection.settings_dict.update(address.django(role, before["NAME"]))

    yield become
    connection.close()
    connection.settings_dict.update(before)


def test_the_apps_role_is_weak_enough(db: None) -> None:
    assert role_faults() == []
    refuse_unsafe_start()


@pytest.mark.parametrize(
    ("role", "fault"), [(ADMIN, "er superbruger"), (OWNER, "ejer tabeller"), (BACKUP, "går uden om rækkesikkerheden")]
)
def test_the_program_refuses_to_start_with_a_stronger_role(as_role: object, role: str, fault: str) -> None:
    assert callable(as_role)
    as_role(role)
    assert any(fault in str(error.msg) for error in role_is_weak_enough(None))
    with pytest.raises(UnsafeStartError, match=fault):
        refuse_unsafe_start()


def test_a_member_of_the_owner_is_refused(as_role: object) -> None:
    assert callable(as_role)
    as_role(ADMIN)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE ROLE styr_try IN ROLE styr_owner")
        cursor.execute("SET LOCAL ROLE styr_try")
        assert any("medlem" in fault for fault in role_faults())
        transaction.set_rollback(True)


def test_a_role_that_owns_one_table_is_refused(administrator: psycopg.Connection) -> None:
    administrator.execute("CREATE TABLE mine (id int); ALTER TABLE mine OWNER TO styr_app")
    try:
        assert any("ejer tabeller" in fault for fault in role_faults())
    finally:
        administrator.execute("DROP TABLE mine")


def test_a_database_that_cannot_be_reached_is_said_so(as_role: object) -> None:
    connection.close()
    connection.settings_dict["HOST"] = "/nonexistent"
    (error,) = role_is_weak_enough(None)
    assert (error.id, "Ingen database svarer" in str(error.msg)) == ("styr.E002", True)


def test_the_backup_role_reads_everything_and_writes_nothing(
    address: Address, municipality: object, administrator: psycopg.Connection
) -> None:
    with psycopg.connect(**address.parameters(BACKUP, connection.settings_dict["NAME"]), autocommit=True) as backup:
        assert backup.execute("SELECT count(*) FROM access_unit").fetchone() == (3,)
        for statement in ("DELETE FROM access_unit", "UPDATE access_unit SET name = 'x'", "CREATE TABLE mine (id int)"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                backup.execute(statement)
