from datetime import UTC, datetime

import psycopg
import pytest
from django.db import ProgrammingError, transaction

from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.services import seal_logs
from styr.audit import sealing
from styr.audit.models import Seal
from styr.audit.services import log_read
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def sealed(municipality: Municipality) -> Municipality:
    """A municipality with some logs under seal: one visit seals what is settled."""
    with service_scope(municipality.id, "test"):
        log_read(citizens=[uuid7()], page="/borgere/", purpose="visitation")
        Unit.objects.create(municipality=municipality, number="500", name="ny")
    assert seal_logs(now=NOW) >= 2
    return municipality


def broken(municipality: Municipality) -> list[str]:
    with service_scope(municipality.id, "report"):
        return [f"{found.source}: {found.reason}" for found in sealing.verify(municipality_id=municipality.id)]


def test_untouched_logs_hold(sealed: Municipality) -> None:
    assert broken(sealed) == []


def test_sealing_again_seals_only_what_is_new(sealed: Municipality) -> None:
    assert seal_logs(now=NOW) == 0
    with service_scope(sealed.id, "test"):
        log_read(citizens=[uuid7()], page="/borgere/2/", purpose="visitation")
    assert seal_logs(now=NOW) == 1
    assert broken(sealed) == []


@pytest.mark.parametrize(
    ("tampering", "reason"),
    [
        ("UPDATE audit_readlog SET page = '/noget/andet/'", "en række er ændret"),
        ("DELETE FROM audit_readlog", "der er 0 rækker, hvor 1 blev plomberet"),
        ("UPDATE access_unitevent SET name = 'gammel' WHERE number = '500'", "en række er ændret"),
        ("UPDATE audit_seal SET digest = repeat('0', 64) WHERE source = 'audit_readlog'", "selve plomben er ændret"),
        ("DELETE FROM audit_seal WHERE id = (SELECT min(id) FROM audit_seal)", "kæden er brudt"),
    ],
)
def test_tampering_by_somebody_above_every_policy_is_found(
    sealed: Municipality, administrator: psycopg.Connection, tampering: str, reason: str
) -> None:
    administrator.execute(tampering)
    assert any(reason in told for told in broken(sealed))


def test_a_row_slipped_in_between_sealed_rows_is_found(
    municipality: Municipality, administrator: psycopg.Connection
) -> None:
    administrator.execute("SELECT nextval(pg_get_serial_sequence('audit_readlog', 'id'))")
    with service_scope(municipality.id, "test"):
        number = log_read(citizens=[uuid7()], page="/borgere/", purpose="visitation")
    assert number is not None
    assert seal_logs(now=NOW) >= 1
    administrator.execute(
        "INSERT INTO audit_readlog (id, municipality_id, actor_id, job, citizens, page, purpose, read_at) "
        "SELECT %s, municipality_id, actor_id, job, citizens, page, purpose, read_at FROM audit_readlog",
        [number - 1],
    )
    assert broken(municipality) == ["audit_readlog: der er 2 rækker, hvor 1 blev plomberet"]


def test_what_is_still_under_way_is_not_sealed_over(
    municipality: Municipality, administrator: psycopg.Connection
) -> None:
    """A number drawn by a transaction that commits late still comes under a seal."""
    with psycopg.connect(administrator.info.dsn, password=administrator.info.password) as late:
        late.execute(
            "INSERT INTO audit_readlog (municipality_id, job, citizens, page, purpose, read_at) "
            "VALUES (%s, 'sent', '{}', '/sent/', '', now())",
            [municipality.id],
        )
        with service_scope(municipality.id, "test"):
            log_read(citizens=[uuid7()], page="/tidlig/", purpose="visitation")
        seal_logs(now=NOW)
        seal_logs(now=NOW)
        with service_scope(municipality.id, "report"):
            assert not Seal.objects.filter(source="audit_readlog").exists()
        late.commit()
    assert seal_logs(now=NOW) >= 1
    with service_scope(municipality.id, "report"):
        assert Seal.objects.get(source="audit_readlog").row_count == 2


def test_only_the_sealer_seals(scope: str, municipality: Municipality) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        sealing.seal(municipality_id=municipality.id, now=NOW)


def test_each_municipality_has_a_chain_of_its_own(sealed: Municipality, other_municipality: Municipality) -> None:
    with service_scope(other_municipality.id, "report"):
        assert sealing.last_chain(municipality_id=other_municipality.id) == sealing.GENESIS
        assert not Seal.objects.filter(municipality_id=sealed.id).exists()
