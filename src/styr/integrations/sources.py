"""The files that were handed in: found below folders and inside archives, opened one at a time, never followed out."""

import hashlib
import io
import os
import stat
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol

from styr.integrations.core.containers import (
    ARCHIVE_LIMITS,
    DAMAGED,
    WORKBOOK_LIMITS,
    Member,
    UnsafeContainerError,
    members,
    open_container,
    read_member,
)
from styr.integrations.core.detection import HEAD, FileKind, detect
from styr.integrations.core.problems import Problem, Severity, safe_name
from styr.integrations.spreadsheets.core.workbook import is_workbook

LARGEST_FILE = ARCHIVE_LIMITS.member_bytes
_CHECK_FILE = "Kontrollér, at filen findes, og at programmet må læse den."


class UnreadableSourceError(Exception):
    """A file could not be read from where it lies; `problem` is fit to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


class Place(Protocol):
    """Where the bytes of a file are: a path, or `Held` in memory."""

    def open(self, mode: str, /) -> IO[bytes]:
        """The bytes, from their beginning."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file handed in on a page: its name and its bytes, which lie on no disk."""

    name: str
    data: bytes = field(repr=False)

    def open(self, mode: str, /) -> IO[bytes]:  # noqa: ARG002 - as of a path
        """The bytes, from their beginning."""
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Source:
    """One file to import: its name as shown, what it is, and where its bytes are."""

    name: str
    kind: FileKind
    size: int
    path: Place
    member: zipfile.ZipInfo | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file that is not read any further, and why; `source` has its bytes, where they may be kept."""

    problem: Problem
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file with their SHA-256 in hex."""

    data: bytes = field(repr=False)
    sha256: str


class SourceReader:
    """Reads sources; an archive stays open while its members are read one after the other."""

    def __init__(self) -> None:
        self._path: Place | None = None
        self._archive: zipfile.ZipFile | None = None
        self._opened = ExitStack()

    def read(self, source: Source) -> Content:
        """The bytes of a source.

        Raises:
            UnreadableSourceError: it is gone, may not be read, is damaged in its archive, or is bigger than 64 MB.
        """
        try:
            data = self._member(source) if source.member else self._file(source)
        except UnsafeContainerError as error:
            raise UnreadableSourceError(error.problem) from error
        except OSError as error:
            raise UnreadableSourceError(_unreadable(source.name, error)) from error
        return Content(data, hashlib.sha256(data).hexdigest())

    def close(self) -> None:
        """Close the archive that is open."""
        self._opened.close()
        self._path = self._archive = None

    def _file(self, source: Source) -> bytes:
        with source.path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise UnreadableSourceError(_too_large(source.name))
        return data

    def _member(self, source: Source) -> bytes:
        if self._path != source.path or self._archive is None:
            self.close()
            stream = self._opened.enter_context(source.path.open("rb"))
            archive = open_container(stream, file=source.name, limits=ARCHIVE_LIMITS)
            self._archive = self._opened.enter_context(archive)
            self._path = source.path
        assert source.member is not None  # noqa: S101 - told by the caller
        return read_member(self._archive, source.member, file=source.name, limits=ARCHIVE_LIMITS)


def discover(paths: Sequence[Path]) -> Iterator[Source | Rejected]:
    """All files below the paths and inside archives, in the order of their names; what cannot be read is `Rejected`."""
    for path in paths:
        shown = "" if len(paths) == 1 and path.is_dir() else f"{path.name}/"
        if not path.exists():
            yield Rejected(Problem("not_found", safe_name(str(path)), "Filen eller mappen findes ikke.", _CHECK_FILE))
        elif path.is_dir():
            yield from _below(path, shown)
        else:
            yield from _look(path, safe_name(path.name))


def discover_held(files: Sequence[Held]) -> Iterator[Source | Rejected]:
    """All files that were handed in, and those inside their archives; what cannot be read is `Rejected`."""
    for file in files:
        workbook = file.data.startswith(b"PK") and _is_workbook(file)
        name = safe_name(file.name)
        source = Source(name, detect(name, file.data[:HEAD], is_workbook=workbook), len(file.data), file)
        yield from _archived(source) if source.kind is FileKind.ARCHIVE else _judged(source)


def _below(root: Path, prefix: str) -> Iterator[Source | Rejected]:
    trouble: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=trouble.append):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            yield from _look(path, safe_name(prefix + path.relative_to(root).as_posix()), root=root)
    for error in trouble:
        yield Rejected(_unreadable(safe_name(os.fspath(error.filename or root)), error))


