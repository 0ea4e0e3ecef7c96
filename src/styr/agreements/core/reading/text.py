"""What a contract file is, and its text as values; the bytes decide the kind, not the name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_BYTES: Final = 40 * 1024 * 1024
MOST_PAGES: Final = 500
_FEW_SIGNS: Final = 40
"""A page with fewer letters than this is a picture of a page: a scan that must be read by its looks."""
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
MACROS: Final = (
    "Filen har makroer. Den er gemt, men bliver ikke åbnet. Bed om den som Word-fil uden makroer (DOCX) eller som PDF."
)
_OLE: Final = b"\xd0\xcf\x11\xe0"
_MESSAGE: Final = "__properties_version1.0".encode("utf-16-le")
_MAIL_HEADS: Final = (b"received:", b"return-path:", b"message-id:", b"mime-version:", b"from:", b"delivered-to:")


class Kind(StrEnum):
    """What a file is."""

    PDF = "pdf"
    DOCX = "docx"
    TEXT = "text"
    PICTURE = "picture"
    MAIL = "mail"


class UnreadableDocumentError(ValueError):
    """The file cannot be read as a contract; the message says why and what to do, fit to show a user."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page and where it stands: thousandths of the page's width, from its upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page, row by row; a cell that is not there is ""."""

    page: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document as text; the first is number 1. `height` is in thousandths of its width, 0 if unknown."""

    number: int
    text: str
    lines: tuple[Line, ...] = ()
    height: int = 0


@dataclass(frozen=True, slots=True)
class ContractText:
    """The text of a contract. `scanned` are its pages with a picture and no text; `macros` that it carries code."""

    kind: Kind
    pages: tuple[Page, ...]
    scanned: tuple[int, ...]
    macros: bool
    tables: tuple[Table, ...] = ()


def kind_of(data: bytes) -> Kind:
    """What the bytes are; anything that is nothing else counts as text.

    Raises:
        UnreadableDocumentError: an older Word file, which may hold code and is not opened.
    """
    if data[:1024].lstrip().startswith(b"%PDF"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return Kind.DOCX
    if data.startswith(_PICTURES):
        return Kind.PICTURE
    if data.startswith(_OLE):
        if _MESSAGE in data:
            return Kind.MAIL
        raise UnreadableDocumentError(
            "Filen er en ældre Word-fil eller er låst med adgangskode. Den åbnes ikke, for den kan have makroer. "
            "Gem den som DOCX eller PDF."
        )
    return Kind.MAIL if _is_mail(data) else Kind.TEXT


def _is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the heads of a mail: at least two of those that every mail has."""
    heads = data[:16_384].replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower().split(b"\n")
    return len({known for known in _MAIL_HEADS for head in heads if head.startswith(known)}) > 1


def refuse_size(data: bytes) -> None:
    """UnreadableDocumentError when there is nothing, or too much."""
    if not data.strip():
        raise UnreadableDocumentError("Filen er tom.")
    if len(data) > MOST_BYTES:
        raise UnreadableDocumentError("Filen er over 40 MB. Del den, eller gem den i mindre kvalitet.")


def scanned_among(pages: Sequence[Page]) -> tuple[int, ...]:
    """The numbers of the pages that have next to no letters."""
    return tuple(page.number for page in pages if sum(sign.isalpha() for sign in page.text) < _FEW_SIGNS)
