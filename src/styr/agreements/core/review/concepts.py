"""What a sentence speaks of: concepts found by their terms, and whether each is affirmed or denied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.words import Term, TermIndex

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from styr.agreements.core.review.words import Word

_DENIES: Final = frozenset(
    {"ikke", "ingen", "intet", "aldrig", "uden", "hverken", "undtaget", "fritaget", "afskåret", "ej", "udelukket"}
)
_PARTS: Final = frozenset({",", ";", ":", "men", "dog", "medmindre", "hvorimod", "derimod", "når", "hvis", "såfremt"})
_BEFORE: Final = 6
_AFTER: Final = 3
"""How many words before and after a concept a denial may stand; it never reaches into another clause."""


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a sentence: numbers of its first word and of the one after its last, and whether it is denied."""

    concept: str
    first: int
    end: int
    denied: bool


class Lexicon:
    """The concepts with their terms."""

    def __init__(self, written: Mapping[str, Sequence[str]]) -> None:
        """Take a lexicon as it is written: concept → terms, or "@OTHER" for all terms of another concept above it."""
        read: dict[str, tuple[Term, ...]] = {}
        for concept, lines in written.items():
            read[concept] = tuple(
                term
                for line in lines
                for term in (read[line[1:]] if line[1:] in read and line[0] == "@" else (Term.parse(line, read),))
            )
        self.names = frozenset(read)
        self._index = TermIndex((concept, term) for concept, terms in read.items() for term in terms)

    def concepts(self, sentence: Sequence[Word]) -> tuple[Found, ...]:
        """Every concept of the sentence, each as often as it stands there."""
        return tuple(
            Found(concept, first, end, _denied(sentence, first, end))
            for concept, first, end in self._index.found_in(sentence)
        )


def _denied(sentence: Sequence[Word], first: int, end: int) -> bool:
    """Whether an odd number of denials stands about the words: "ikke uden" affirms."""
    before = 0
    for word in reversed(sentence[max(0, first - _BEFORE) : first]):
        if word.text in _PARTS:
            break
        before += word.text in _DENIES
    after = 0
    for word in sentence[end : end + _AFTER]:
        if word.text in _PARTS or word.text in {"uden", "hverken", "undtaget"}:
            break
        after += word.text in _DENIES
    return (before + after) % 2 == 1