def _look(path: Path, name: str, root: Path | None = None) -> Iterator[Source | Rejected]:
    if root is not None and path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        message = "Filen er en genvej (symbolsk link), der peger ud af mappen. Den er ikke læst."
        yield Rejected(Problem("link", name, message, "Læg selve filen i mappen."))
        return
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Rejected(Problem("not_a_file", name, "Dette er ikke en almindelig fil.", "Fjern den fra mappen."))
            return
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except OSError as error:
        yield Rejected(_unreadable(name, error))
        return
    workbook = head.startswith(b"PK") and _is_workbook(path)
    source = Source(name, detect(name, head, is_workbook=workbook), status.st_size, path)
    yield from _archived(source) if source.kind is FileKind.ARCHIVE else _judged(source)


def _is_workbook(path: Place) -> bool:
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            return is_workbook(archive)
    except DAMAGED:
        return False


def _archived(source: Source) -> Iterator[Source | Rejected]:
    try:
        with (
            source.path.open("rb") as stream,
            open_container(stream, file=source.name, limits=ARCHIVE_LIMITS) as archive,
        ):
            for entry in members(archive, file=source.name, limits=ARCHIVE_LIMITS):
                if isinstance(entry, Member):
                    yield from _judged(_inside(archive, source, entry))
                else:
                    yield Rejected(entry)
    except UnsafeContainerError as error:
        yield Rejected(error.problem, source)
    except OSError as error:
        yield Rejected(_unreadable(source.name, error))


def _inside(archive: zipfile.ZipFile, source: Source, entry: Member) -> Source:
    """A member as a source; its kind is told by its first bytes, which a damaged member does not give."""
    try:
        with closing(archive.open(entry.info)) as stream:
            head = stream.read(HEAD)
    except DAMAGED:
        head = b"?"
    workbook = entry.name.lower().endswith((".xlsx", ".xlsm"))
    kind = detect(entry.name, head, is_workbook=workbook)
    return Source(safe_name(f"{source.name}/{entry.name}"), kind, entry.info.file_size, source.path, entry.info)


_REFUSED = {
    FileKind.EMPTY: (
        "empty",
        "Filen er tom (0 byte).",
        "Hent filen igen fra kildesystemet, når den er skrevet færdig.",
    ),
    FileKind.ARCHIVE: (
        "nested_archive",
        "Et arkiv inde i et arkiv læses ikke.",
        "Pak det indre arkiv ud, og indlæs det alene.",
    ),
    FileKind.OLD_OFFICE: (
        "old_office",
        "Filen er et gammelt Excel-format eller er låst med adgangskode.",
        "Åbn den i Excel, fjern adgangskoden, og gem den som .xlsx.",
    ),
    FileKind.OPEN_DOCUMENT: (
        "open_document",
        "Filen er et OpenDocument-dokument.",
        "Gem den som .xlsx eller CSV, og indlæs den igen.",
    ),
}


def _judged(source: Source) -> Iterator[Source | Rejected]:
    """Let registers and e-invoices through; pass system files over in silence and other files with a note."""
    if source.kind is FileKind.QUIET:
        return
    if source.kind is FileKind.OTHER:
        message = "Filen er hverken et register eller en e-faktura og er sprunget over."
        yield Rejected(Problem("other_file", source.name, message, "", Severity.NOTE))
    elif source.kind in _REFUSED:
        code, message, mend = _REFUSED[source.kind]
        yield Rejected(Problem(code, source.name, message, mend), source)
    elif source.size > (WORKBOOK_LIMITS.member_bytes if source.kind is FileKind.XLSX else LARGEST_FILE):
        yield Rejected(_too_large(source.name))
    else:
        yield source


def _too_large(name: str) -> Problem:
    message = f"Filen er større end {LARGEST_FILE // (1024 * 1024)} MB og er ikke læst."
    return Problem("too_large", name, message, "Del filen i flere, eller bed afsenderen om en mindre fil.")


def _unreadable(name: str, error: OSError) -> Problem:
    reason = {"PermissionError": "programmet har ikke adgang", "FileNotFoundError": "den findes ikke længere"}
    told = reason.get(type(error).__name__, error.strerror or "ukendt fejl")
    return Problem("unreadable", name, f"Filen kan ikke åbnes: {told}.", _CHECK_FILE)
