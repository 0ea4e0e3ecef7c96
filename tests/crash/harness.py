"""Drives imports that are killed: makes the files, starts importers, kills them, and compares what is left."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import psycopg

from databases import _template as template_of
from styr.config.postgres import bootstrap
from styr.config.postgres.address import Address
from styr.config.postgres.passwords import ADMIN, APP, BACKUP, OWNER

KEPT_OUT = 1
"""The exit status of an import that kept a file out."""

DATA = Path(__file__).parents[1] / "data" / "import"
_DOMAINS = ("access", "people", "suppliers", "contracts", "grants", "invoices", "controls", "integrations")
_NOT_COMPARED = {
    *("access_token", "access_tokenkey", "access_session", "integrations_importrun", "controls_controlrun"),
    # Every run looks at a broken file again, so its history has a line for every run.
    *("integrations_importfileevent", "integrations_importproblemevent"),
    # A batch of documents that a kill cut short lands in two, each with a line of its own in the journal.
    "integrations_importlanding",
}


def make_folder(target: Path, *, invoices: int) -> Path:
    """The small municipality's registers, so many invoices of a month each, a broken one, and an archive of some."""
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("README.md", "*.xml"))
    folder = target / "fakturaer"
    folder.mkdir(exist_ok=True)
    template = (DATA / "fakturaer" / "2026-001.xml").read_text()
    for number in range(invoices):
        text = template.replace("<cbc:ID>2026-001<", f"<cbc:ID>N-{number:05d}<")
        (folder / f"{number:05d}.xml").write_text(text)
    (folder / "halv.xml").write_text(template[: len(template) // 2])
    return target


@contextmanager
def own_database(address: Address) -> Iterator["Database"]:
    """A copy of the migrated template that importers beside this process may fill."""
    name = f"styr_crash_{os.getpid()}"
    bootstrap.drop_database(address, name)
    bootstrap.make_database(address, name, template=template_of(address))
    try:
        yield Database(address, name)
    finally:
        bootstrap.drop_database(address, name)


class Database:
    """One database of the tests' cluster, with the municipality in it."""

    def __init__(self, address: Address, name: str) -> None:
        self.address = address
        self.name = name
        with self.admin() as admin:
            tables = [row[0] for row in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
            filled = {table for table in tables if admin.execute(f"SELECT FROM {table} LIMIT 1").fetchone() is not None}
        self._emptied = [table for table in tables if table not in filled] + ["access_municipality"]

    def environment(self) -> dict[str, str]:
        """What an importer needs to find the database."""
        roles = {"default": APP, "owner": OWNER, "backup": BACKUP}
        databases = {alias: self.address.django(role, self.name) for alias, role in roles.items()}
        paths = [str(Path(__file__).parent), str(Path(__file__).parents[2] / "src")]
        return {
            **os.environ,
            "STYR_CRASH_DATABASES": json.dumps(databases),
            "STYR_SETTINGS": "crash_settings",
            "DJANGO_SETTINGS_MODULE": "crash_settings",
            "PYTHONPATH": os.pathsep.join(paths),
        }

    @contextmanager
    def admin(self) -> Iterator[psycopg.Connection[Any]]:
        """The administrator's connection, each statement its own transaction."""
        with psycopg.connect(**self.address.parameters(ADMIN, self.name), autocommit=True) as connection:
            yield connection

    @contextmanager
    def stopped_at(self, table: str) -> Iterator[None]:
        """No import gets past that table while the block lasts: it is in the middle of its work, however fast it is."""
        holder = psycopg.connect(**self.address.parameters(ADMIN, self.name))
        try:
            holder.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            yield
        finally:
            holder.close()

    def empty(self) -> None:
        """As before the first import: the reference data of the migrations, and one municipality without anything."""
        with self.admin() as admin:
            admin.execute(f"TRUNCATE {', '.join(dict.fromkeys(self._emptied))} CASCADE")
            admin.execute(
                "INSERT INTO access_municipality (id, code, name) VALUES (gen_random_uuid(), '999', 'Eksempel')"
            )

    def fingerprint(self) -> dict[str, tuple[int, str]]:
        """Every domain table as its number of rows and a hash of what they say, without ids, times and ciphertext."""
        found = {}
        with self.admin() as admin:
            for (table,) in admin.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"):
                if table.split("_")[0] in _DOMAINS and not _NOT_COMPARED & {table, table.removesuffix("event")}:
                    found[table] = self._fingerprint(admin, table)
        return found

    def _fingerprint(self, admin: psycopg.Connection[Any], table: str) -> tuple[int, str]:
        columns = admin.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'pgh_id' "
            "AND data_type NOT IN ('uuid', 'bytea', 'timestamp with time zone', 'jsonb') ORDER BY 1",
            [table],
        ).fetchall()
        listed = ", ".join(f'"{column}"' for (column,) in columns) or "1"
        rows = sorted(repr(row) for row in admin.execute(f"SELECT {listed} FROM {table}"))  # noqa: S608 - names from the catalogue
        return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


def run_command(database: Database, folder: Path, *options: str) -> subprocess.Popen[str]:
    """Start the real command."""
    command = [sys.executable, "-c", "from styr.config.cli import main; main()", "import", str(folder), *options]
    return subprocess.Popen(
        command, env=database.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


class WarmImporter:
    """Runs imports in forked children of one warm process (see `warm_importer.py`)."""

    def __init__(self, database: Database) -> None:
        script = Path(__file__).with_name("warm_importer.py")
        self._told = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - closed with the importer
        self._process = subprocess.Popen(
            [sys.executable, str(script)],
            env=database.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._told,
            text=True,
        )

        self.ended()  # it is warm when it has told its own number

    def told(self) -> str:
        """What the imports have written to stderr since this was last asked."""
        self._told.seek(0)
        text = self._told.read()
        self._told.truncate(0)
        return text

    def start(self, folder: Path) -> int:
        """Begin an import; gives the process that does it."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{folder}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def ended(self) -> int:
        """Wait for the import's end; gives its exit status, negative for a signal."""
        assert self._process.stdout
        return int(self._process.stdout.readline())

    def run(self, folder: Path) -> int:
        """Import and wait; gives the exit status."""
        self.start(folder)
        return self.ended()

    def close(self) -> None:
        """End the warm process, and whatever it is doing."""
        self._process.kill()
        self._process.communicate()
        self._told.close()


@contextmanager
def warm_importer(database: Database) -> Iterator[WarmImporter]:
    """A warm importer that is gone when the block ends."""
    importer = WarmImporter(database)
    try:
        yield importer
    finally:
        importer.close()


def unbroken_run(database: Database, importer: WarmImporter, folder: Path) -> tuple[dict[str, tuple[int, str]], float]:
    """What an import that nobody disturbs leaves, and how many seconds it takes."""
    database.empty()
    started = time.monotonic()
    status = importer.run(folder)
    lasted = time.monotonic() - started
    assert status == KEPT_OUT, importer.told()
    return database.fingerprint(), lasted


def killed_run(importer: WarmImporter, folder: Path, seconds: float) -> bool:
    """Begin an import and kill it so many seconds later; tells whether it was still at it."""
    pid = importer.start(folder)
    time.sleep(seconds)
    kill(pid)
    return importer.ended() == -signal.SIGKILL


def kill(pid: int) -> None:
    """End a process as a power cut would."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # pid (name) state parent …; the name may hold anything but is closed by the last bracket
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found
