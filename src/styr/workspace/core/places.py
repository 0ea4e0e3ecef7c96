"""Which of the program's pages and actions a search means."""

from collections.abc import Collection
from typing import Final

from styr.access.core.permissions import Permission
from styr.workspace.core.place_list import PLACES, Place

_INSIDE: Final = 4
"""Letters before a word is looked for inside of others: "takst" in "døgntakst"."""
_SMALL: Final = frozenset("af at den der det en et for fra i med om og på til".split())  # noqa: SIM905 - as read


def places(text: str, permissions: Collection[Permission], *, most: int = 5) -> tuple[Place, ...]:
    """The places that are called as asked, titles first; without a text those first in the list.

    Words of two or three letters that only bind a sentence do not count: "opret en ny bevilling".
    """
    said = text.casefold().split()
    asked = [word for word in said if word not in _SMALL] or said
    open_to = [one for one in PLACES if one.needs is None or one.needs in permissions]
    if not asked:
        return tuple(one for one in open_to if one.action or not one.query)[:most]
    found = [(rank, at, one) for at, one in enumerate(open_to) if (rank := _rank(one, asked)) is not None]
    return tuple(one for _, _, one in sorted(found, key=lambda hit: hit[:2])[:most])


def _rank(place: Place, asked: list[str]) -> int | None:
    """0: the title's words begin so; 1: other words too; 2: such a word stands inside of one; None: not meant."""
    title, every = _words(place.title), _words(f"{place.title} {place.words}")
    if all(any(word.startswith(one) for word in title) for one in asked):
        return 0
    if all(any(word.startswith(one) for word in every) for one in asked):
        return 1
    inside = all(any(word.startswith(one) or (len(one) >= _INSIDE and one in word) for word in every) for one in asked)
    return 2 if inside else None


def _words(text: str) -> list[str]:
    return text.casefold().replace(",", " ").replace("-", " ").split()
