"""Contract files opened by `program` in a process of its own: read, drawn, parted."""

import base64
import json
import subprocess
import sys
from typing import Any, Final

from styr.agreements.core.reading.document import ContractText, Kind, Line, Page, Table, UnreadableDocumentError
from styr.agreements.core.reading.mails import Mail, MailFile

COMMAND: Final = (sys.executable, "-P", "-m", "styr.agreements.core.reading.program")
PATIENCE: Final = 20.0
_ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
"""All that the program is told of ours: no keys, no address of the database."""
_UNREADABLE: Final = "Filen kunne ikke læses: den er beskadiget eller for tung. Den er gemt, som den kom."


def read_apart(data: bytes, *, patience: float = PATIENCE) -> ContractText:
    """Read a contract file beside this process; a file that brings its reader down is refused like any other.

    Raises:
        UnreadableDocumentError: it cannot be read, or takes longer than `patience` seconds.
    """
    return text_of(json.loads(_asked(data, "read", patience=patience)))


def mail_apart(data: bytes) -> Mail:
    """Read a mail and take its files out, beside this process.

    Raises:
        UnreadableDocumentError: it cannot be read.
    """
    told = json.loads(_asked(data, "mail"))
    files = tuple(MailFile(one["name"], base64.b64decode(one["data"])) for one in told["files"])
    return Mail(**(told | {"files": files}))


def page_apart(data: bytes, *, number: int, dots: int) -> bytes:
    """A page of a PDF or a picture as PNG, drawn beside this process; b"" where there is no such page.

    Raises:
        UnreadableDocumentError: it cannot be drawn.
    """
    return _asked(data, "draw", str(number), str(dots), patience=2 * PATIENCE)


def part_apart(data: bytes, *, first: int, last: int) -> bytes:
    """Some pages of a PDF as a PDF of their own, both ends included.

    Raises:
        UnreadableDocumentError: it cannot be parted.
    """
    return _asked(data, "part", str(first), str(last))


def _asked(data: bytes, *words: str, patience: float = PATIENCE) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [*COMMAND, *words], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=patience,
            check=False, env=_ENVIRONMENT, cwd="/", close_fds=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError) as error:
        raise UnreadableDocumentError(_UNREADABLE) from error
    sign, answer = done.stdout[:1], done.stdout[1:]
    if sign == b"?":
        raise UnreadableDocumentError(answer.decode())
    if done.returncode != 0 or sign != b"=":
        raise UnreadableDocumentError(_UNREADABLE)
    return answer


def text_of(told: dict[str, Any]) -> ContractText:
    """A contract's text from its JSON."""
    return ContractText(
        kind=Kind(told["kind"]),
        pages=tuple(page_of(page) for page in told["pages"]),
        scanned=tuple(told["scanned"]),
        macros=told["macros"],
        tables=tuple(Table(one["page"], tuple(map(tuple, one["rows"]))) for one in told.get("tables", ())),
    )


def page_of(told: dict[str, Any]) -> Page:
    """A page from its JSON; what was kept before lines had places has none."""
    lines = tuple(Line(**one) for one in told.get("lines", ()))
    return Page(told["number"], told["text"], lines, told.get("height", 0))
