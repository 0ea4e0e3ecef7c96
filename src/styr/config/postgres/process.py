"""The server's processes: is it running, is its pid file a leftover, are there orphans of a killed server."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_PAUSE_SECONDS = 0.05


def running_pid(data: Path) -> int | None:
    """The process id of the running server of that data folder; a leftover pid file counts as not running."""
    try:
        pid = int((data / "postmaster.pid").read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if _serves(pid, data) else None


def clear_leftovers(data: Path, *, patience_seconds: float = 10.0) -> None:
    """After a killed server: end what is left of its processes, and remove a pid file that now names a stranger.

    PostgreSQL itself takes over the pid file of a dead process; it refuses when the number has been given to another
    process of the same account, which happens in containers, where numbers are low.
    """
    until = time.monotonic() + patience_seconds
    while orphans := list(_orphans(data)):
        for pid in orphans:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        if time.monotonic() > until:
            break
        time.sleep(_PAUSE_SECONDS)
    pid_file = data / "postmaster.pid"
    if pid_file.exists() and running_pid(data) is None:
        pid_file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return _folder_of(pid) in {None, data}
    folder = _folder_of(pid)
    return folder is None or folder == data.resolve()


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
