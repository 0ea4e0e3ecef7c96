"""A reader process that a document can crash or stop, or that never starts; run as a program by the tests."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from styr.integrations.core.reader_process import serve
from styr.invoices.core.intake import ReadDocument, read_document


def read(name: str, data: bytes, **given: Any) -> ReadDocument:
    if b"CRASH" in data:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"STOP" in data:
        os.kill(os.getpid(), signal.SIGSTOP)
    if b"ONCE" in data and not Path(name).exists():
        Path(name).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return read_document(name, data, index=given["index"])


if __name__ == "__main__":
    if "--never" in sys.argv:
        signal.pause()
    serve(read)
