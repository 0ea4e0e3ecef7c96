"""Reads e-invoices in batches, in this process or beside it; knows no database."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from multiprocessing.process import BaseProcess

from styr.invoices.core.intake import HmacIndex, ReadDocument, read_document

_IN_FLIGHT = 3
_WORTH_PROCESSES = 300


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one e-invoice and the name it is shown under."""

    name: str
    sha256: str
    data: bytes = field(repr=False)


Batch = Sequence[Raw]
ReadBatch = list[tuple[Raw, ReadDocument]]


def read_batches(batches: Iterable[Batch], *, index: HmacIndex, expected: int, processes: int) -> Iterator[ReadBatch]:
    """Read batches in their order, at most four of them in memory; many are read in processes beside ours."""
    if processes < 1 or expected < _WORTH_PROCESSES:
        for batch in batches:
            yield _read_here(batch, index)
        return
    with ExitStack() as stack:
        pool = stack.enter_context(_pool(processes))
        waiting: deque[tuple[Batch, Future[list[ReadDocument]] | None]] = deque()
        for batch in batches:
            waiting.append((batch, _submitted(pool, batch, index)))
            if len(waiting) > _IN_FLIGHT:
                yield _collected(*waiting.popleft(), index)
        while waiting:
            yield _collected(*waiting.popleft(), index)


def _pool(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(max_workers=processes, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A reader whose importer was killed ends too, instead of waiting for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _submitted(pool: ProcessPoolExecutor, batch: Batch, index: HmacIndex) -> "Future[list[ReadDocument]] | None":
    """None where the processes have died (out of memory, say): the batch is then read here."""
    try:
        return pool.submit(_read_there, [(raw.name, raw.data) for raw in batch], index)
    except BrokenProcessPool:
        return None


def _collected(batch: Batch, future: "Future[list[ReadDocument]] | None", index: HmacIndex) -> ReadBatch:
    try:
        documents = future.result() if future else None
    except BrokenProcessPool:
        documents = None
    if documents is None:
        return _read_here(batch, index)
    return [(raw, replace(document, data=raw.data)) for raw, document in zip(batch, documents, strict=True)]


def _read_here(batch: Batch, index: HmacIndex) -> ReadBatch:
    return [(raw, read_document(raw.name, raw.data, index=index)) for raw in batch]


def _read_there(files: Sequence[tuple[str, bytes]], index: HmacIndex) -> list[ReadDocument]:
    """The bytes do not travel back: the importer has them."""
    return [replace(read_document(name, data, index=index), data=b"") for name, data in files]
