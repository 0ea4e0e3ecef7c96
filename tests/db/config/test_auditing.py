"""The way in to the logs: seals that hold or not, and one citizen's log."""

import json
from datetime import UTC, datetime
from uuid import UUID

import psycopg
import pytest

from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.audit.sealing import seal
from styr.config.auditing import PAGE, UnableToAuditError, citizen_as_json, newest, verified
from styr.kernel.cpr import Cpr
from styr.people.services import register_citizen

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def citizen(municipality: Municipality, unit: Unit) -> UUID:
    """Somebody with a number in the case system."""
    with service_scope(municipality.id, "test"):
        return register_citizen(
            municipality_id=municipality.id,
            unit_id=unit.id,
            cpr=Cpr.parse("610203-1234"),
            first_name="Liv",
            last_name="Holm",
            source_id="B-17",
        )


@pytest.mark.django_db
def test_a_citizens_log_is_handed_out_by_number_or_id_and_the_handing_out_is_logged(
    municipality: Municipality, citizen: UUID
) -> None:
    first = json.loads(citizen_as_json(municipality.id, citizen="B-17", purpose="Indsigt"))
    assert {row["kind"] for row in first} == {"insert"}
    again = json.loads(citizen_as_json(municipality.id, citizen=str(citizen).upper(), purpose="Indsigt"))
    assert [(row["kind"], row["what"], row["purpose"]) for row in again if row["kind"] == "read"] == [
        ("read", PAGE, "Indsigt")
    ]
    assert "610203" not in json.dumps(again)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("named", "told"), [("610203-1234", "aldrig et CPR"), ("6102031234", "aldrig et CPR"), ("B-18", "ingen borger")]
)
def test_a_cpr_number_and_a_stranger_are_refused(
    municipality: Municipality, citizen: UUID, named: str, told: str
) -> None:
    with pytest.raises(UnableToAuditError, match=told) as refused:
        citizen_as_json(municipality.id, citizen=named, purpose="Indsigt")
    assert "1234" not in str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_seals_that_hold_and_a_row_that_was_altered(
    municipality: Municipality, citizen: UUID, administrator: psycopg.Connection
) -> None:
    assert newest(municipality.id) == "0" * 64
    with service_scope(municipality.id, "seal"):
        assert seal(municipality_id=municipality.id, now=NOW) > 0
    kept = newest(municipality.id)
    assert verified(municipality.id, kept=kept).startswith("Loggene er, som de blev plomberet")
    with pytest.raises(UnableToAuditError, match="gemte værdi findes ikke"):
        verified(municipality.id, kept="f" * 64)
    administrator.execute("SET session_replication_role = replica")
    administrator.execute("UPDATE people_citizenevent SET source_id = 'B-18'")
    with pytest.raises(UnableToAuditError, match="en række er ændret"):
        verified(municipality.id, kept=kept)
