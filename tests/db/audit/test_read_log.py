from uuid import UUID

import pytest
from django.db import ProgrammingError, connection, transaction

from personas import persona
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.access.scope import service_scope
from styr.audit.models import ReadLog
from styr.audit.queries import citizen_log
from styr.audit.services import log_read
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def test_a_page_is_one_row_that_lists_the_citizens_shown(scope: str, municipality: Municipality) -> None:
    shown = [uuid7() for _ in range(200)]
    log_read(citizens=[*shown, shown[0]], page="/borgere/", purpose="visitation")
    row = ReadLog.objects.get()
    assert row.citizens == shown
    assert (row.municipality_id, row.actor_id, row.job) == (municipality.id, None, "test")


def test_the_actor_is_who_the_token_says(scope: str, municipality: Municipality) -> None:
    reader = persona("karen", municipality, Role.CASEWORKER)
    before = tokens.present(reader.token)
    log_read(citizens=[uuid7()], page="/borgere/", purpose="opslag")
    tokens.present(before)
    assert ReadLog.objects.get().actor_id == reader.user.id


def test_a_page_without_citizens_is_not_logged(scope: str) -> None:
    assert log_read(citizens=[], page="/borgere/", purpose="opslag") is None
    assert not ReadLog.objects.exists()


def test_a_read_outside_any_scope_is_refused(municipality: Municipality) -> None:
    with pytest.raises(ProgrammingError, match="outside any scope"), transaction.atomic():
        log_read(citizens=[uuid7()], page="/", purpose="opslag")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_readlog SET page = 'x'",
        "DELETE FROM audit_readlog",
        (
            "INSERT INTO audit_readlog (municipality_id, job, citizens, page, purpose, read_at) "
            "SELECT styr_municipality(), 'x', '{}', '', '', now()"
        ),
    ],
)
def test_the_read_log_can_only_grow_through_its_function(scope: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_citizens_log_tells_every_read_and_no_other_citizens(scope: str) -> None:
    citizen, another = uuid7(), uuid7()
    log_read(citizens=[citizen, another], page="/borgere/", purpose="visitation")
    log_read(citizens=[another], page="/borgere/2/", purpose="visitation")
    log_read(citizens=[citizen], page="/borgere/1/", purpose="fakturakontrol")
    told = citizen_log(citizen)
    assert [(row.kind, row.what, row.purpose) for row in told] == [
        ("read", "/borgere/", "visitation"),
        ("read", "/borgere/1/", "fakturakontrol"),
    ]


def test_another_municipality_reads_no_log(scope: str, other_municipality: Municipality) -> None:
    citizen = uuid7()
    log_read(citizens=[citizen], page="/borgere/", purpose="visitation")
    with service_scope(other_municipality.id, "test"):
        assert not ReadLog.objects.exists()
        assert citizen_log(citizen) == []


def test_who_saw_a_citizen_is_found_through_the_index(scope: str) -> None:
    citizen = uuid7()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SELECT pg_get_functiondef('audit_reads_of(uuid)'::regprocedure)")
        (definition,) = cursor.fetchone()
        assert "@> ARRAY[citizen]" in definition
    assert isinstance(citizen, UUID)
