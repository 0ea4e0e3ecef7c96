"""Damaged ZIP archives and workbooks: wherever a byte is wrong, the answer is a refusal fit to show, never a crash."""

import io
import random
import struct
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from styr.integrations.core.detection import FileKind
from styr.integrations.sources import Rejected, Source, SourceReader, UnreadableSourceError, discover
from styr.integrations.spreadsheets.core.reading import read_registers
from styr.integrations.spreadsheets.core.table import UnreadableFileError

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
UNITS = b"enhed_nr;navn;ean\n" + b"".join(b"%d;Enhed %d;\n" % (n, n) for n in range(40))


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for method in METHODS:
            target.writestr(f"{method}.csv", UNITS, compress_type=method)
    return stream.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in UNITS.decode().splitlines():
        sheet.append(line.split(";"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def flipped(data: bytes, *, times: int) -> Iterator[bytes]:
    """The data with one to three bytes changed, half of the times among the last ones (the table of contents)."""
    chance = random.Random(20261122)  # noqa: S311 - places of damage, no secrets
    for time in range(times):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(data)) if time % 2 else len(data) - chance.randrange(1, 400)
            changed[place] = chance.randrange(256)
        yield bytes(changed)


def read_all(path: Path) -> int:
    """How many files below the path could be read; whatever could not is told and does not raise."""
    reader, good = SourceReader(), 0
    for found in discover([path]):
        if isinstance(found, Rejected):
            assert found.problem.file
            continue
        try:
            content = reader.read(found)
            read_registers(content.data, file=found.name, workbook=found.kind is FileKind.XLSX)
        except (UnreadableSourceError, UnreadableFileError):
            continue
        good += 1
    reader.close()
    return good


@pytest.mark.parametrize(("name", "whole"), [("pakke.zip", archive()), ("enheder.xlsx", workbook())])
def test_whichever_bytes_of_a_container_are_wrong_it_is_refused_and_the_other_files_are_read(
    tmp_path: Path, name: str, whole: bytes
) -> None:
    (tmp_path / "zz.csv").write_bytes(UNITS)
    for damaged in flipped(whole, times=60):
        (tmp_path / name).write_bytes(damaged)
        assert read_all(tmp_path) >= 1


@pytest.mark.parametrize("method", [1, 12, 14, 97, 0x4242])
def test_a_member_whose_packing_method_is_not_what_it_says_is_refused(tmp_path: Path, method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a.csv", UNITS)
    data = bytearray(stream.getvalue())
    entry = data.index(b"PK\x01\x02")
    data[entry + 10 : entry + 12] = data[8:10] = struct.pack("<H", method)
    (tmp_path / "a.zip").write_bytes(data)
    [source] = discover([tmp_path / "a.zip"])
    assert isinstance(source, Source)
    with closing(SourceReader()) as reader, pytest.raises(UnreadableSourceError, match="beskadiget"):
        reader.read(source)


def test_the_joined_name_of_an_archive_and_its_member_fits_the_journal(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 190}.zip"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(f"{'b' * 190}.csv", UNITS)
        target.writestr(f"../{'c' * 190}.csv", UNITS)
    good, bad = discover([path])
    assert isinstance(good, Source)
    assert isinstance(bad, Rejected)
    for name, ending in ((good.name, "b.csv"), (bad.problem.file, "c.csv")):
        assert len(name) <= 200
        assert name.endswith(ending)
