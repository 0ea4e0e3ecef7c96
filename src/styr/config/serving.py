"""Serving the pages with gunicorn, in this process's place."""

import os
import socket
import subprocess
import sys
from typing import NoReturn

from django.conf import settings
from django.core.management import call_command

from styr.kernel.refusal import Refusal

TRIED_PORTS = 50
HIGHEST_PORT = 65_535
_STYR = "from styr.config.cli import main; main()"


class UnableToServeError(Refusal):
    """No port could be had."""


def refuse_impossible_port(port: int) -> None:
    """Raise `UnableToServeError` for a number that is no port."""
    if not 1 <= port <= HIGHEST_PORT:
        raise UnableToServeError(f"--port skal være mellem 1 og {HIGHEST_PORT}, ikke {port}.")


def free_port(wanted: int) -> int:
    """The wanted port on this machine, or the next one that nobody holds; raises `UnableToServeError`."""
    refuse_impossible_port(wanted)
    last = min(wanted + TRIED_PORTS - 1, HIGHEST_PORT)
    for port in range(wanted, last + 1):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise UnableToServeError(f"Portene {wanted}-{last} er alle i brug. Vælg en anden med --port.")


def serve(*, port: int, workers: int, host: str = "127.0.0.1", jobs: bool = False) -> NoReturn:
    """Put the pages' files in place and become gunicorn with the settings of this process; never comes back.

    With `jobs`, a process beside it does the long jobs that the pages ask for, until this one ends.
    """
    refuse_impossible_port(port)
    if settings.STATIC_ROOT:
        call_command("collectstatic", interactive=False, verbosity=0)
    os.environ["STYR_SETTINGS"] = os.environ["DJANGO_SETTINGS_MODULE"]
    if jobs:
        words = [sys.executable, "-c", _STYR, "worker", "--until-ends", str(os.getpid())]
        subprocess.Popen(words)  # noqa: S603 - our own program
    sys.stdout.flush()
    words = ["--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4", "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "styr.config.wsgi:application", *words])  # noqa: S606 - our own program, no shell
