"""Files named on the command line, one after the other: only one is in memory at a time."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from styr.invoices.core.document_checks.finding import DocumentFinding
from styr.invoices.core.document_checks.run import document_findings
from styr.invoices.core.einvoice.errors import UnreadableInvoice
from styr.invoices.core.einvoice.model import EInvoice
from styr.invoices.core.einvoice.reader import read_einvoice
from styr.invoices.core.einvoice.safe_xml import MAX_BYTES


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: an invoice with its findings, or the reason why there is none."""

    file: str
    outcome: EInvoice | UnreadableInvoice
    findings: tuple[DocumentFinding, ...] = field(default=())


def read_files(paths: Iterable[Path]) -> Iterator[FileResult]:
    """Read every file, and every `*.xml` below every folder, in the order given; folders in the order of names.

    Links to folders are not followed. A file that cannot be read becomes a result too, never an exception.
    """
    for path in paths:
        for file in _files(path):
            yield _read(file)


def _files(path: Path) -> Iterator[Path]:
    if not os.path.isdir(path):  # noqa: PTH112  Path.is_dir raises on a name that is too long
        yield path
        return
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        yield from (Path(folder, name) for name in sorted(names) if name.lower().endswith(".xml"))


def _read(path: Path) -> FileResult:
    shown = os.fsencode(path).decode(errors="replace")
    try:
        invoice = read_einvoice(_contents(path))
    except UnreadableInvoice as error:
        return FileResult(shown, error)
    return FileResult(shown, invoice, document_findings(invoice))


def _contents(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe or a device would never end
            raise UnreadableInvoice("unreadable_file")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableInvoice("too_large")
        return path.read_bytes()
    except OSError:
        raise UnreadableInvoice("unreadable_file") from None
