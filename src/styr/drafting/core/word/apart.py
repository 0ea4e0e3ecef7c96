"""Word files turned into PDF/A and compared, by programs beside this one that have little time and none of our keys."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_PDF_A: Final = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""PDF/A-2b, which carries its fonts and its structure: it can be archived."""
_NAMES: Final = ("soffice", "libreoffice")
PATIENCE: Final = 60.0
"""The first start of LibreOffice makes its profile; a contract of eight pages takes 1.4 s."""


class UnableToTurnError(RuntimeError):
    """The file could not be made; the message says why, fit to show a user."""


def office() -> str | None:
    """LibreOffice, where it is installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def as_pdf(word: bytes, *, patience: float = PATIENCE) -> bytes:
    """A Word file as PDF/A-2b. Macros are not run: a file from Word carries none that LibreOffice starts unasked.

    Raises:
        UnableToTurnError: LibreOffice is missing, takes too long, or cannot read the file.
    """
    program = office()
    if program is None:
        raise UnableToTurnError(
            "LibreOffice er ikke installeret, så der kan ikke dannes PDF. Hent Word-filen i stedet."
        )
    with TemporaryDirectory(prefix="styr-pdf-") as folder:
        place = Path(folder)
        (place / "kontrakt.docx").write_bytes(word)
        profile = (place / "profil").as_uri()
        asked = (program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
                 "--convert-to", _PDF_A, "--outdir", folder, str(place / "kontrakt.docx"))  # fmt: skip
        run_alone(asked, folder=place, patience=patience)
        made = place / "kontrakt.pdf"
        if not made.exists():
            raise UnableToTurnError("LibreOffice kunne ikke læse Word-filen, så der er ikke dannet en PDF.")
        return made.read_bytes()


def redline(before: bytes, after: bytes, *, author: str, patience: float = PATIENCE) -> bytes:
    """The later Word file with its changes since the earlier as Word's own tracked changes.

    Raises:
        UnableToTurnError: one of them is no Word file that can be compared, or it takes too long.
    """
    with TemporaryDirectory(prefix="styr-ret-") as folder:
        place = Path(folder)
        (place / "before.docx").write_bytes(before)
        (place / "after.docx").write_bytes(after)
        asked = (sys.executable, "-P", "-m", "styr.drafting.core.word.redline_program", author, folder)
        run_alone(asked, folder=place, patience=patience)
        made = place / "redline.docx"
        if not made.exists():
            raise UnableToTurnError("De to Word-filer kunne ikke sammenlignes, så der er ingen fil med rettelser.")
        return made.read_bytes()


def run_alone(asked: Sequence[str], *, folder: Path, patience: float) -> None:
    """Run a program that knows nothing of ours, and end it with all that it started when its time is over."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")),
    }
    started = subprocess.Popen(  # noqa: S603 - our own list of words, no shell
        asked, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        cwd=folder, start_new_session=True,
    )  # fmt: skip
    try:
        started.wait(patience)
    except subprocess.TimeoutExpired:
        raise UnableToTurnError("Det tog for lang tid og blev stoppet. Prøv igen, eller hent Word-filen.") from None
    finally:
        if started.poll() is None:
            os.killpg(started.pid, signal.SIGKILL)
            started.wait()
