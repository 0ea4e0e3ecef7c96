"""Words of a Danish sentence, and terms that find them whatever their inflection or the compound they stand in."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import snowballstemmer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[a-zæøåéüöä]+(?:-[a-zæøåéüöä]+)*|[%§,;:()]")
_STEMMER: Final = snowballstemmer.stemmer("danish")
_GAPS: Final = {"…": 6, "..": 2}
"""How many words a gap in a term may stand for at most."""

_LETTERS: Final = 3
"""Pieces that begin as the word itself are kept by so many of their first letters."""

_MOST_KNOWN: Final = 100_000
"""So many words are remembered with what they fit; a process reads many contracts."""


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
class Piece:
    """One word of a term, and whether other letters may stand before or after it."""

    text: str
    open_start: bool
    open_end: bool

    def fits(self, word: Word) -> bool:
        """Whether the word is this one, inflected or in a compound as far as its ends are open."""
        if self.text == "#":
            return word.text[0].isdigit()
        if self.open_start and self.open_end:
            return self.text in word.text
        if self.open_end:
            return word.text.startswith(self.text)
        if self.open_start:
            return word.text.endswith(self.text) or word.stem.endswith(stem(self.text))
        return word.text == self.text or word.stem == stem(self.text)


Place = frozenset[Piece] | int
"""What stands at one place of a term: any of the pieces, or a gap of at most so many words."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand after one another: for each place the pieces that may stand there, none for a gap.

    Written `fuld takst` (any inflection), `takst*` (any word that begins so), `*takst` (any compound of it, inflected),
    `*takst*` (anywhere in a word), `#` (a number), `a|b` (either word), `@NAME` (any one-word term of another
    concept), `…` (up to six words between), `..` (up to two).
    """

    places: tuple[Place, ...]

    @classmethod
    def parse(cls, text: str, known: Mapping[str, Sequence[Term]] = MappingProxyType({})) -> Term:
        """Read a term as it is written in the lexicon; ValueError when it is empty or begins or ends with a gap."""
        parts = text.split()
        if not parts or parts[0] in _GAPS or parts[-1] in _GAPS:
            raise ValueError(f"Udtrykket »{text}« skal begynde og slutte med et ord.")
        return cls(tuple(_alternatives(part, known) for part in parts))

    @property
    def first(self) -> frozenset[Piece]:
        """The pieces that the term may begin with."""
        return self.places[0] if isinstance(self.places[0], frozenset) else frozenset()


def _alternatives(part: str, known: Mapping[str, Sequence[Term]]) -> Place:
    if part in _GAPS:
        return _GAPS[part]
    pieces: set[Piece] = set()
    for one in part.split("|"):
        if one.startswith("@"):
            pieces.update(*(term.first for term in known[one[1:]] if len(term.places) == 1))
        else:
            pieces.add(Piece(one.strip("*").lower(), one.startswith("*"), one.endswith("*")))
    return frozenset(pieces)


class TermIndex:
    """Many terms, searched for at once: a word is held against every piece the first time it is seen only."""

    def __init__(self, terms: Iterable[tuple[str, Term]]) -> None:
        """Take terms with the names that are to be told for them."""
        self._by_first: defaultdict[Piece, list[tuple[str, Term]]] = defaultdict(list)
        pieces: set[Piece] = set()
        for name, term in terms:
            for piece in term.first:
                self._by_first[piece].append((name, term))
            pieces.update(*(place for place in term.places if isinstance(place, frozenset)))
        self._open = tuple(piece for piece in pieces if piece.open_start or piece.text == "#")
        self._by_letters: defaultdict[str, list[Piece]] = defaultdict(list)
        for piece in pieces.difference(self._open):
            for letters in {piece.text[:_LETTERS], stem(piece.text)[:_LETTERS]}:
                self._by_letters[letters].append(piece)
        self._known: dict[str, frozenset[Piece]] = {}

    def found_in(self, sentence: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
        """Each term's name, the number of its first word and of the one after its last."""
        fits = [self._fitting(word) for word in sentence]
        for first, pieces in enumerate(fits):
            for piece in pieces:
                for name, term in self._by_first.get(piece, ()):
                    end = _match(term.places, fits, first)
                    if end is not None:
                        yield name, first, end

    def _fitting(self, word: Word) -> frozenset[Piece]:
        known = self._known.get(word.text)
        if known is None:
            near = {letters: self._by_letters.get(letters, ()) for letters in _beginnings(word)}
            known = frozenset(piece for some in (self._open, *near.values()) for piece in some if piece.fits(word))
            if len(self._known) < _MOST_KNOWN:
                self._known[word.text] = known
        return known


def _beginnings(word: Word) -> Iterator[str]:
    """The letters that a piece which fits the word may begin with."""
    for text in (word.text, word.stem):
        for length in range(1, _LETTERS + 1):
            yield text[:length]


def _match(places: Sequence[Place], fits: Sequence[frozenset[Piece]], at: int) -> int | None:
    if not places:
        return at
    place = places[0]
    if isinstance(place, int):
        tries = range(at, min(at + place, len(fits)) + 1)
        return next((end for start in tries if (end := _match(places[1:], fits, start)) is not None), None)
    if at >= len(fits) or place.isdisjoint(fits[at]):
        return None
    return _match(places[1:], fits, at + 1)
