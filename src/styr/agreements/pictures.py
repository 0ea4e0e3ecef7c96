"""The pages of a document as pictures, drawn beside this process; CPR numbers are covered where they stand."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw

from styr.access.crypto import unseal
from styr.agreements.core.reading.apart import page_apart
from styr.agreements.core.reading.document import Kind, UnreadableDocumentError
from styr.agreements.core.reading.places import part_of_line
from styr.agreements.models import AgreementDocument, ScannedPage
from styr.agreements.queries import DocumentNotVisibleError
from styr.agreements.sealed import opened_page, opened_text, place_of, place_of_scan
from styr.audit.services import log_read
from styr.invoices.core.masking import holds_cpr

if TYPE_CHECKING:
    from uuid import UUID

    from styr.agreements.core.reading.document import Page

DOTS: Final = 110
_CPR: Final = re.compile(r"(?<!\d)\d{6}\s?[-–—]?\s?[\dOoIlSBZ]{4}(?!\d)")
"""As it is written, and as recognition may take it: more is covered than is a CPR number."""
_MARGIN: Final = 9
"""Thousandths of the page's width on either side that are covered too: letters are not all as wide as we take them."""
_DRAWN: Final = frozenset({Kind.PDF.value, Kind.PICTURE.value})


def has_pictures(kind: str) -> bool:
    """Whether the pages of a document of that kind can be drawn."""
    return kind in _DRAWN


def page_picture(*, document_id: UUID, number: int, whole: bool, page: str) -> bytes:
    """Page `number` as PNG, its CPR numbers covered unless `whole`; b"" where there is none.

    The look at a citizen's case is logged. A page whose words have no places cannot be covered, and is drawn for those
    alone who may see it whole.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
        UnreadableDocumentError: the page cannot be drawn; the message is fit to show.
    """
    document = AgreementDocument.objects.select_related("contract").filter(id=document_id).first()
    if document is None or document.text is None or not has_pictures(document.kind):
        raise DocumentNotVisibleError
    if document.contract is not None and document.contract.citizen_id is not None:
        log_read(citizens=[document.contract.citizen_id], page=page, purpose="kontraktdokument")
    scan = document.scanned_pages.filter(number=number).first()
    shown = _page_of(document, scan, number)
    if shown is None:
        return b""
    if not whole and not shown.lines:
        raise UnreadableDocumentError("Siden er ikke læst, så CPR-numre på den kan ikke dækkes. Derfor vises den ikke.")
    picture = _drawn(document, scan, number)
    return picture if whole else _covered(picture, shown)


def original(*, document_id: UUID, page: str, purpose: str) -> tuple[str, bytes]:
    """The file's name and its bytes as they came, for those who may see CPR numbers; logs a look at a citizen's case.

    Raises:
        DocumentNotVisibleError: there is no such document for the caller.
    """
    document = AgreementDocument.objects.select_related("contract").defer("text").filter(id=document_id).first()
    if document is None:
        raise DocumentNotVisibleError
    if document.contract is not None and document.contract.citizen_id is not None:
        log_read(citizens=[document.contract.citizen_id], page=page, purpose=purpose)
    return document.name, unseal(document.content, place=place_of(document.id, "content"))


def _page_of(document: AgreementDocument, scan: ScannedPage | None, number: int) -> Page | None:
    if scan is not None and not scan.fault:
        return opened_page(scan.id, scan.text)
    assert document.text is not None  # noqa: S101 - asked by the caller
    return next((one for one in opened_text(document.id, document.text).pages if one.number == number), None)


def _drawn(document: AgreementDocument, scan: ScannedPage | None, number: int) -> bytes:
    if scan is not None and scan.picture is not None:
        return page_apart(unseal(scan.picture, place=place_of_scan(scan.id, "picture")), number=1, dots=DOTS)
    return page_apart(unseal(document.content, place=place_of(document.id, "content")), number=number, dots=DOTS)


def _may_be_cpr(words: str) -> bool:
    """Figures that are a CPR number, or letters among figures, which recognition may have taken for some."""
    return holds_cpr(words) or any(sign.isalpha() for sign in words)


def _covered(picture: bytes, page: Page) -> bytes:
    if not picture:
        return picture
    found = [(line, match) for line in page.lines for match in _CPR.finditer(line.text) if _may_be_cpr(match[0])]
    if not found:
        return picture
    with Image.open(BytesIO(picture)) as opened:
        drawn = opened.convert("RGB")
    pencil, scale = ImageDraw.Draw(drawn), drawn.width / 1000
    for line, match in found:
        part = part_of_line(line, match.start(), match.end())
        sides = (part.left - _MARGIN, part.top - 1, part.left + part.width + _MARGIN, part.top + part.height + 1)
        box = [round(max(side, 0) * scale) for side in sides]
        pencil.rectangle((box[0], box[1], box[2], box[3]), fill=(30, 30, 30))
    kept = BytesIO()
    drawn.save(kept, format="PNG", compress_level=1)
    return kept.getvalue()
