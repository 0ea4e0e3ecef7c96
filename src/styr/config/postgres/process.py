"""The server's processes: is it running, is its pid file a leftover, are there orphans of a killed server."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
_PAUSE_SECONDS = 0.05


def running_pid(data: Path) -> int | None:
    """The process id of the running server of that data folder; a leftover pid file counts as not running."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if _serves(pid, data) else None


def answers(data: Path, sockets: Path, *, patience_seconds: float = 5.0) -> bool:
    """True when the server runs and takes connections; one that is just dying is given the time to do so."""
    until = time.monotonic() + patience_seconds
    while running_pid(data) is not None:
        with suppress(OSError), socket.socket(socket.AF_UNIX) as door:
            door.connect(str(sockets / SOCKET))
            return True
        if time.monotonic() > until:
            return True  # alive and deaf: a second server would not help
        time.sleep(_PAUSE_SECONDS)
    return False


def clear_leftovers(data: Path, sockets: Path, *, patience_seconds: float = 10.0) -> None:
    """After a killed server: end what is left of its processes, and remove the lock files it left behind.

    PostgreSQL itself takes over the lock files of a dead process; it refuses when the number has been given to another
    process of the same account, or when nobody has noticed the death. Both happen in containers, where numbers are low
    and the first process may wait for no one. Called with the cluster's own lock held, so no other start is under way.
    """
    until = time.monotonic() + patience_seconds
    while orphans := list(_orphans(data)):
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        if time.monotonic() > until:
            break
        time.sleep(_PAUSE_SECONDS)
    if running_pid(data) is None:
        for left in (data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return _folder_of(pid) in {None, data.resolve()}  # somebody else's, so it lives
    if _is_dead(pid):
        return False
    folder = _folder_of(pid)
    return folder is None or folder == data.resolve()


def _is_dead(pid: int) -> bool:
    """True for a process that has ended and waits for its parent to notice; in containers some wait for ever."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state in {"Z", "X"}


def _orphans(data: Path) -> Iterator[int]:
    """Processes working in the data folder: a server's helpers live there from their first moment."""
    for entry in Path("/proc").glob("[0-9]*"):
        pid = int(entry.name)
        if pid != os.getpid() and _folder_of(pid) == data.resolve() and _is_postgres(pid):
            yield pid


def _folder_of(pid: int) -> Path | None:
    """The working folder of a process, or None where the system does not tell."""
    try:
        return Path(f"/proc/{pid}/cwd").readlink()
    except OSError:
        return None


def _is_postgres(pid: int) -> bool:
    with suppress(OSError):
        return b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False
