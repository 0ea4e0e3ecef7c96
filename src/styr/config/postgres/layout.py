"""Where the server keeps its things."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from styr.config.postgres.errors import DatabaseUnavailableError

# sockaddr_un holds 108 bytes on Linux and 104 on macOS, the name and a closing zero included.
_LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True, slots=True)
class Layout:
    """The folders of one cluster under its home."""

    home: Path

    @property
    def data(self) -> Path:
        """The cluster's data (PGDATA)."""
        return self.home / "data"

    @property
    def half_made(self) -> Path:
        """Data being made; renamed to `data` when whole."""
        return self.home / "data.half-made"

    @property
    def programs(self) -> Path:
        """The wheel's programs, copied."""
        return self.home / "programs"

    @property
    def log(self) -> Path:
        """The folder of the server's log."""
        return self.home / "log"

    @property
    def secrets(self) -> Path:
        """The passwords of the roles, 0600."""
        return self.home / "passwords.json"

    @property
    def lock(self) -> Path:
        """Held while the cluster is made, started or stopped."""
        return self.home / "lock"

    @property
    def users(self) -> Path:
        """Held, shared, by each test run that uses the cluster."""
        return self.home / "users"

    @property
    def sockets(self) -> Path:
        """The folder of the socket; a short one elsewhere when the home's path is too long for a socket."""
        own = self.home / "run"
        if len(os.fsencode(own)) <= _LONGEST_SOCKET_FOLDER:
            return own
        name = hashlib.sha256(os.fsencode(own)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"styr-{os.geteuid()}-{name}"


@contextmanager
def usable(home: Path) -> Iterator[None]:
    """Turn a folder that cannot be used into `DatabaseUnavailableError`, with what to do about it."""
    try:
        yield
    except PermissionError as problem:
        raise DatabaseUnavailableError(
            f"Ingen adgang til {problem.filename or home}: databasen tilhører en anden bruger, eller mappen er "
            "skrivebeskyttet. Kør som ejeren, eller sæt STYR_HOME til en mappe, du må skrive i."
        ) from problem
    except OSError as problem:
        raise DatabaseUnavailableError(
            f"Databasens mappe {home} kan ikke bruges: {problem.strerror} ({problem.filename or '-'})."
        ) from problem


def default_home(name: str) -> Path:
    """The home of the cluster of that name: `STYR_HOME`, else one of the checkout's own, else the account's.

    A checkout's lies in its `.var`; root's lies where the unprivileged account that runs the server can reach it.
    """
    chosen = os.environ.get("STYR_HOME")
    if chosen:
        return Path(chosen).resolve() / name
    project = Path(__file__).resolve().parents[4]
    in_checkout = (project / "pyproject.toml").is_file()
    if os.geteuid() == 0:
        own = Path("/var/lib/styr")
        return own / hashlib.sha256(os.fsencode(project)).hexdigest()[:8] / name if in_checkout else own / name
    if in_checkout and os.access(project, os.W_OK):
        return project / ".var" / name
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local/state")) / "styr" / name
