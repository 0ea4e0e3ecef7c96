"""A program of its own that reads one contract file: the file on stdin, its text as JSON on stdout.

Files come from strangers, so the libraries that read them run in a process that has none of our keys, may use little
memory and time, opens nothing and starts nothing. Started by `apart`.
"""

import codecs
import json
import sys
from dataclasses import asdict
from typing import Final

from styr.agreements.core.reading.document import UnreadableDocumentError, read_contract
from styr.invoices.core.pdf_program import confine

_CODECS: Final = ("ascii", "cp1252", "cp437", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le")
"""What the readers look up as they go; the process can load nothing once it is confined."""


def main() -> int:
    """Read the file and tell its text, or why it cannot be read."""
    data = sys.stdin.buffer.read()
    for name in _CODECS:
        codecs.lookup(name)
    confine()
    try:
        told: dict[str, object] = {"text": asdict(read_contract(data))}
    except UnreadableDocumentError as error:
        told = {"refused": str(error)}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
