"""What a ZIP container may hold before a single byte of it is unpacked: no bombs, no ways out, no secrets."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from styr.integrations.core.problems import Problem, safe_name

DAMAGED: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    MemoryError,
    ArithmeticError,
    LookupError,
    RuntimeError,
    ValueError,
)
"""Everything that opening or unpacking a damaged container raises; `RuntimeError` covers methods nobody knows.

`MemoryError` is that of a damaged LZMA header, which asks for gigabytes.
"""

_ENCRYPTED = 0x1
_PACKED_WHOLE = "Pak arkivet igen, og prøv på ny."


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and counts that a container may reach; `ratio` (unpacked / packed) binds above `ratio_from` bytes."""

    members: int = 200_000
    member_bytes: int = 64 * 1024 * 1024
    total_bytes: int = 4 * 1024 * 1024 * 1024
    ratio: int = 200
    ratio_from: int = 4 * 1024 * 1024


ARCHIVE_LIMITS = Limits()
WORKBOOK_LIMITS = Limits(
    members=5_000, member_bytes=256 * 1024 * 1024, total_bytes=512 * 1024 * 1024, ratio=200, ratio_from=16 * 1024 * 1024
)


class UnsafeContainerError(Exception):
    """The container, or one member of it, may not be opened; `problem` is fit to show."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Member:
    """One file inside an archive: its name there and its place in the table of contents."""

    name: str
    info: zipfile.ZipInfo


def open_container(source: IO[bytes] | bytes, *, file: str, limits: Limits) -> zipfile.ZipFile:
    """Open a ZIP container whose table of contents stays within the limits.

    Raises:
        UnsafeContainerError: not a ZIP file, cut short, or more members or bytes than allowed.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except DAMAGED as error:
        raise UnsafeContainerError(
            Problem(
                "archive_broken",
                file,
                "Arkivet er beskadiget eller ikke skrevet færdig.",
                "Hent filen igen, eller pak den på ny.",
            )
        ) from error
    infos = archive.infolist()
    if len(infos) > limits.members:
        archive.close()
        message = f"Arkivet indeholder {len(infos):,} filer; højst {limits.members:,} er tilladt.".replace(",", ".")
        raise UnsafeContainerError(Problem("archive_count", file, message, "Del arkivet i flere."))
    total = sum(info.file_size for info in infos)
    if total > limits.total_bytes:
        archive.close()
        message = (
            f"Arkivet fylder {_megabytes(total)} MB udpakket; højst {_megabytes(limits.total_bytes)} MB er tilladt."
        )
        raise UnsafeContainerError(
            Problem("archive_bomb", file, message, "Del arkivet i flere, og kontrollér, hvem der har sendt det.")
        )
    return archive


def members(archive: zipfile.ZipFile, *, file: str, limits: Limits) -> Iterator[Member | Problem]:
    """The files of an archive in its own order; what may not be read is a `Problem` in its place."""
    for info in archive.infolist():
        if info.is_dir():
            continue
        problem = member_problem(info, safe_name(f"{file}/{info.filename}"), limits)
        yield problem or Member(info.filename, info)


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, file: str, limits: Limits) -> bytes:
    """Unpack one member, never more bytes than allowed whatever its header claims.

    Raises:
        UnsafeContainerError: a member that the table of contents or the unpacking shows to be broken or too big.
    """
    problem = member_problem(info, file, limits)
    if problem:
        raise UnsafeContainerError(problem)
    try:
        with archive.open(info) as stream:
            data = stream.read(limits.member_bytes + 1)
    except DAMAGED as error:
        raise UnsafeContainerError(
            Problem("archive_member", file, "Filen i arkivet er beskadiget og kan ikke pakkes ud.", _PACKED_WHOLE)
        ) from error
    if len(data) > limits.member_bytes or len(data) > info.file_size:
        raise UnsafeContainerError(_bomb(file))
    return data


def member_problem(info: zipfile.ZipInfo, file: str, limits: Limits) -> Problem | None:
    """Why a member may not be read, told from the table of contents alone."""
    if info.flag_bits & _ENCRYPTED:
        return Problem(
            "archive_encrypted", file, "Filen er låst med adgangskode.", "Pak den ud med koden, og indlæs den derefter."
        )
    if stat.S_ISLNK(info.external_attr >> 16):
        return Problem(
            "archive_link", file, "Arkivet indeholder en genvej (symbolsk link) i stedet for en fil.", _PACKED_WHOLE
        )
    if leads_out(info.filename):
        message = "Filens navn i arkivet peger ud af arkivet. Den er ikke læst."
        return Problem("archive_path", file, message, "Pak arkivet igen uden »..« og uden drev- eller rodmappe.")
    if info.file_size > limits.member_bytes:
        return _bomb(file)
    if info.file_size > limits.ratio_from and info.file_size > limits.ratio * max(info.compress_size, 1):
        return _bomb(file)
    return None


def leads_out(name: str) -> bool:
    """Whether a member's name could reach outside a folder that it were unpacked in."""
    path = name.replace("\\", "/")
    return (
        path.startswith("/") or "\0" in path or ".." in PurePosixPath(path).parts or (len(path) > 1 and path[1] == ":")
    )


def unpacked_size(infos: Sequence[zipfile.ZipInfo]) -> int:
    """Bytes that the members claim to fill."""
    return sum(info.file_size for info in infos)


def _bomb(file: str) -> Problem:
    message = "Filen fylder urimeligt meget udpakket (mulig ZIP-bombe). Den er ikke læst."
    return Problem(
        "archive_bomb",
        file,
        message,
        "Kontrollér, hvem der har sendt den; pak den ud, og indlæs filen alene, hvis den er ægte.",
    )


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024):,}".replace(",", ".")
