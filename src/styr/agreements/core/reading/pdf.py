"""PDF files: their text line by line with its place, their price tables, and their pages as pictures."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

import pdfplumber
import pypdfium2  # type: ignore[import-untyped]  # it ships no types
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from styr.agreements.core.reading.text import (
    MOST_PAGES,
    ContractText,
    Kind,
    Line,
    Page,
    Table,
    UnreadableDocumentError,
    scanned_among,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAMAGED: Final = "Filen er beskadiget og kan ikke åbnes. Bed om at få den sendt igen."
_PRICES: Final = re.compile(r"(?m)(?:^|\s)\d{1,3}(?:\.\d{3})*,\d{2}(?:\s|$)|\bkr\.?\s*\d|\d\s*kr\b")
_TABLE_PRICES: Final = 2
_MOST_TABLE_PAGES: Final = 12
_MOST_PIXELS: Final = 10_000_000
_INCH: Final = 72


def read_pdf(data: bytes) -> ContractText:
    """The pages of a PDF with the places of their lines, and the tables of pages that hold prices.

    Raises:
        UnreadableDocumentError: it is locked, damaged, or has more than 500 pages.
    """
    document = _opened(data)
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableDocumentError(
                f"Filen har {len(document)} sider; der læses højst {MOST_PAGES}. Del den i sine kontrakter."
            )
        pages = tuple(_page(page, number) for number, page in enumerate(document, start=1))
    finally:
        document.close()
    return ContractText(Kind.PDF, pages, scanned_among(pages), macros=False, tables=tuple(_tables(data, pages)))


def read_picture(data: bytes) -> ContractText:
    """A picture of a page (JPEG, PNG, TIFF with several): pages without text, to be read by their looks.

    Raises:
        UnreadableDocumentError: it is damaged.
    """
    try:
        with Image.open(BytesIO(data)) as picture:
            count = min(getattr(picture, "n_frames", 1), MOST_PAGES)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise UnreadableDocumentError(DAMAGED) from error
    pages = tuple(Page(number, "") for number in range(1, count + 1))
    return ContractText(Kind.PICTURE, pages, scanned_among(pages), macros=False)


def drawn(data: bytes, number: int, *, dots: int) -> bytes:
    """Page `number` (from 1) as a PNG of so many dots per inch, at most ten million in all; b"" where there is none.

    Raises:
        UnreadableDocumentError: it is neither PDF nor picture, or damaged.
    """
    picture = _pdf_picture(data, number, dots) if data[:1024].lstrip().startswith(b"%PDF") else _frame(data, number)
    if picture is None:
        return b""
    kept = BytesIO()
    picture.save(kept, format="PNG", compress_level=1)
    return kept.getvalue()


def part_of(data: bytes, first: int, last: int) -> bytes:
    """A PDF of the pages from `first` to `last`, both counted from 1 and included."""
    whole, part = _opened(data), pypdfium2.PdfDocument.new()
    part.import_pages(whole, pages=list(range(first - 1, min(last, len(whole)))))
    written = BytesIO()
    part.save(written)
    part.close()
    whole.close()
    return written.getvalue()


def _pdf_picture(data: bytes, number: int, dots: int) -> Image.Image | None:
    document = _opened(data)
    try:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            return None
        scale = min(dots / _INCH, (_MOST_PIXELS / (across * down)) ** 0.5)
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")  # type: ignore[no-any-return]  # it ships no types
    finally:
        document.close()


def _frame(data: bytes, number: int) -> Image.Image | None:
    try:
        with Image.open(BytesIO(data)) as picture:
            for at, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if at == number:
                    shown = ImageOps.exif_transpose(frame).convert("RGB")  # a telephone tells how it was held
                    shown.thumbnail((2_500, 4_000))
                    return shown
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise UnreadableDocumentError(DAMAGED) from error
    return None


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableDocumentError(
            "Filen er låst med adgangskode. Bed leverandøren om en uden." if locked else DAMAGED
        ) from error


def _page(page: pypdfium2.PdfPage, number: int) -> Page:
    text = page.get_textpage()
    across, down = page.get_size()
    try:
        words = text.get_text_bounded().replace("\r\n", "\n").replace("\ufffe", "-\n")
        height = round(1000 * down / across) if across > 0 else 0
        return Page(number, words, tuple(_lines(text, page)) if height else (), height)
    finally:
        text.close()
        page.close()


def _lines(text: pypdfium2.PdfTextPage, page: pypdfium2.PdfPage) -> Iterator[Line]:
    left, bottom, right, _top = page.get_bbox()
    across, down = right - left, page.get_bbox()[3] - bottom
    turned = page.get_rotation()
    if turned or across <= 0 or down <= 0:
        return  # a turned page's places are those before it was turned: better no mark than a wrong one
    at = 0
    for part in text.get_text_range().split("\n"):
        boxes = [text.get_rect(i) for i in range(text.count_rects(at, len(part)))] if part.strip() else []
        if boxes:
            sides = (
                min(b[0] for b in boxes),
                max(b[3] for b in boxes),
                max(b[2] for b in boxes),
                min(b[1] for b in boxes),
            )
            yield Line(
                part.strip(),
                round(1000 * (sides[0] - left) / across),
                round(1000 * (bottom + down - sides[1]) / across),
                round(1000 * (sides[2] - left) / across),
                round(1000 * (bottom + down - sides[3]) / across),
            )
        at += len(part) + 1


def _tables(data: bytes, pages: Sequence[Page]) -> Iterator[Table]:
    """The tables of the first pages with several prices: looking for them is slow, and only prices are asked for."""
    asked = [page.number for page in pages if len(_PRICES.findall(page.text)) >= _TABLE_PRICES][:_MOST_TABLE_PAGES]
    if not asked:
        return
    try:
        with pdfplumber.open(BytesIO(data), pages=asked) as read:
            for number, page in zip(asked, read.pages, strict=True):
                for rows in page.extract_tables():
                    if len(rows) > 1:
                        yield Table(
                            number, tuple(tuple(" ".join((cell or "").split()) for cell in row) for row in rows)
                        )
    except (PDFException, PdfminerException, OSError, ValueError, KeyError, TypeError):
        return  # the text is read all the same; a table that cannot be told apart proposes nothing
