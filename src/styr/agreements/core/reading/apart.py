"""Contract files read by `program` in a process of its own."""

import json
import subprocess
import sys
from typing import Any, Final

from styr.agreements.core.reading.document import ContractText, Kind, Page, UnreadableDocumentError

COMMAND: Final = (sys.executable, "-P", "-m", "styr.agreements.core.reading.program")
PATIENCE: Final = 20.0
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
"""All that the program is told of ours: no keys, no address of the database."""


def read_apart(data: bytes, *, patience: float = PATIENCE) -> ContractText:
    """Read a contract file beside this process; a file that brings its reader down is refused like any other.

    Raises:
        UnreadableDocumentError: it cannot be read, or takes longer than `patience` seconds.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            COMMAND, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience, check=False,
            env=_ENVIRONMENT, cwd="/", close_fds=True,
        )  # fmt: skip
        told = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, OSError, ValueError):
        told = {}
    if "text" not in told:
        raise UnreadableDocumentError(
            told.get("refused", "Filen kunne ikke læses: den er beskadiget eller for tung. Den er gemt, som den kom.")
        )
    return text_of(told["text"])


def text_of(told: dict[str, Any]) -> ContractText:
    """A contract's text from its JSON."""
    return ContractText(
        kind=Kind(told["kind"]),
        pages=tuple(Page(page["number"], page["text"]) for page in told["pages"]),
        scanned=tuple(told["scanned"]),
        macros=told["macros"],
    )
