"""PostgreSQL killed like by a power cut while an import runs: the import says so, and running again finishes it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.harness import KEPT_OUT, Database, children_of, kill, make_folder, unbroken_run, warm_importer
from styr.config.postgres import bootstrap
from styr.config.postgres.cluster import Cluster

pytestmark = pytest.mark.slow


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server of the test's own, with the disk's safety on as in production."""
    home = Path(tempfile.mkdtemp(prefix="styr-test-", dir="/var/tmp" if os.geteuid() == 0 else None))  # noqa: S108 - mkdtemp makes it
    home.chmod(0o755)  # the server runs as another account than root
    cluster = Cluster(home, choice="embedded", safe=True)
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home)


@pytest.fixture
def database(cluster: Cluster) -> Database:
    """A migrated database in it."""
    address = cluster.start()
    bootstrap.make_roles(address)
    bootstrap.make_database(address, "styr")
    database = Database(address, "styr")
    migrate = "import django; django.setup(); from styr.config.setup import set_up; set_up()"
    subprocess.run([sys.executable, "-W", "ignore", "-c", migrate], env=database.environment(), check=True)
    return Database(address, "styr")


def test_postgresql_killed_in_the_middle_is_told_and_the_next_run_finishes_the_import(
    cluster: Cluster, database: Database, tmp_path: Path
) -> None:
    folder = make_folder(tmp_path / "data", invoices=120)
    with warm_importer(database) as importer:
        unbroken, _ = unbroken_run(database, importer, folder)
        for reached, table in ((3, "grants_grant"), (14, "invoices_document")):
            database.empty()
            with database.stopped_at(table):
                importer.start(folder)
                while _files(database) < reached:
                    time.sleep(0.005)
                _power_cut(cluster)
            assert importer.ended() == 1
            said = importer.told()
            assert "Forbindelsen til databasen gik tabt" in said
            assert "Traceback" not in said
            cluster.start()
            assert reached <= _files(database) < unbroken["integrations_importfile"][0]
            assert importer.run(folder) == KEPT_OUT, importer.told()
            assert database.fingerprint() == unbroken


def _files(database: Database) -> int:
    with database.admin() as admin:
        row = admin.execute("SELECT count(*) FROM integrations_importfile").fetchone()
        assert row is not None
        return int(row[0])


def _power_cut(cluster: Cluster) -> None:
    """End the server and all its helpers at once."""
    pid = cluster.status().pid
    assert pid is not None
    for process in (pid, *children_of(pid)):
        kill(process)
    while cluster.status().running:
        time.sleep(0.01)
