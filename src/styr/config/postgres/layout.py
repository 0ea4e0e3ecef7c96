"""Where the server keeps its things."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

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


def default_home(name: str) -> Path:
    """The home of the cluster of that name: `STYR_HOME`, else outside root's home, else the project's `.var`."""
    chosen = os.environ.get("STYR_HOME")
    if chosen:
        return Path(chosen).resolve() / name
    if os.geteuid() == 0:
        return Path("/var/lib/styr") / name
    project = Path(__file__).resolve().parents[4]
    if (project / "pyproject.toml").is_file() and os.access(project, os.W_OK):
        return project / ".var" / name
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local/state")) / "styr" / name
