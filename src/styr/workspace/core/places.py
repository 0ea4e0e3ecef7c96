"""Which of the program's pages and actions a search means."""

from collections.abc import Callable, Collection, Sequence
from typing import Final, TypeVar

from styr.access.core.permissions import Permission
from styr.workspace.core.place_list import PLACES, Place

Thing = TypeVar("Thing")
_INSIDE: Final = 4
"""Letters before a word is looked for inside of others: "takst" in "døgntakst"."""
_SMALL: Final = frozenset("af at den der det en et for fra i med om og på til".split())  # noqa: SIM905 - as read


def places(
    text: str, permissions: Collection[Permission], *, everywhere: Collection[Permission] = (), most: int = 5
) -> tuple[Place, ...]:
    """The places that are called as asked, titles first; without a text those first in the list.

    `permissions` are held in some unit, `everywhere` those held over the whole municipality.
    """
    open_to = [
        one for one in PLACES if one.needs is None or one.needs in (everywhere if one.everywhere else permissions)
    ]
    if not text.strip():
        return tuple(one for one in open_to if one.action or not one.query)[:most]
    return called(text, open_to, lambda one: (one.title, one.words), most=most)


def called(
    text: str, among: Sequence[Thing], words_of: Callable[[Thing], tuple[str, str]], *, most: int
) -> tuple[Thing, ...]:
    """What is called as asked, by its title and its other words; the best first.

    Small words that only bind a sentence do not count: "opret en ny bevilling".
    """
    said = _words(text)
    asked = [word for word in said if word not in _SMALL] or said
    found = [(rank, at) for at, one in enumerate(among) if (rank := _rank(*words_of(one), asked)) is not None]
    return tuple(among[at] for _, at in sorted(found)[:most])


def _rank(title: str, other: str, asked: list[str]) -> int | None:
    """0: the title's words begin so; 1: other words too; 2: such a word stands inside of one; None: not meant."""
    in_title, every = _words(title), _words(f"{title} {other}")
    if all(any(word.startswith(one) for word in in_title) for one in asked):
        return 0
    if all(any(word.startswith(one) for word in every) for one in asked):
        return 1
    inside = all(any(word.startswith(one) or (len(one) >= _INSIDE and one in word) for word in every) for one in asked)
    return 2 if inside else None


def _words(text: str) -> list[str]:
    return "".join(sign if sign.isalnum() else " " for sign in text.casefold()).split()
