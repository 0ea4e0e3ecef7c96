"""Words of a Danish sentence, and terms that find them whatever their inflection or the compound they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[a-zæøåéüöä]+(?:-[a-zæøåéüöä]+)*|[%§,;:()]")
_STEMMER: Final = snowballstemmer.stemmer("danish")
_GAP: Final = 6
"""How many words "…" in a term may stand for at most."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, number or sign in lower case, its stem, and where in the sentence it begins and ends."""

    text: str
    stem: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without its inflection: "taksterne" → "takst"."""
    return _STEMMER.stemWord(word)


def words(sentence: str) -> tuple[Word, ...]:
    """The words of a sentence in their order; punctuation that parts clauses is kept."""
    return tuple(
        Word(found.group(), stem(found.group()), found.start(), found.end())
        for found in _WORD.finditer(sentence.lower())
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """One word of a term: how it begins, ends, or what it holds; "" for the gap "…"."""

    text: str
    open_start: bool
    open_end: bool

    def fits(self, word: Word) -> bool:
        if self.open_start and self.open_end:
            return self.text in word.text
        if self.open_end:
            return word.text.startswith(self.text)
        if self.open_start:
            return word.text.endswith(self.text) or word.stem.endswith(stem(self.text))
        return word.text == self.text or word.stem == stem(self.text)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand after one another.

    Written `fuld takst` (any inflection), `takst*` (any word that begins so), `*takst` (any compound of it, inflected),
    `*takst*` (anywhere in a word), `#` (a number), `a|b` (either word) and `…` (up to six words between).
    """

    pieces: tuple[tuple[_Piece, ...], ...]

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read a term as it is written in the lexicon; ValueError when it is empty or begins or ends with a gap."""
        parts = text.lower().split()
        if not parts or parts[0] == "…" or parts[-1] == "…":
            raise ValueError(f"Udtrykket »{text}« skal begynde og slutte med et ord.")
        return cls(tuple(_alternatives(part) for part in parts))

    def found_in(self, sentence: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Where the term stands: numbers of its first word and of the one after its last."""
        for first in range(len(sentence)):
            end = _match(self.pieces, sentence, first)
            if end is not None:
                yield first, end


def _alternatives(part: str) -> tuple[_Piece, ...]:
    if part == "…":
        return ()
    return tuple(_Piece(one.strip("*"), one.startswith("*"), one.endswith("*")) for one in part.split("|"))


def _match(pieces: tuple[tuple[_Piece, ...], ...], sentence: Sequence[Word], at: int) -> int | None:
    if not pieces:
        return at
    if not pieces[0]:
        tries = range(at, min(at + _GAP, len(sentence)) + 1)
        return next((end for start in tries if (end := _match(pieces[1:], sentence, start)) is not None), None)
    if at >= len(sentence) or not any(_fits(piece, sentence[at]) for piece in pieces[0]):
        return None
    return _match(pieces[1:], sentence, at + 1)


def _fits(piece: _Piece, word: Word) -> bool:
    return word.text[0].isdigit() if piece.text == "#" else piece.fits(word)
