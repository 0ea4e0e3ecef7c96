"""What somebody with a backup, and nothing else, can do: not log in."""

import subprocess
from collections.abc import Callable

import psycopg
import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse
from psycopg import sql
from pytest_django import Settings

from personas import PASSWORD, persona
from styr.access.core.roles import Role
from styr.access.keys import Keys, keys
from styr.access.models import Municipality, Unit
from styr.access.scope import service_scope
from styr.access.tokens import key_blocks
from styr.access.web.login import SESSION_TOKEN
from styr.access.web.sessions import SessionStore
from styr.config.postgres import bootstrap
from styr.config.postgres.address import Address
from styr.config.postgres.binaries import find
from styr.config.postgres.passwords import APP, BACKUP, OWNER

pytestmark = pytest.mark.django_db(transaction=True)
# As docs/drift.md has them.
LEFT_OUT = [f"--exclude-table-data={table}" for table in ("access_tokenkey", "access_session", "access_token")]


@pytest.fixture
def token(client: Client, municipality: Municipality, unit: Unit) -> str:
    """The token of somebody who is logged in."""
    with service_scope(municipality.id, "test"):
        persona("karen", municipality, Role.CASEWORKER, unit)
    client.post(reverse("account_login"), {"login": "karen", "password": PASSWORD})
    return str(client.session[SESSION_TOKEN])


@pytest.fixture
def dump(address: Address) -> Callable[[list[str]], str]:
    """What the backup role's pg_dump writes."""

    def run(options: list[str]) -> str:
        told = address.parameters(BACKUP, connections["default"].settings_dict["NAME"])
        where = ["-h", told["host"], "-p", str(told["port"]), "-U", told["user"], told["dbname"]]
        return subprocess.run(
            [find("embedded").program("pg_dump"), *options, *where],
            env={"PGPASSWORD": told["password"]},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return run


def test_the_documented_backup_holds_neither_the_issuing_key_nor_anybody_s_session(
    token: str, dump: Callable[[list[str]], str]
) -> None:
    written = dump(LEFT_OUT)
    assert "CREATE TABLE public.access_tokenkey" in written
    assert "karen" in written
    for table in ("access_tokenkey", "access_session", "access_token"):
        assert f"COPY public.{table} (" not in written
    for secret in (token, *(block.hex() for block in key_blocks(keys().token))):
        assert secret not in written


def test_a_restored_backup_lets_people_in_again_after_setup(
    token: str, dump: Callable[[list[str]], str], address: Address, administrator: psycopg.Connection
) -> None:
    """As docs/drift.md tells it: restored by the owner, the issuing key put back, everybody logged out."""
    name = f"{connections['default'].settings_dict['NAME']}_restored"
    bootstrap.make_database(address, name)
    try:
        told = address.parameters(OWNER, name)
        where = ["-h", told["host"], "-p", str(told["port"]), "-U", told["user"], "-d", name]
        done = subprocess.run(
            [find("embedded").program("psql"), "-X", "-q", *where],
            input=dump(LEFT_OUT),
            env={"PGPASSWORD": told["password"]},
            capture_output=True,
            text=True,
            check=True,
        )
        # Those two rights are the cluster's administrator's, and set where the database is made.
        assert all("pg_stat_" in line for line in done.stderr.splitlines()), done.stderr
        with psycopg.connect(**address.parameters(BACKUP, name)) as restored:
            left = [
                restored.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
                for table in ("access_user", "access_unit", "access_tokenkey", "access_session", "access_token")
            ]
        assert left == [(1,), (3,), (0,), (0,), (0,)]
        with psycopg.connect(**address.parameters(APP, name)) as restored:
            assert restored.execute("SELECT count(*) FROM access_user").fetchone() == (0,)
    finally:
        bootstrap.drop_database(address, name)


def test_a_backup_of_everything_still_opens_no_session(
    token: str, client: Client, dump: Callable[[list[str]], str], administrator: psycopg.Connection
) -> None:
    written = dump(["--data-only", "--table=access_session"])
    assert "COPY public.access_session (" in written
    session_key = client.session.session_key
    assert session_key is not None
    assert token not in written
    assert session_key not in written
    ((data,),) = administrator.execute("SELECT data FROM access_session").fetchall()
    assert SessionStore().decode(data) == {}  # Django's own encoding is signed and not secret: it would tell the token


def test_a_session_opens_with_its_own_key_and_the_program_s(settings: Settings, token: str, client: Client) -> None:
    key = client.session.session_key
    assert SessionStore(key)[SESSION_TOKEN] == token
    held = keys()
    settings.STYR_KEYS = Keys(cpr=held.cpr, cpr_index=held.cpr_index, token=b"n" * 32)
    assert SessionStore(key).get(SESSION_TOKEN) is None
