"""The parts of an Excel workbook (ECMA-376) that reading values needs: sheets, shared texts, date formats.

Own reader instead of a library's: one that lays a sheet out as a dense grid is brought down by a 5 KB file with a value
in A1 and one in XFD1048576 (measured: 512 GiB asked for), numbers must not pass a float, and a formula without a stored
value must be told from an empty cell.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from styr.integrations.core.containers import (
    DAMAGED,
    WORKBOOK_LIMITS,
    UnsafeContainerError,
    member_problem,
    open_container,
    read_member,
)
from styr.integrations.core.problems import Problem
from styr.integrations.spreadsheets.core.table import UnreadableFileError

_BROKEN: tuple[type[Exception], ...] = (etree.LxmlError, *DAMAGED)
_PROLOGUE = 4096
_OPEN_AND_SAVE = "Åbn filen i Excel, gem den igen som .xlsx, og indlæs den på ny."
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet: its name, whether people see it, and the part of the package that holds it."""

    name: str
    visible: bool
    path: str


@dataclass(frozen=True, slots=True)
class Workbook:
    """An opened workbook; `date_styles` holds the style numbers whose format shows a date, `epoch` is Excel's day 0."""

    file: str
    archive: zipfile.ZipFile
    sheets: tuple[SheetPart, ...]
    texts: tuple[str, ...]
    date_styles: frozenset[int]
    epoch: datetime

    def sheet_elements(self, part: SheetPart) -> Iterator[tuple[str, etree._Element]]:
        """The closed elements of a sheet (local name, element), streamed; the caller clears what it has read."""
        try:
            problem = member_problem(self.archive.getinfo(part.path), self.file, WORKBOOK_LIMITS)
            if problem:
                raise UnreadableFileError(problem)
            with self.archive.open(part.path) as stream:
                yield from _row_elements(stream)
        except _BROKEN as error:
            raise UnreadableFileError(broken(self.file)) from error


def open_workbook(data: bytes, *, file: str) -> Workbook:
    """Open a workbook after its container has been found safe.

    Raises:
        UnreadableFileError: no workbook, damaged, cut short, locked with a password or bigger than is reasonable.
    """
    try:
        archive = open_container(data, file=file, limits=WORKBOOK_LIMITS)
        book = _part(archive, _book_path(archive), file)
        relations = _relations(archive, file)
        strings = next((path for kind, path in relations.values() if kind == "sharedStrings"), None)
        styles = next((path for kind, path in relations.values() if kind == "styles"), None)
        return Workbook(
            file=file,
            archive=archive,
            sheets=tuple(_sheets(book, relations)),
            texts=_texts(_part(archive, strings, file)) if strings else (),
            date_styles=_date_styles(_part(archive, styles, file)) if styles else frozenset(),
            epoch=_epoch(book),
        )
    except UnsafeContainerError as error:
        raise UnreadableFileError(error.problem) from error
    except _BROKEN as error:
        raise UnreadableFileError(broken(file)) from error


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a ZIP container is an Excel workbook."""
    names = set(archive.namelist())
    return "[Content_Types].xml" in names and any(name.lower().startswith("xl/workbook") for name in names)


def _row_elements(stream: IO[bytes]) -> Iterator[tuple[str, etree._Element]]:
    """The closed rows and merged ranges of a sheet's XML; entities, DTDs, the network and huge trees are off."""
    tags = ("{*}row", "{*}mergeCell")
    for _, element in etree.iterparse(
        stream, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    ):
        yield etree.QName(element).localname, element


def broken(file: str) -> Problem:
    """The problem of a workbook whose parts make no sense."""
    return Problem(
        "workbook_broken", file, "Regnearket er beskadiget eller ikke skrevet færdig og kan ikke læses.", _OPEN_AND_SAVE
    )


def _book_path(archive: zipfile.ZipFile) -> str:
    return next(name for name in [*archive.namelist(), "xl/workbook.xml"] if name.lower() == "xl/workbook.xml")


def _part(archive: zipfile.ZipFile, path: str, file: str) -> etree._Element:
    data = read_member(archive, archive.getinfo(path), file=file, limits=WORKBOOK_LIMITS)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if b"<!DOCTYPE" in data[:_PROLOGUE]:
        raise UnsafeContainerError(broken(file))
    return root


def _relations(archive: zipfile.ZipFile, file: str) -> dict[str, tuple[str, str]]:
    """Relation id → (kind, path of the part)."""
    found: dict[str, tuple[str, str]] = {}
    for element in _part(archive, "xl/_rels/workbook.xml.rels", file):
        target = element.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        found[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], path)
    return found


def _sheets(book: etree._Element, relations: dict[str, tuple[str, str]]) -> Iterator[SheetPart]:
    for element in book.iterfind(".//{*}sheets/{*}sheet"):
        relation = element.get(_RELATION_ID) or element.get(_STRICT_RELATION_ID) or ""
        kind, path = relations[relation]
        if kind == "worksheet":
            yield SheetPart(element.get("name", ""), element.get("state", "visible") == "visible", path)


def _texts(root: etree._Element) -> tuple[str, ...]:
    return tuple(text_of(item) for item in root.iterfind("{*}si"))


def text_of(item: etree._Element) -> str:
    """The text of a shared or inline string: all its runs, without the phonetic guide."""
    parts = []
    for text in item.iter("{*}t"):
        parent = text.getparent()
        if parent is not None and etree.QName(parent).localname == "rPh":
            continue
        parts.append(text.text or "")
    return "".join(parts)


def _date_styles(root: etree._Element) -> frozenset[int]:
    own = {int(fmt.get("numFmtId", "0")): fmt.get("formatCode", "") for fmt in root.iterfind("{*}numFmts/{*}numFmt")}
    builtin = dict(BUILTIN_FORMATS)
    styles = []
    for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        format_id = int(style.get("numFmtId", "0"))
        code = own.get(format_id) or builtin.get(format_id, "")
        if 14 <= format_id <= 17 or format_id == 22 or (code and is_date_format(code)):  # noqa: PLR2004 - ECMA-376 18.8.30
            styles.append(number)
    return frozenset(styles)


def _epoch(book: etree._Element) -> datetime:
    properties = book.find("{*}workbookPr")
    mac = properties is not None and properties.get("date1904") in {"1", "true"}
    return CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900
