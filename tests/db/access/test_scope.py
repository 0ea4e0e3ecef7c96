from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, InternalError, ProgrammingError, connection, transaction

from personas import persona, rows_seen_by
from styr.access import tokens
from styr.access.core.purposes import UnknownPurposeError
from styr.access.core.roles import Role
from styr.access.models import Membership, Municipality, Unit
from styr.access.scope import acting_as, issue_service_token, service_scope
from styr.kernel.clock import now
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def test_without_a_token_nothing_is_seen(municipality: Municipality) -> None:
    assert not Municipality.objects.exists()
    assert not Unit.objects.exists()


def test_in_scope_the_municipality_and_its_units_are_seen(scope: str, municipality: Municipality, unit: Unit) -> None:
    assert Municipality.objects.get().id == municipality.id
    assert Unit.objects.filter(pk=unit.pk).exists()


def test_the_scope_ends_with_the_block(municipality: Municipality, other_municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        with service_scope(other_municipality.id, "test"):
            assert Municipality.objects.get().id == other_municipality.id
        assert Municipality.objects.get().id == municipality.id
    assert not Municipality.objects.exists()


def test_the_scope_ends_with_an_error_too(municipality: Municipality) -> None:
    token = issue_service_token(municipality_id=municipality.id, purpose="test", now=now())
    with pytest.raises(ZeroDivisionError), acting_as(token):
        raise ZeroDivisionError
    assert not Municipality.objects.exists()


def test_the_job_token_ends_with_its_scope(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test") as token:
        pass
    with acting_as(token):
        assert not Municipality.objects.exists()


def test_a_token_seen_in_a_transaction_is_gone_in_the_next_one_of_the_same_connection(
    municipality: Municipality,
) -> None:
    """`SET LOCAL`: a pooled connection carries nothing over."""
    token = issue_service_token(municipality_id=municipality.id, purpose="test", now=now())
    with suppress(ZeroDivisionError), transaction.atomic():
        tokens.present(token)
        raise ZeroDivisionError
    assert rows_seen_by("", "SELECT id FROM access_unit") == []


@pytest.mark.parametrize("guess", ["", "x", "' OR true --", "0" * 43, "\N{GREEK SMALL LETTER ALPHA}"])
def test_a_guessed_token_shows_nothing(scope: str, guess: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('styr.token', %s, true)", [guess])
        cursor.execute("SELECT count(*) FROM access_unit")
        assert cursor.fetchone() == (0,)


def test_an_injected_statement_that_names_other_settings_widens_nothing(
    scope: str, municipality: Municipality, other_municipality: Municipality
) -> None:
    with connection.cursor() as cursor:
        for name in ("styr.municipality", "styr.units", "styr.all_units", "styr.user", "styr.purpose"):
            cursor.execute("SELECT set_config(%s, %s, true)", [name, str(other_municipality.id)])
        cursor.execute("SELECT id FROM access_municipality")
        assert cursor.fetchall() == [(municipality.id,)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM access_token",
        "SELECT * FROM access_tokenkey",
        "SELECT * FROM access_session",
        "SELECT styr_token()",
        "SELECT styr_proof_holds('x', 'x')",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_authid",
        "SET ROLE styr_owner",
        "SET SESSION AUTHORIZATION styr_owner",
        "ALTER TABLE access_unit DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE access_unit DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP POLICY styr_see ON access_unit",
        "CREATE TABLE public.mine (id int)",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE access_unit",
        "INSERT INTO access_municipality (id, code, name) VALUES (gen_random_uuid(), '123', 'x')",
        "COPY access_unit TO PROGRAM 'cat'",
        "SELECT pg_read_file('/etc/passwd')",
        "SET row_security = off; SELECT * FROM access_unit",
    ],
)
def test_the_app_role_is_refused(scope: str, statement: str) -> None:
    with pytest.raises((ProgrammingError, InternalError, DatabaseError)), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_token_cannot_be_issued_without_the_key(municipality: Municipality) -> None:
    with pytest.raises(ProgrammingError, match="valid proof"), transaction.atomic():
        connection.cursor().execute(
            "SELECT styr_issue_token(%s, sha256('guess'), %s, NULL, 'test', true, now(), now() + interval '1 day', %s)",
            [uuid7(), municipality.id, b"\0" * 32],
        )


def test_a_proof_for_one_token_issues_no_other(municipality: Municipality, other_municipality: Municipality) -> None:
    """The proof covers whom the token is for: a stolen one cannot be turned to another municipality."""
    moment, token_id = now(), uuid7()
    expires = (moment + timedelta(hours=1)).replace(microsecond=0)
    message = f"issue|{token_id}|{'00' * 32}|{municipality.id}|-|test|1|{int(expires.timestamp())}"
    with pytest.raises(ProgrammingError, match="valid proof"), transaction.atomic():
        tokens.call(
            "SELECT styr_issue_token(%s, %s, %s, NULL, 'test', true, %s, %s, %s)",
            [token_id, b"\0" * 32, other_municipality.id, moment, expires, tokens.prove(message)],
            using="default",
        )


def test_an_expired_token_shows_nothing(municipality: Municipality) -> None:
    token = issue_service_token(municipality_id=municipality.id, purpose="test", now=now() - timedelta(days=2))
    with acting_as(token):
        assert not Municipality.objects.exists()


def test_a_revoked_token_shows_nothing(municipality: Municipality) -> None:
    token = issue_service_token(municipality_id=municipality.id, purpose="test", now=now())
    tokens.revoke(token)
    with acting_as(token):
        assert not Municipality.objects.exists()


def test_the_token_is_not_in_the_statement_that_others_could_read(
    scope: str, administrator: psycopg.Connection
) -> None:
    tokens.present(scope)
    texts = [row[0] for row in administrator.execute("SELECT query FROM pg_stat_activity")]
    assert any("styr.token" in text for text in texts)
    assert not any(scope in text for text in texts)


def test_a_purpose_that_only_reads_writes_nothing(municipality: Municipality, unit: Unit) -> None:
    with service_scope(municipality.id, "report"):
        assert Unit.objects.count() == 3
        assert Unit.objects.filter(pk=unit.pk).update(name="andet") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Unit.objects.create(municipality=municipality, number="99", name="ny")


def test_an_unknown_purpose_is_refused(municipality: Municipality) -> None:
    with pytest.raises(UnknownPurposeError, match="ukendt"):
        issue_service_token(municipality_id=municipality.id, purpose="nysgerrighed", now=now())


def test_a_row_cannot_be_written_into_another_municipality(scope: str, other_municipality: Municipality) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Unit.objects.create(municipality=other_municipality, number="99", name="fremmed")


def test_a_row_cannot_be_moved_to_another_municipality(
    scope: str, unit: Unit, other_municipality: Municipality
) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(municipality=other_municipality)


def test_a_person_serves_the_units_of_their_roles_and_all_below(
    scope: str, municipality: Municipality, unit: Unit, other_unit: Unit
) -> None:
    below = Unit.objects.create(municipality=municipality, number="111", name="Bostøtte", parent=unit)
    caseworker = persona("karen", municipality, Role.CASEWORKER, unit)
    ((units, everything),) = rows_seen_by(caseworker.token, "SELECT styr_units(), styr_all_units()")
    assert isinstance(units, list)
    assert set(units) == {unit.id, below.id}
    assert everything is False


def test_a_role_without_a_unit_is_for_the_whole_municipality(scope: str, municipality: Municipality) -> None:
    manager = persona("lise", municipality, Role.MANAGER)
    assert rows_seen_by(manager.token, "SELECT styr_all_units()") == [(True,)]


def test_a_role_that_has_ended_opens_nothing(scope: str, municipality: Municipality, unit: Unit) -> None:
    former = persona("per", municipality, Role.CASEWORKER, unit)
    Membership.objects.filter(user=former.user).update(ends="2021-01-01")
    assert rows_seen_by(former.token, "SELECT styr_units()") == [([],)]


def test_the_policy_asks_once_a_query_and_not_once_a_row(scope: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (COSTS OFF) SELECT * FROM access_unit")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "InitPlan" in plan
    assert "styr_municipality" not in plan.split("InitPlan")[0]


def test_jobs_find_every_municipality_only_with_a_proof(
    municipality: Municipality, other_municipality: Municipality
) -> None:
    from styr.access.services import municipality_ids

    assert set(municipality_ids()) == {municipality.id, other_municipality.id}
    with pytest.raises(ProgrammingError, match="valid proof"), transaction.atomic():
        connection.cursor().execute("SELECT styr_municipalities('x')")


def test_the_app_role_may_make_temporary_tables(scope: str, unit: Unit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE rel_narrow (id uuid) ON COMMIT DROP")
        cursor.execute("INSERT INTO rel_narrow VALUES (%s)", [unit.id])
        cursor.execute("SELECT id FROM access_unit JOIN rel_narrow USING (id)")
        (found,) = cursor.fetchone()
    assert found == UUID(str(unit.id))
