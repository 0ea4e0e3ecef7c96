"""The words of a document with their places, and the parts of the compounds among them."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from styr.texts.core.roots import root, roots

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

_LEAST: Final = 4
"""Letters that each part of a compound has at least."""

_JOINTS: Final = ("", "s", "e")
"""What may join two parts: "opsigelse-s-varsel", "barn-e-bevis"."""

_LAST_PLACE: Final = 16_383
_MOST_PLACES: Final = 255
"""PostgreSQL's limits for one `tsvector`."""


def compound_parts(word: str, known: Collection[str]) -> tuple[str, ...]:
    """The roots of the two parts that a compound is made of, where both are known words; else nothing.

    >>> compound_parts("opsigelsesvarslet", {root("opsigelse"), root("varsel")})
    ('opsig', 'varsl')
    """
    for cut in range(_LEAST, len(word) - _LEAST + 1):
        last = root(word[cut:])
        if last not in known:
            continue
        for joint in _JOINTS:
            first = root(word[:cut].removesuffix(joint)) if word[:cut].endswith(joint) else ""
            if len(first) >= _LEAST and first in known:
                return first, last
    return ()


def placed_words(texts: Iterable[str], *, known: Collection[str]) -> dict[tuple[str, bool], list[int]]:
    """The places of each root, counted from 1 through all texts; the flag says that it is a part of a compound.

    `known` are roots that parts may have besides the document's own words.
    """
    found = [word for text in texts for word in roots(text)]
    vocabulary = {word.root for word in found if len(word.text) >= _LEAST}.union(known)
    split = lru_cache(maxsize=None)(lambda text: compound_parts(text, vocabulary))
    places: defaultdict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, word in enumerate(found, start=1):
        places[word.root, False].append(place)
        for part in split(word.text):
            places[part, True].append(place)
    return dict(places)


def as_tsvector(places: Mapping[tuple[str, bool], list[int]], hidden: Callable[[str], str]) -> str:
    """The words as PostgreSQL's `tsvector`: whole words weigh more (A) than parts of compounds (D)."""
    written: defaultdict[str, list[str]] = defaultdict(list)
    for (one, is_part), at in places.items():
        weight = "" if is_part else "A"
        written[hidden(one)] += [f"{min(place, _LAST_PLACE)}{weight}" for place in at]
    return " ".join(f"{word}:{','.join(at[:_MOST_PLACES])}" for word, at in written.items())
