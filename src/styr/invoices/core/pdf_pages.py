"""The pages of an embedded PDF as pictures, drawn by `pdf_program` in a process of its own."""

import json
import struct
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Final

COMMAND: Final = (sys.executable, "-P", "-m", "styr.invoices.core.pdf_program")
LARGEST: Final = 25 * 1024 * 1024
PATIENCE: Final = 15.0
NARROWEST, WIDEST = 300, 2_000
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
"""All that the program is told of ours: no keys, no address of the database."""
_HEAD: Final = struct.Struct(">II")
_LENGTH: Final = struct.Struct(">I")
_AT_ONCE: Final = BoundedSemaphore(2)
_WAIT: Final = 10.0


class UnableToDrawPdfError(Exception):
    """The file cannot be shown as pictures; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as a PNG picture, how many pages the file has, and how many places are marked on this one.

    There is no picture where there is no such page.
    """

    pages: int
    marked: int
    picture: bytes = field(repr=False)


def looks_like_pdf(data: bytes) -> bool:
    """Whether the bytes begin as a PDF does, whatever the sender calls them."""
    return b"%PDF-" in data[:1024]


def pdf_page(
    data: bytes, *, number: int = 1, width: int = 900, words: Sequence[str] = (), patience: float = PATIENCE
) -> PdfPage:
    """Draw page `number` (from 1) of a PDF at `width` pixels, with `words` marked where they stand in its text.

    Raises:
        UnableToDrawPdfError: it is no PDF, too large, broken, or takes too long; or too many are being drawn just now.
    """
    if len(data) > LARGEST:
        raise UnableToDrawPdfError("Filen er for stor til at blive vist. Hent den i stedet.")
    if not looks_like_pdf(data):
        raise UnableToDrawPdfError("Filen er ikke en PDF.")
    if not _AT_ONCE.acquire(timeout=_WAIT):
        raise UnableToDrawPdfError("Der tegnes mange sider lige nu. Prøv igen om lidt.")
    try:
        asked = json.dumps(list(words)).encode()
        return _drawn(_LENGTH.pack(len(asked)) + asked + data, number, min(max(width, NARROWEST), WIDEST), patience)
    finally:
        _AT_ONCE.release()


def _drawn(told: bytes, number: int, width: int, patience: float) -> PdfPage:
    command = [*COMMAND, str(number), str(width)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            command, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience, check=False,
            env=_ENVIRONMENT, cwd="/", close_fds=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnableToDrawPdfError("Filen kan ikke vises. Hent den i stedet.") from error
    if done.returncode != 0 or len(done.stdout) < _HEAD.size:
        raise UnableToDrawPdfError("Filen er beskadiget eller låst og kan ikke vises. Hent den i stedet.")
    pages, marked = _HEAD.unpack_from(done.stdout)
    return PdfPage(pages, marked, done.stdout[_HEAD.size :])
