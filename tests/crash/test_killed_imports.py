"""Imports that are killed like by a power cut: whatever the moment, running again gives what an unbroken run gives."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from crash.harness import (
    KEPT_OUT,
    Database,
    children_of,
    kill,
    killed_run,
    make_folder,
    own_database,
    run_command,
    unbroken_run,
    warm_importer,
)
from styr.config.postgres.address import Address

FEW = 120
"""So few that they are read in the importer itself."""
MANY = 320
"""So many that they are read in processes beside it."""


@pytest.fixture(scope="module")
def crashed(address: Address, django_db_setup: None) -> Iterator[Database]:
    """A database for importers beside this process."""
    with own_database(address) as database:
        yield database


@pytest.fixture
def database(crashed: Database) -> Database:
    """The database as before the first import."""
    crashed.empty()
    return crashed


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers and a few invoices."""
    return make_folder(tmp_path_factory.mktemp("few") / "data", invoices=FEW)


@pytest.fixture(scope="module")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers and many invoices."""
    return make_folder(tmp_path_factory.mktemp("many") / "data", invoices=MANY)


def test_an_import_killed_at_any_moment_is_finished_by_the_next_one_and_nothing_is_lost_or_doubled(
    database: Database, folder: Path
) -> None:
    chance = random.Random(20261121)  # noqa: S311 - moments of kills, no secrets
    with warm_importer(database) as importer:
        unbroken, lasted = unbroken_run(database, importer, folder)
        killed = 0
        while killed < 10:
            database.empty()
            killed += sum(killed_run(importer, folder, chance.uniform(0, lasted)) for _ in range(2))
            assert importer.run(folder) == KEPT_OUT
            assert database.fingerprint() == unbroken
    assert unbroken["invoices_invoice"][0] == FEW
    assert unbroken["invoices_document"][0] == FEW + 1


def test_the_real_command_killed_with_its_readers_leaves_none_of_them_behind(
    database: Database, large_folder: Path
) -> None:
    with database.stopped_at("invoices_document"):
        process = run_command(database, large_folder)
        _wait_for(database, "SELECT count(*) FROM integrations_importfile", 14)
        _wait_until(lambda: bool(children_of(process.pid)))
        readers = children_of(process.pid)
        kill(process.pid)
        process.communicate()
        _wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in readers))
    with warm_importer(database) as importer:
        assert importer.run(large_folder) == KEPT_OUT
    with database.admin() as admin:
        counts = admin.execute("SELECT count(*), count(DISTINCT sha256) FROM invoices_document").fetchone()
        statuses = admin.execute("SELECT status FROM integrations_importrun ORDER BY started_at").fetchall()
    assert counts == (MANY + 1, MANY + 1)
    assert statuses == [("interrupted",), ("finished",)]


def test_two_imports_at_once_wait_for_each_other_and_land_everything_once(database: Database, folder: Path) -> None:
    with warm_importer(database) as one, warm_importer(database) as other:
        one.start(folder)
        other.start(folder)
        assert (one.ended(), other.ended()) == (KEPT_OUT, KEPT_OUT)
    assert _count(database, "invoices_invoice") == FEW
    assert _count(database, "grants_grant") == 3
    with database.admin() as admin:
        statuses = admin.execute("SELECT status, count(*) FROM integrations_importrun GROUP BY 1").fetchall()
        landings = admin.execute(
            "SELECT count(*) FROM integrations_importfileevent WHERE pgh_label = 'insert'"
        ).fetchone()
    assert statuses == [("finished", 2)]
    assert landings == (FEW + 15,)


def test_a_lost_connection_is_told_and_the_next_run_takes_up_where_it_stopped(database: Database, folder: Path) -> None:
    with warm_importer(database) as importer:
        with database.stopped_at("grants_grant"):
            importer.start(folder)
            _wait_for(database, "SELECT count(*) FROM integrations_importfile", 5)
            with database.admin() as admin:
                gone = (
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'styr_app' AND datname = %s"
                )
                admin.execute(gone, [database.name])
            assert importer.ended() == 1
        said = importer.told()
        assert importer.run(folder) == KEPT_OUT
    assert "Forbindelsen til databasen gik tabt" in said
    assert "Traceback" not in said
    assert _count(database, "invoices_invoice") == FEW


def test_a_full_disk_is_told_and_nothing_half_lands(database: Database, folder: Path) -> None:
    with database.admin() as admin, warm_importer(database) as importer:
        # What the server says when a write finds no room (SQLSTATE 53100), at a moment in the middle of a batch.
        admin.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$"
        )
        admin.execute(
            "CREATE TRIGGER no_room BEFORE INSERT ON invoices_invoiceline FOR EACH STATEMENT EXECUTE FUNCTION no_room()"
        )
        assert importer.run(folder) == 1
        said = importer.told()
        landed = [_count(database, table) for table in ("invoices_document", "invoices_invoice", "invoices_invoicekey")]
        admin.execute("DROP FUNCTION no_room CASCADE")
        assert importer.run(folder) == KEPT_OUT
    assert "Disken er fuld" in said
    assert "Traceback" not in said
    assert landed == [0, 0, 0]
    assert _count(database, "invoices_invoice") == FEW


def _count(database: Database, table: str) -> int:
    with database.admin() as admin:
        row = admin.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - names above
        assert row is not None
        return int(row[0])


def _wait_for(database: Database, sql: str, at_least: int) -> None:
    def reached() -> bool:
        with database.admin() as admin:
            row = admin.execute(sql).fetchone()
            return row is not None and row[0] >= at_least

    _wait_until(reached)


def _wait_until(holds: object, *, seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
