"""A contract file as pages of text, whatever its kind."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any, Final

from docx2python import docx2python

from styr.agreements.core.reading.pdf import read_pdf, read_picture
from styr.agreements.core.reading.text import (
    MACROS,
    MOST_BYTES,
    MOST_PAGES,
    ContractText,
    Kind,
    Line,
    Page,
    Table,
    UnreadableDocumentError,
    kind_of,
    refuse_size,
)

__all__ = [
    "MACROS",
    "MOST_BYTES",
    "MOST_PAGES",
    "ContractText",
    "Kind",
    "Line",
    "Page",
    "Table",
    "UnreadableDocumentError",
    "kind_of",
    "read_contract",
    "refuse_size",
]
_UNPACKED: Final = 200 * 1024 * 1024


def read_contract(data: bytes) -> ContractText:
    """Read PDF, DOCX, plain text (UTF-8 or Windows-1252) or a picture of a page. Nothing in the file is run.

    Raises:
        UnreadableDocumentError: The file is empty, too large, locked with a password, damaged, of another kind, or a
            Word file with macros, which is not opened at all (`MACROS`).
    """
    refuse_size(data)
    match kind_of(data):
        case Kind.PDF:
            return read_pdf(data)
        case Kind.PICTURE:
            return read_picture(data)
        case Kind.DOCX:
            return _docx(data)
        case Kind.MAIL:
            raise UnreadableDocumentError("Filen er en mail. Gem kontrakten, som ligger i den, som en fil for sig.")
        case Kind.TEXT:
            return ContractText(Kind.TEXT, _text_pages(data), (), macros=False)


def _docx(data: bytes) -> ContractText:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = packed.namelist()
            size = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableDocumentError("Filen er beskadiget og kan ikke åbnes. Bed om at få den sendt igen.") from error
    if "word/document.xml" not in names:
        raise UnreadableDocumentError("Filen er et arkiv, men ikke et Word-dokument. Pak den ud først.")
    if any("vbaproject" in name.lower() for name in names):
        raise UnreadableDocumentError(MACROS)
    if size > _UNPACKED:
        raise UnreadableDocumentError("Filen fylder over 200 MB, når den pakkes ud, og bliver ikke åbnet.")
    try:
        with docx2python(BytesIO(data)) as content:
            text, body = content.text, content.body
    except (KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDocumentError("Word-filen er beskadiget og kan ikke læses. Bed om den igen.") from error
    return ContractText(Kind.DOCX, (Page(1, text),), (), macros=False, tables=tuple(_word_tables(body)))


def _word_tables(body: Any) -> list[Table]:
    """The tables of a Word file: what has more than one column and more than one row."""
    found = []
    for table in body:
        rows = tuple(tuple(" ".join(cell).strip() for cell in row) for row in table)
        if len(rows) > 1 and max(map(len, rows)) > 1:
            found.append(Table(1, rows))
    return found


def _text_pages(data: bytes) -> tuple[Page, ...]:
    if b"\x00" in data[:4096]:
        raise UnreadableDocumentError("Filen er hverken PDF, Word, mail, billede eller ren tekst.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return tuple(Page(number, page) for number, page in enumerate(text.split("\f"), start=1))
