"""One page of a document as it is shown beside what was read: its picture with marks, or its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from styr.agreements.core.codes import FieldState
from styr.agreements.core.reading.places import Box, boxes
from styr.agreements.core.review.reviewing import Verdict
from styr.agreements.pictures import has_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from styr.agreements.core.reading.document import Page
    from styr.agreements.queries import DocumentCard, FieldLine, TextLine


@dataclass(frozen=True)
class Mark:
    """A box on the page: `tone` danger for a risk, good for a fact, warning for the one being decided."""

    box: Box
    tone: str


@dataclass(frozen=True)
class ShownPage:
    """A page of `count`; `picture` is the address of its picture, "" where there is none and its text is shown."""

    number: int
    count: int
    picture: str
    height: int
    marks: tuple[Mark, ...]
    lines: tuple[TextLine, ...]
    drawable: bool


def current_field(card: DocumentCard, asked: str) -> FieldLine | None:
    """The fact to decide now: the one asked for if it waits, else the first that does."""
    waiting = [one for one in card.fields if one.state is FieldState.PROPOSED]
    return next((one for one in waiting if str(one.id) == asked), waiting[0] if waiting else None)


def field_after(card: DocumentCard, current: FieldLine | None) -> FieldLine | None:
    """The next fact that waits, the first again after the last; None when there is no other."""
    waiting = [one for one in card.fields if one.state is FieldState.PROPOSED]
    if current is None or len(waiting) < 2:  # noqa: PLR2004 - no other
        return None
    return waiting[(waiting.index(current) + 1) % len(waiting)]


def shown_page(card: DocumentCard, *, asked: str, current: FieldLine | None, as_text: bool) -> ShownPage | None:
    """The page that was asked for, else that of the current fact; None where there is no text."""
    if card.text is None or not card.text.pages:
        return None
    wanted = int(asked) if asked.isdecimal() and len(asked) < 5 else current.page if current else 1  # noqa: PLR2004 - digits
    page = next((one for one in card.text.pages if one.number == wanted), card.text.pages[0])
    drawable = has_pictures(card.kind) and bool(page.lines)
    return ShownPage(
        number=page.number,
        count=len(card.text.pages),
        picture=_address(card.id, page.number) if drawable and not as_text else "",
        height=page.height,
        marks=tuple(_marks(card, page, current)) if drawable else (),
        lines=next((lines for number, lines in card.pages if number == page.number), ()),
        drawable=drawable,
    )


def _address(document_id: UUID, number: int) -> str:
    return reverse("agreement_page", args=[document_id, number])


def _marks(card: DocumentCard, page: Page, current: FieldLine | None) -> Iterator[Mark]:
    for clause in card.clauses:
        if clause.verdict is Verdict.RED and clause.page == page.number:
            yield from (Mark(box, "danger") for box in boxes(page, clause.words))
    for field in card.fields:
        if field.page == page.number and field.words:
            tone = "warning" if current is not None and field.id == current.id else "good"
            yield from (Mark(box, tone) for box in boxes(page, field.words))
