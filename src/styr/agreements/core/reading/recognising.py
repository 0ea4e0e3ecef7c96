"""Scanned pages read by their looks: ocrmypdf with tesseract in Danish and English, in a process of its own.

The scan itself is never given to it: our confined reader draws the page, and only that picture is recognised.
"""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Timer
from typing import IO, Final

from styr.agreements.core.reading.apart import page_of
from styr.agreements.core.reading.document import Page, UnreadableDocumentError

COMMAND: Final = (sys.executable, "-P", "-m", "styr.agreements.core.reading.recognise_program")
PACKAGES: Final = "tesseract-ocr tesseract-ocr-dan"
MISSING: Final = (
    "Scannede sider kan ikke læses på denne server: tesseract med dansk mangler. "
    f"Bed driften om at installere {PACKAGES}, og læs så dokumentet igen."
)
DOTS: Final = 300
MOST_PAGES: Final = 150
PATIENCE: Final = 180.0
"""Seconds for a page on a machine that is busy; an idle one needs three or four."""
HEAD: Final = struct.Struct(">II")
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - memory, so that no picture of a contract lies on a disk


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as it was recognised: its text with places, and a PDF of one page that shows it upright."""

    page: Page
    pdf: bytes = field(repr=False)


@cache
def languages() -> frozenset[str]:
    """The languages of the tesseract on this machine; none where there is no tesseract."""
    found = shutil.which("tesseract")
    if found is None:
        return frozenset()
    try:
        told = subprocess.run([found, "--list-langs"], capture_output=True, text=True, check=False, timeout=10)  # noqa: S603 - the program found
    except (subprocess.TimeoutExpired, OSError):
        return frozenset()
    return frozenset(line.strip() for line in told.stdout.splitlines()[1:])


def can_recognise() -> bool:
    """Whether scanned pages in Danish can be read here."""
    return "dan" in languages()


class Recogniser:
    """A program that recognises one page after the other; made by `recognising`."""

    def __init__(self, running: "subprocess.Popen[bytes]", patience: float) -> None:
        self._running, self._patience = running, patience

    def page(self, picture: bytes, number: int) -> Recognised:
        """The page in a PNG of 300 dots an inch.

        Raises:
            UnreadableDocumentError: it cannot be recognised, or takes too long; the program has ended then.
        """
        assert self._running.stdin is not None  # noqa: S101 - made with pipes
        assert self._running.stdout is not None  # noqa: S101
        watch = Timer(self._patience, self._running.kill)
        watch.start()
        try:
            self._running.stdin.write(HEAD.pack(len(picture), number) + picture)
            self._running.stdin.flush()
            head = self._running.stdout.read(HEAD.size)
            told, pdf = HEAD.unpack(head)
            return Recognised(page_of(json.loads(self._running.stdout.read(told))), self._running.stdout.read(pdf))
        except (OSError, ValueError, struct.error) as error:
            self._running.kill()
            raise UnreadableDocumentError(f"Side {number} kunne ikke læses: billedet er for dårligt.") from error
        finally:
            watch.cancel()


@contextmanager
def recognising(*, patience: float = PATIENCE) -> Iterator[Recogniser]:
    """Start the program, in an empty folder of its own that goes with it."""
    kept = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="styr-scan-", dir=kept, ignore_cleanup_errors=True) as folder:
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "TMPDIR": folder,
            "HOME": folder,
            "OMP_THREAD_LIMIT": "1",  # tesseract's threads wait on one another where the machine is busy
        }
        running = subprocess.Popen(  # noqa: S603 - our own program
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment,
            cwd=folder, close_fds=True,
        )  # fmt: skip
        try:
            yield Recogniser(running, patience)
        finally:
            running.kill()
            running.wait()
            for pipe in (running.stdin, running.stdout):
                if pipe is not None:
                    _close(pipe)


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return
