"""What every test may ask for by name: the database, a municipality with units, and a scope to see them in."""

import gc
import sys
import threading
from collections.abc import Generator, Iterator
from typing import Any

import hypothesis
import ibis
import psycopg
import pytest
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker
from pytest_socket import socket_allow_hosts
from xdist.remote import Producer  # type: ignore[import-untyped]  # xdist ships no types

from databases import database_of_this_process
from spreading import ByFile, longest_first
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN
from styr.kernel.ids import uuid7
from unmeasured import unmeasured

MUNICIPALITY = Municipality(id=uuid7(), code="999", name="Eksempel Kommune")
OTHER_MUNICIPALITY = Municipality(id=uuid7(), code="998", name="Nabo Kommune")
ROOT = Unit(id=uuid7(), municipality=MUNICIPALITY, number="1", name="Socialforvaltningen")
UNIT = Unit(id=uuid7(), municipality=MUNICIPALITY, number="11", name="Voksen", ean="5798000000111", parent=ROOT)
OTHER_UNIT = Unit(id=uuid7(), municipality=MUNICIPALITY, number="12", name="Børn og Unge", parent=ROOT)
_NOT_OURS = {"exampletown", "rideplan"}
_KEPT = {
    *("django_migrations", "django_content_type", "auth_permission", "access_tokenkey"),
    # Reference data that the migrations bring.
    *("contracts_section", "contracts_servicekind", "contracts_standardday", "grants_defaultduplicaterule"),
    "ledger_defaultaccounttreatment",
    *("refunds_defaultlimit", "refunds_defaulttreatment"),
}
_SLOW = hypothesis.HealthCheck.too_slow
# A machine that does other things beside is slow, which is no fault of what is tested; and the same run twice says the
# same. `--hypothesis-profile=default` looks for examples that nobody has seen.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[_SLOW])
hypothesis.settings.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Measure no coverage where it tells nothing: in scenarios of the browser, and of packages not measured."""
    longest_first(items, config.rootpath)
    for item in items:
        if item.get_closest_marker("browser") or _NOT_OURS & set(item.path.parts):
            item.add_marker("no_cover")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Hand out whole files."""
    return ByFile(config, log)


def pytest_collection_finish() -> None:
    """Spare the run what costs much and proves nothing."""
    # Half of what compiling an expression cost was the measuring of Ibis's own lines.
    ibis.to_sql = unmeasured(ibis.to_sql)
    # What is collected stays to the end: the garbage collector need not look through it again and again.
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Let the collector take it all at the end."""
    gc.unfreeze()


def pytest_runtest_setup() -> None:
    """No test reaches further than this machine."""
    socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(request: pytest.FixtureRequest) -> Generator[None, Any, Any]:
    """Where the test is not measured, what is prepared for it is not either."""
    if not request._pyfuncitem.get_closest_marker("no_cover"):
        return (yield)
    measuring = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(measuring)


@pytest.fixture(scope="session")
def address(django_db_blocker: DjangoDbBlocker) -> Iterator[Address]:
    """Where this process's database is."""
    with django_db_blocker.unblock(), database_of_this_process() as found:
        yield found


@pytest.fixture(scope="session")
def django_db_setup(address: Address) -> None:
    """In place of pytest-django's own: the app's role may not make databases, nor empty tables."""
    TransactionTestCase._fixture_teardown = lambda _: _empty(address)  # type: ignore[method-assign]  # as told


@pytest.fixture(scope="session")
def standing(address: Address) -> Iterator[list[psycopg.Connection]]:
    """The administrator's connection, which nearly every test asks for, kept from test to test."""
    kept: list[psycopg.Connection] = []
    yield kept
    for opened in kept:
        opened.close()


@pytest.fixture
def administrator(address: Address, db: None, standing: list[psycopg.Connection]) -> Iterator[psycopg.Connection]:
    """A connection of the cluster's administrator to the test's database, beside the test's own transaction."""
    name = connection.settings_dict["NAME"]
    if not standing or standing[0].closed or standing[0].info.dbname != name:
        parameters = address.parameters(ADMIN, name)
        standing[:] = [psycopg.connect(**parameters, autocommit=True, prepare_threshold=None)]
    yield standing[0]
    if not standing[0].closed:
        standing[0].rollback()
        standing[0].execute("DISCARD ALL")


@pytest.fixture
def municipality(administrator: psycopg.Connection) -> Municipality:
    """A municipality that is there before the test's transaction begins, with the units below."""
    for row in (MUNICIPALITY, OTHER_MUNICIPALITY):
        administrator.execute(
            "INSERT INTO access_municipality (id, code, name) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [row.id, row.code, row.name],
        )
    for unit in (ROOT, UNIT, OTHER_UNIT):
        administrator.execute(
            "INSERT INTO access_unit (id, municipality_id, number, name, ean, parent_id) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [unit.id, unit.municipality_id, unit.number, unit.name, unit.ean, unit.parent_id],
        )
    return MUNICIPALITY


@pytest.fixture
def other_municipality(municipality: Municipality) -> Municipality:
    """Another tenant, whose rows nobody of the first may see."""
    return OTHER_MUNICIPALITY


@pytest.fixture
def unit(municipality: Municipality) -> Unit:
    """A unit of the municipality."""
    return UNIT


@pytest.fixture
def other_unit(municipality: Municipality) -> Unit:
    """Another unit of the same municipality."""
    return OTHER_UNIT


@pytest.fixture
def scope(municipality: Municipality) -> Iterator[str]:
    """The test runs as a job that sees the whole municipality; gives the job's token."""
    with service_scope(municipality.id, "test") as token:
        yield token


def _empty(address: Address) -> None:
    """Empty the tables that hold something: emptying all of some three hundred takes seconds."""
    _let_pages_be_served()
    with psycopg.connect(**address.parameters(ADMIN, connection.settings_dict["NAME"]), autocommit=True) as admin:
        names = [row[0] for row in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        tables = [sql.Identifier(name) for name in sorted(names) if name not in _KEPT]
        held = sql.SQL(", ").join(sql.SQL("EXISTS (SELECT FROM {})").format(table) for table in tables)
        found = admin.execute(sql.SQL("SELECT ARRAY[{}]").format(held)).fetchone()
        filled = [table for table, holds in zip(tables, found[0] if found else (), strict=True) if holds]
        with admin.transaction():
            # No trigger, no cascade: all that refers to these rows is among them.
            admin.execute("SET LOCAL session_replication_role = replica")
            for table in filled:
                admin.execute(sql.SQL("DELETE FROM {}").format(table))


def _let_pages_be_served() -> None:
    """Wait for whoever still answers a browser that has gone: what they write would lie there in the next test."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=60)
