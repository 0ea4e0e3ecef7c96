"""Where on a page some words stand: the boxes of the lines that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from styr.agreements.core.reading.text import Line, Page

_LOOSE: Final = frozenset(" \t\n\r\u00a0\u00ad\ufffe•·*–-")
"""Signs that sentences and lines may differ in."""
_NARROW: Final = frozenset("iljtfr.,:;'|!()[] -")
_WIDE: Final = frozenset("mwMWÆæ%@")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in thousandths of its width from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


def boxes(page: Page, words: str) -> tuple[Box, ...]:
    """The lines' parts that hold `words`, read over the ends of lines; none where they stand in no line of the page."""
    sought = "".join(sign for sign in words if sign not in _LOOSE)
    if not sought:
        return ()
    kept = [[at for at, sign in enumerate(line.text) if sign not in _LOOSE] for line in page.lines]
    text = "".join(line.text[at] for line, places in zip(page.lines, kept, strict=True) for at in places)
    found = text.find(sought)
    if found < 0:
        return ()
    marked, begin = [], 0
    for line, places in zip(page.lines, kept, strict=True):
        first, last = max(found - begin, 0), min(found + len(sought) - begin, len(places))
        if first < last:
            marked.append(part_of_line(line, places[first], places[last - 1] + 1))
        begin += len(places)
    return tuple(marked)


def part_of_line(line: Line, start: int, end: int) -> Box:
    """The box of a line's letters from `start` to before `end`, by what letters are usually wide."""
    edges = [0.0, *accumulate(_width(sign) for sign in line.text)]
    scale = (line.right - line.left) / max(edges[-1], 1e-9)
    left, right = line.left + scale * edges[start], line.left + scale * edges[min(end, len(line.text))]
    return Box(round(left), line.top - 2, max(round(right - left), 8), line.bottom - line.top + 4)


def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.52
    if sign in _WIDE:
        return 1.5
    return 1.25 if sign.isupper() else 1.0
