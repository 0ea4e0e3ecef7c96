"""Power cuts: what was committed is there, what was not is gone, and the server starts again."""

import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from styr.config.postgres import bootstrap, process
from styr.config.postgres.address import Address
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.passwords import OWNER

from .conftest import open_folder


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """As in production, with the disk's safety on; shared, since making it takes the longest."""
    with open_folder() as folder:
        cluster = Cluster(folder, choice="embedded", safe=True)
        address = cluster.start()
        bootstrap.make_roles(address)
        bootstrap.make_database(address, "styr")
        yield cluster


@pytest.fixture
def address(cluster: Cluster) -> Address:
    """The running server, with one empty table."""
    found = cluster.start()
    with psycopg.connect(**found.parameters(OWNER, "styr")) as owner:
        owner.execute("DROP TABLE IF EXISTS paid")
        owner.execute("CREATE TABLE paid (id int PRIMARY KEY)")
    return found


def rows(address: Address) -> list[int]:
    with psycopg.connect(**address.parameters(OWNER, "styr")) as owner:
        return [row[0] for row in owner.execute("SELECT id FROM paid ORDER BY id")]


def kill(cluster: Cluster) -> None:
    pid = cluster.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while cluster.status().running:
        time.sleep(0.01)


def test_kill_9_in_the_middle_of_a_transaction_keeps_what_was_committed_and_nothing_else(
    cluster: Cluster, address: Address
) -> None:
    with closing(psycopg.connect(**address.parameters(OWNER, "styr"))) as owner:
        owner.execute("INSERT INTO paid VALUES (1), (2)")
        owner.commit()
        owner.execute("INSERT INTO paid SELECT generate_series(3, 20000)")
        kill(cluster)
        assert rows(cluster.start()) == [1, 2]
        with pytest.raises(psycopg.OperationalError):
            owner.commit()


def test_the_server_comes_back_after_kill_9_again_and_again(cluster: Cluster, address: Address) -> None:
    for number in range(2):
        with psycopg.connect(**address.parameters(OWNER, "styr")) as owner:
            owner.execute("INSERT INTO paid VALUES (%s)", [number])
        kill(cluster)
        address = cluster.start()
    assert rows(address) == [0, 1]


def test_a_pid_file_that_names_a_stranger_is_a_leftover(cluster: Cluster, address: Address) -> None:
    """In a container numbers are low, so the dead server's soon belongs to another process of the same account."""
    pid_file = cluster.layout.data / "postmaster.pid"
    kept = pid_file.read_text()
    cluster.stop()
    owner = cluster.layout.data.stat().st_uid
    identity = {"user": owner} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **identity) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *kept.splitlines()[1:]]) + "\n")
        os.chown(pid_file, owner, -1)
        assert not cluster.status().running
        assert rows(cluster.start()) == []
        assert stranger.poll() is None
        stranger.terminate()


def test_what_is_left_of_a_killed_server_is_ended_before_the_next_start(cluster: Cluster, address: Address) -> None:
    layout = cluster.layout
    with closing(psycopg.connect(**address.parameters(OWNER, "styr"))) as busy:
        busy.execute("SELECT 1")
        kill(cluster)
        process.clear_leftovers(layout.data, layout.sockets)
        assert process.running_pid(layout.data) is None
        assert not list(process._orphans(layout.data))
        assert rows(cluster.start()) == []


def test_an_ordinary_user_runs_the_server_as_themselves(home: Path) -> None:
    """Really another account: a child gives up root, and makes, starts, uses and stops a cluster of its own."""
    own = home / "own"
    own.mkdir()
    uid = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    os.chown(own, uid, -1)
    child = os.fork()
    if child == 0:
        os._exit(_as_user(own, uid))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert (own / "data").stat().st_uid == uid
    assert (own / "passwords.json").stat().st_uid == uid


def _as_user(home: Path, uid: int) -> int:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(pwd.getpwuid(uid).pw_gid)
        os.setuid(uid)
    cluster = Cluster(home, choice="embedded", safe=False)
    address = cluster.start()
    with bootstrap.admin(address) as admin:
        held = admin.execute("SELECT 1").fetchone() == (1,)
    owner = Path(f"/proc/{cluster.status().pid}").stat().st_uid == uid
    return 0 if held and owner and cluster.stop() else 1


def test_another_users_cluster_is_refused_in_plain_words(home: Path) -> None:
    home.chmod(0o700)
    child = os.fork()
    if child == 0:
        os._exit(_refused(home))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


def _refused(home: Path) -> int:
    from styr.config.postgres.errors import DatabaseUnavailableError

    target = home / "theirs"
    if os.geteuid() == 0:
        os.setgroups([])
        os.setuid(pwd.getpwnam("nobody").pw_uid)
    else:
        target = Path("/usr/styr-not-ours")
    try:
        Cluster(target, choice="embedded").start()
    except DatabaseUnavailableError as refused:
        return 0 if "Ingen adgang til" in str(refused) and "STYR_HOME" in str(refused) else 2
    return 1
