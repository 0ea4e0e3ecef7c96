"""Reads e-invoices in batches, in this process or beside it; knows no database."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from hashlib import sha256
from threading import Event, Lock, local

from styr.integrations.core.reader_process import (
    COMMAND,
    Patience,
    Reader,
    ReaderLostError,
    ReaderNotStartedError,
)
from styr.invoices.core.intake import HmacIndex, ReadDocument, read_document

READER_LOST = "reader_lost"
"""The error of a document on which processes that read it died."""

_IN_FLIGHT = 3
_WORTH_PROCESSES = 300
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one e-invoice and the name it is shown under."""

    name: str
    sha256: str
    data: bytes = field(repr=False)


Batch = Sequence[Raw]
ReadBatch = list[tuple[Raw, ReadDocument]]


def read_batches(  # noqa: PLR0913 - one use case, all by keyword
    batches: Iterable[Batch],
    *,
    index: HmacIndex,
    expected: int,
    processes: int,
    careful: bool = False,
    patience: Patience | None = None,
    command: Sequence[str] = COMMAND,
) -> Iterator[ReadBatch]:
    """Read batches in their order, at most four of them in memory; many are read in processes beside ours.

    A process that dies or hangs costs time, never the import: its batch is read again one document at a time, and a
    document on which two processes were lost comes back with the error `READER_LOST`. Where no process can be had,
    everything is read here.

    Args:
        batches: the files; those of an empty batch come back as such.
        index: makes the blind indexes.
        expected: how many files there are at most; few are not worth a process.
        processes: how many processes may be started; 0 for none.
        careful: read beside also few files, since one of them may have ended an earlier importer.
        patience: how long a process may take.
        command: the process.
    """
    if processes < 1 or (expected < _WORTH_PROCESSES and not careful):
        for batch in batches:
            yield _read_here(batch, index)
        return
    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(max_workers=processes if expected >= _WORTH_PROCESSES else 1))
        readers = _Readers(index, patience or Patience(), command)
        stack.callback(readers.end)
        waiting: deque[Future[ReadBatch]] = deque()
        stack.callback(lambda: [future.cancel() for future in waiting])
        for batch in batches:
            waiting.append(threads.submit(readers.read, batch))
            if len(waiting) > _IN_FLIGHT:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


class _EndedError(Exception):
    """The import is over; nobody waits for what is still being read."""


class _Readers:
    """One reader process for each thread that asks, replaced when it is lost."""

    def __init__(self, index: HmacIndex, patience: Patience, command: Sequence[str]) -> None:
        self._index = index
        self._patience = patience
        self._command = command
        self._own = local()
        self._lock = Lock()
        self._alive: set[Reader] = set()
        self._to_be_had = True
        self._ended = Event()

    def read(self, batch: Batch) -> ReadBatch:
        """Read a batch beside; here, where no process can be had."""
        if not batch:
            return []
        try:
            return self._ask(batch, self._patience.batch)
        except ReaderNotStartedError:
            return _read_here(batch, self._index)
        except ReaderLostError:
            return [self._alone(raw) for raw in batch]

    def end(self) -> None:
        """End all processes and start no more."""
        with self._lock:
            self._ended.set()
            alive = list(self._alive)
        for reader in alive:
            reader.close()

    def _alone(self, raw: Raw) -> tuple[Raw, ReadDocument]:
        """Read one document of a batch that lost its process; never here, once a process was lost on it alone."""
        for attempt in range(_TRIES):
            try:
                [one] = self._ask([raw], self._patience.one)
            except ReaderLostError:
                continue
            except ReaderNotStartedError:
                if attempt == 0:
                    return _read_here([raw], self._index)[0]
                break
            return one
        return raw, _lost(raw)

    def _ask(self, batch: Batch, seconds: float) -> ReadBatch:
        reader = self._reader()
        try:
            documents = reader.read([(raw.name, raw.data) for raw in batch], self._index, seconds=seconds)
        except ReaderLostError:
            self._own.reader = None
            with self._lock:
                self._alive.discard(reader)
            raise
        return [(raw, replace(document, data=raw.data)) for raw, document in zip(batch, documents, strict=True)]

    def _reader(self) -> Reader:
        reader: Reader | None = getattr(self._own, "reader", None)
        if reader is None:
            reader = self._started()
            self._own.reader = reader
        return reader

    def _started(self) -> Reader:
        if self._ended.is_set():
            raise _EndedError
        if not self._to_be_had:
            raise ReaderNotStartedError
        try:
            reader = Reader(self._command, seconds=self._patience.start)
        except ReaderNotStartedError:
            self._to_be_had = False
            raise
        with self._lock:
            if not self._ended.is_set():
                self._alive.add(reader)
                return reader
        reader.close()
        raise _EndedError


def _lost(raw: Raw) -> ReadDocument:
    message = "Filen får programmet, der læser den, til at gå ned eller stå stille. Den er ikke læst."
    return ReadDocument(
        sha256=sha256(raw.data).hexdigest(),
        data=raw.data,
        filename=raw.name.replace("\\", "/").rpartition("/")[2],
        invoice=None,
        error=(READER_LOST, message),
    )


def _read_here(batch: Batch, index: HmacIndex) -> ReadBatch:
    return [(raw, read_document(raw.name, raw.data, index=index)) for raw in batch]
