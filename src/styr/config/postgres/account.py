"""Which account runs the server: PostgreSQL refuses to run as root, so as root it gets an unprivileged one."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from styr.config.postgres.errors import DatabaseUnavailableError

_UNPRIVILEGED = ("postgres", "nobody")
_LONGEST_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Account:
    """The account of the server's processes and files; `dropped` when it is not the caller's own."""

    uid: int
    gid: int
    dropped: bool

    def own(self, path: Path, mode: int) -> None:
        """Give the path to the account, with that mode."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def run(self, command: Sequence[str], *, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a program as the account, with an environment that says nothing of ours."""
        return subprocess.run(  # noqa: S603 -- programs of PostgreSQL with arguments of ours
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            timeout=_LONGEST_SECONDS,
            start_new_session=True,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
            user=self.uid if self.dropped else None,
            group=self.gid if self.dropped else None,
            extra_groups=[] if self.dropped else None,
        )


def account() -> Account:
    """The caller's own account, or as root an unprivileged one; raises `DatabaseUnavailableError` if there is none."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), dropped=False)
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, dropped=True)
    raise DatabaseUnavailableError(
        "PostgreSQL kan ikke køre som root, og maskinen har hverken kontoen »postgres« eller »nobody«. "
        "Kør som en almindelig bruger."
    )
