"""A process that reads e-invoices beside the importer, and that may die, stop or never start without taking it along.

Started as a program of its own and not through `multiprocessing`: that would run the importer's main script again,
which without its `if __name__` guard begins another import that waits for the first one's lock. Files and documents
travel as pickles through its pipes, which nobody but the two has hold of; an importer that is killed closes them.
"""

import os
import pickle
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Timer
from typing import IO, Any

from styr.invoices.core.intake import HmacIndex, ReadDocument, read_document

COMMAND = (sys.executable, "-P", "-m", "styr.integrations.core.reader_process")
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8"}
"""Neither the program's keys nor the database's address: the process reads what strangers sent."""
_GONE = (OSError, EOFError, pickle.UnpicklingError, ValueError)

File = tuple[str, bytes]
Read = Callable[..., ReadDocument]


class ReaderNotStartedError(Exception):
    """No process can be had: none may be started, or it does not get as far as reading."""


class ReaderLostError(Exception):
    """The process died or did not answer in time; it is ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds that a process may take to start, to read a batch, and to read one document."""

    start: float = 60
    batch: float = 180
    one: float = 60


class Reader:
    """A reader process; from its making to `close` it is alive or lost."""

    def __init__(self, command: Sequence[str], *, seconds: float) -> None:
        """Start the process and wait until it is ready; raises `ReaderNotStartedError`."""
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
            )
        except OSError as error:
            raise ReaderNotStartedError from error
        try:
            self._answer(None, seconds)
        except ReaderLostError as error:
            raise ReaderNotStartedError from error

    def read(self, files: Sequence[File], index: HmacIndex, *, seconds: float) -> list[ReadDocument]:
        """Read files; their documents come back without their bytes, which the caller has.

        Raises:
            ReaderLostError: the process died on the way, or took longer.
        """
        documents: list[ReadDocument] = self._answer((list(files), index), seconds)
        return documents

    def end(self) -> None:
        """Kill the process; whoever waits for it is told that it is lost."""
        self._process.kill()

    def close(self) -> None:
        """Kill the process and let go of its pipes; not while another thread waits for it."""
        self.end()
        for pipe in _pipes(self._process):
            try:
                pipe.close()
            except OSError:
                continue  # bytes that a dead process never took
        self._process.wait()

    def _answer(self, question: object, seconds: float) -> Any:
        """Also a process that is stopped, and takes nothing from its pipe, is ended when the time is up."""
        asked, told = _pipes(self._process)
        timer = Timer(seconds, self.end)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump(question, asked)
            asked.flush()
            return pickle.load(told)  # noqa: S301 - the pipe of our own process
        except _GONE as error:
            self.close()
            raise ReaderLostError from error
        finally:
            timer.cancel()


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin  # noqa: S101 - both are asked for
    assert process.stdout  # noqa: S101 - the same
    return process.stdin, process.stdout


def serve(read: Read = read_document) -> None:
    """Read what comes on stdin until it is closed."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    for what in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(what, (0, 0))  # it starts nothing and writes no file
    while True:
        try:
            question = pickle.load(asked)  # noqa: S301 - the pipe from the importer
        except EOFError:
            return
        documents: list[ReadDocument] = []
        if question is not None:
            files, index = question
            documents = [replace(read(name, data, index=index), data=b"") for name, data in files]
        pickle.dump(documents, told)
        told.flush()


if __name__ == "__main__":
    serve()
