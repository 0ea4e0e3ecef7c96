"""A program of its own that opens one contract file: the file on stdin, what was asked for on stdout.

Files come from strangers, so the libraries that read them run in a process that has none of our keys, may use little
memory and time, opens nothing and starts nothing. Started by `apart` with what to do: `read` (the text as JSON), `mail`
(the mail and its files as JSON), `draw NUMBER DOTS` (a page as PNG) or `part FIRST LAST` (pages as a PDF).
"""

import base64
import codecs
import json
import sys
from dataclasses import asdict
from typing import Final

from PIL import Image

from styr.agreements.core.reading.document import UnreadableDocumentError, read_contract
from styr.agreements.core.reading.mails import Mail, read_mail
from styr.agreements.core.reading.pdf import drawn, part_of
from styr.invoices.core.pdf_program import confine

_CODECS: Final = (
    "ascii",
    "cp1252",
    "cp437",
    "latin-1",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp850",
    "idna",
)
"""What the readers look up as they go; the process can load nothing once it is confined."""


def main() -> int:
    """Do what was asked with the file, or tell why it cannot be read."""
    asked, numbers = sys.argv[1], [int(word) for word in sys.argv[2:]]
    data = sys.stdin.buffer.read()
    _warm()
    confine()
    try:
        answer = _answer(asked, numbers, data)
    except UnreadableDocumentError as error:
        answer = b"?" + str(error).encode()
    sys.stdout.buffer.write(answer)
    return 0


def _warm() -> None:
    """Load what is loaded only when it is first needed."""
    import email.policy
    import html.entities

    import oxmsg
    import pdfminer.psparser

    for name in _CODECS:
        codecs.lookup(name)
    Image.init()
    _ = email.policy.default, html.entities.html5, oxmsg.Message, pdfminer.psparser.PSLiteral


def _answer(asked: str, numbers: list[int], data: bytes) -> bytes:
    """One sign that says what follows ("=" the answer, "?" why there is none), and the answer."""
    match asked:
        case "read":
            return b"=" + json.dumps(asdict(read_contract(data)), ensure_ascii=False).encode()
        case "mail":
            return b"=" + json.dumps(_told(read_mail(data)), ensure_ascii=False).encode(errors="replace")
        case "draw":
            return b"=" + drawn(data, numbers[0], dots=numbers[1])
        case "part":
            return b"=" + part_of(data, numbers[0], numbers[1])
        case _:
            return b"?" + asked.encode()


def _told(mail: Mail) -> dict[str, object]:
    files = [{"name": one.name, "data": base64.b64encode(one.data).decode()} for one in mail.files]
    return asdict(mail) | {"files": files}


if __name__ == "__main__":
    sys.exit(main())
