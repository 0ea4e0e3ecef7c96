"""What a file is, told by its first bytes and only then by its name."""

from enum import StrEnum
from pathlib import PurePosixPath

HEAD = 4096
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TABLE_ENDINGS = frozenset({".csv", ".txt", ".tsv"})
_QUIET_NAMES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


class FileKind(StrEnum):
    """The kinds of file that an import tells apart."""

    XML = "xml"
    XLSX = "xlsx"
    CSV = "csv"
    ARCHIVE = "archive"
    EMPTY = "empty"
    OLD_OFFICE = "old_office"
    OPEN_DOCUMENT = "open_document"
    OTHER = "other"
    QUIET = "quiet"


def detect(name: str, head: bytes, *, is_workbook: bool = False) -> FileKind:
    """Tell the kind of a file from its name and its first `HEAD` bytes.

    `is_workbook` is told by the caller for ZIP containers (their table of contents stands at the end of the file).
    A file that systems leave behind (`~$borgere.xlsx`, `.DS_Store`) is `QUIET`: passed over without a word.
    """
    path = PurePosixPath(name)
    if path.name.startswith((".", "~$")) or {part.lower() for part in path.parts} & _QUIET_NAMES:
        return FileKind.QUIET
    ending = path.suffix.lower()
    if not head:
        known = ending in _TABLE_ENDINGS | {".xml", ".xlsx", ".xlsm", ".zip"}
        return FileKind.EMPTY if known else FileKind.OTHER
    if head.startswith(b"PK"):
        return _zip_kind(ending, is_workbook=is_workbook)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return FileKind.OLD_OFFICE
    return _text_kind(ending, head)


def _zip_kind(ending: str, *, is_workbook: bool) -> FileKind:
    if is_workbook or ending in {".xlsx", ".xlsm"}:
        return FileKind.XLSX
    return FileKind.OPEN_DOCUMENT if ending in {".ods", ".docx", ".odt"} else FileKind.ARCHIVE


def _text_kind(ending: str, head: bytes) -> FileKind:
    by_name = {".xml": FileKind.XML, ".xlsx": FileKind.XLSX, ".xlsm": FileKind.XLSX, ".zip": FileKind.ARCHIVE}
    if ending in by_name:
        return by_name[ending]
    if ending in _TABLE_ENDINGS:
        return FileKind.CSV
    start = head
    for bom in _BOMS:
        start = start.removeprefix(bom)
    return FileKind.XML if start.replace(b"\0", b"").lstrip().startswith(b"<?xml") else FileKind.OTHER
