"""A contract file as pages of text, whatever its kind; the bytes decide the kind, not the name."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from docx2python import docx2python

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PAGES: Final = 500
_UNPACKED: Final = 200 * 1024 * 1024
_FEW_SIGNS: Final = 40
"""A page with fewer letters than this is a picture of a page: a scan that must be read by its looks."""


class Kind(StrEnum):
    """What a file is."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"


class UnreadableDocumentError(ValueError):
    """The file cannot be read as a contract; the message says why and what to do, fit to show a user."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document as text; the first is number 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class ContractText:
    """The text of a contract. `scanned` are its pages with a picture and no text; `macros` that it carries code."""

    kind: Kind
    pages: tuple[Page, ...]
    scanned: tuple[int, ...]
    macros: bool


def read_contract(data: bytes) -> ContractText:
    """Read PDF, DOCX or plain text (UTF-8 or Windows-1252). Nothing in the file is run.

    Raises:
        UnreadableDocumentError: The file is empty, too large, locked with a password, damaged, or of another kind.
    """
    if not data.strip():
        raise UnreadableDocumentError("Filen er tom.")
    if len(data) > MOST_BYTES:
        raise UnreadableDocumentError("Filen er over 40 MB. Del den, eller gem den i mindre kvalitet.")
    if data[:1024].lstrip().startswith(b"%PDF"):
        return _pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocumentError("Filen er en ældre Word-fil eller er låst med adgangskode. Gem den som DOCX.")
    return ContractText(Kind.TEXT, _text_pages(data), (), macros=False)


def _pdf(data: bytes) -> ContractText:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableDocumentError(
            "Filen er låst med adgangskode. Bed leverandøren om en uden."
            if locked
            else "Filen er beskadiget og kan ikke åbnes. Bed om at få den sendt igen."
        ) from error
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableDocumentError(
                f"Filen har {len(document)} sider; der læses højst {MOST_PAGES}. Del den i sine kontrakter."
            )
        pages = tuple(Page(number, text) for number, text in enumerate(_pdf_texts(document), start=1))
    finally:
        document.close()
    scanned = tuple(page.number for page in pages if sum(sign.isalpha() for sign in page.text) < _FEW_SIGNS)
    return ContractText(Kind.PDF, pages, scanned, macros=False)


def _pdf_texts(document: pypdfium2.PdfDocument) -> Iterator[str]:
    for page in document:
        text = page.get_textpage()
        yield text.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-\n")
        text.close()
        page.close()


def _docx(data: bytes) -> ContractText:
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            names = packed.namelist()
            size = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableDocumentError("Filen er beskadiget og kan ikke åbnes. Bed om at få den sendt igen.") from error
    if "word/document.xml" not in names:
        raise UnreadableDocumentError("Filen er et arkiv, men ikke et Word-dokument. Pak den ud først.")
    if size > _UNPACKED:
        raise UnreadableDocumentError("Filen fylder over 200 MB, når den pakkes ud, og bliver ikke åbnet.")
    try:
        with docx2python(BytesIO(data)) as content:
            text = content.text
    except (KeyError, ValueError, SyntaxError) as error:
        raise UnreadableDocumentError("Word-filen er beskadiget og kan ikke læses. Bed om den igen.") from error
    return ContractText(Kind.DOCX, (Page(1, text),), (), macros=any("vbaProject" in name for name in names))


def _text_pages(data: bytes) -> tuple[Page, ...]:
    if b"\x00" in data[:4096]:
        raise UnreadableDocumentError("Filen er hverken PDF, Word eller ren tekst.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return tuple(Page(number, page) for number, page in enumerate(text.split("\f"), start=1))
