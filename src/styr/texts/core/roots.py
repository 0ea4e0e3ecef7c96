"""Words as they are looked for: the stem, and besides what Danish drops when it inflects ("varsel", "varslet")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from styr.agreements.core.review.words import stem, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_DROPPED: Final = re.compile(r"(?<=[^aeiouyæøå\W\d])e(?=[lrn]$)")
_DOUBLED: Final = re.compile(r"([^aeiouyæøå\W\d])\1(?=[^aeiouyæøå\W\d]?$)")


@dataclass(frozen=True, slots=True)
class Root:
    """A word of a text with its root, and where it begins and ends."""

    text: str
    root: str
    start: int
    end: int


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """The same for all forms of a word.

    >>> root("varsel") == root("varslet") == root("varsler"), root("nummer") == root("numre")
    (True, True)
    """
    return _DOUBLED.sub(r"\1", _DROPPED.sub("", stem(word)))


def roots(text: str) -> Iterator[Root]:
    """The words and numbers of a text, in order; signs are left out."""
    return (Root(word.text, root(word.text), word.start, word.end) for word in words(text) if word.text[0].isalnum())
