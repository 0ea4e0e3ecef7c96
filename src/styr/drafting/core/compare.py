"""Two versions of a contract sentence by sentence, a changed one word by word: what a person reads on screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD: Final = re.compile(r"\s+|[^\s]+")
_ALIKE: Final = 0.5
"""Sentences with at least this share in common are one sentence that was changed; others one gone and one new."""
_MOST_PAIRS: Final = 900
"""A block with more pairs than this is told as gone and new: nobody reads it sentence by sentence."""


class Change(StrEnum):
    """What happened to a sentence."""

    KEPT = "kept"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a changed sentence."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Compared:
    """A sentence of either version; `parts` are the words of a changed one, in reading order."""

    change: Change
    text: str
    parts: tuple[Part, ...] = ()


def compare(before: Sequence[str], after: Sequence[str]) -> tuple[Compared, ...]:
    """Compare two texts' sentences, in the order one would read them; spaces alone are no difference."""
    return tuple(_compared(before, after))


def changes_in(compared: Sequence[Compared]) -> int:
    """How many sentences are not as they were."""
    return sum(one.change is not Change.KEPT for one in compared)


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Compared]:
    found = SequenceMatcher(None, [_bare(one) for one in before], [_bare(one) for one in after], autojunk=False)
    for tag, first, last, start, end in found.get_opcodes():
        if tag == "equal":
            yield from (Compared(Change.KEPT, text) for text in after[start:end])
        else:
            yield from _block(before[first:last], after[start:end])


def _block(before: Sequence[str], after: Sequence[str]) -> Iterator[Compared]:
    """Sentences that stand in each other's place: each new one beside the old one that it most resembles, in order."""
    at = 0
    for text in after:
        found = _nearest(before, at, text) if len(before) * len(after) <= _MOST_PAIRS else None
        if found is None:
            yield Compared(Change.NEW, text)
            continue
        yield from (Compared(Change.GONE, gone) for gone in before[at:found])
        yield Compared(Change.CHANGED, text, tuple(_parts(before[found], text)))
        at = found + 1
    yield from (Compared(Change.GONE, gone) for gone in before[at:])


def _nearest(before: Sequence[str], at: int, text: str) -> int | None:
    words = _words(text)
    ratios = [SequenceMatcher(None, _words(one), words, autojunk=False).ratio() for one in before[at:]]
    best = max(range(len(ratios)), key=ratios.__getitem__, default=None)
    return None if best is None or ratios[best] < _ALIKE else at + best


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _words(before), _words(after)
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Part("".join(new[start:end]), Change.KEPT)
            continue
        if last > first:
            yield Part("".join(old[first:last]), Change.GONE)
        if end > start:
            yield Part("".join(new[start:end]), Change.NEW)


def _words(text: str) -> list[str]:
    return _WORD.findall(" ".join(text.split()))


def _bare(text: str) -> str:
    return " ".join(text.split())
