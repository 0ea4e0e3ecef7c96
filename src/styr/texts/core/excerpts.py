"""The passage of a document that a search found, with the words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.texts.core.roots import roots

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from styr.agreements.core.reading.document import Page
    from styr.texts.core.asking import Term
    from styr.texts.core.roots import Root

_AROUND: Final = 140
"""Letters that are shown before and after what was found."""

_SPACE: Final = re.compile(r"\s+")
_WITHIN: Final = "-_"
_REST: Final = re.compile(r"[\w-]*")
_LEAST: Final = 4
_LETTERS: Final = 3
"""The first letters of a root, which no inflection changes."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a passage; `marked` when it is a word that was looked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage and the page that it stands on."""

    page: int
    pieces: tuple[Piece, ...]


def excerpts(pages: Iterable[Page], terms: Sequence[Term], *, most: int) -> tuple[Excerpt, ...]:
    """The passages that hold the most of the terms, in the order of the document; none overlaps another."""
    wanted = frozenset(one for term in terms for one in term.roots)
    rows = frozenset(term.roots for term in terms)
    found = sorted((hit for page in pages for hit in _hits(page, wanted, rows)), key=lambda one: -one.worth)
    kept: list[_Hit] = []
    for hit in found:
        if len(kept) < most and not any(hit.overlaps(other) for other in kept):
            kept.append(hit)
    return tuple(hit.shown() for hit in sorted(kept, key=lambda one: (one.page, one.start)))


@dataclass(frozen=True, slots=True)
class _Hit:
    """A stretch of a page's text with the marks in it."""

    page: int
    text: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    worth: int

    def overlaps(self, other: _Hit) -> bool:
        return self.page == other.page and self.start < other.end and other.start < self.end

    def shown(self) -> Excerpt:
        """The stretch in pieces, "…" where the page goes on."""
        pieces, at = [Piece("… ", marked=False)] if self.start else [], self.start
        for first, last in self.marks:
            pieces += [Piece(self.text[at:first], marked=False), Piece(self.text[first:last], marked=True)]
            at = last
        pieces.append(Piece(self.text[at : self.end] + (" …" if self.end < len(self.text) else ""), marked=False))
        return Excerpt(self.page, tuple(piece for piece in pieces if piece.text))


def _hits(page: Page, wanted: frozenset[str], rows: frozenset[tuple[str, ...]]) -> Iterator[_Hit]:
    text = _SPACE.sub(" ", page.text).strip()
    marks = list(_marks(text, wanted))
    for first, (start, _end, _one) in enumerate(marks):
        near = [mark for mark in marks[first:] if mark[1] <= start + 2 * _AROUND]
        kept = tuple(one for _start, _end, one in near)
        in_a_row = sum(kept[at : at + len(row)] == row for row in rows for at in range(len(kept)))
        begin, end = _whole_words(text, start - _AROUND, near[-1][1] + _AROUND)
        inside = tuple((one, last) for one, last, _root in marks if one >= begin and last <= end)
        yield _Hit(page.number, text, begin, end, inside, worth=10 * len(set(kept)) + 5 * in_a_row + len(kept))


def _marks(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """Where the words stand, alone or as the beginning or end of a compound.

    Only words that hold the first letters of one are looked at: of a page that is few.
    """
    letters = re.compile("|".join(sorted(re.escape(one[:_LETTERS]) for one in wanted)), re.IGNORECASE)
    at = 0
    while (near := letters.search(text, at)) is not None:
        start, at = _word_around(text, near.start(), near.end())
        for word in roots(text[start:at]):
            part = _fitting(word, wanted)
            if part is not None:
                yield start + word.start, start + word.end, part


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the word begins and ends that holds a stretch: letters, digits, and hyphens between them."""
    while start and (text[start - 1].isalnum() or text[start - 1] in _WITHIN):
        start -= 1
    after = _REST.match(text, end)
    return start, end if after is None else after.end()


def _fitting(word: Root, wanted: frozenset[str]) -> str | None:
    if word.root in wanted:
        return word.root
    return next((one for one in wanted if len(one) >= _LEAST and _in_compound(word.text, word.root, one)), None)


def _in_compound(text: str, bare: str, part: str) -> bool:
    return text.startswith(part) or bare.endswith(part)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words and held within the text."""
    start, end = max(start, 0), min(end, len(text))
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end
