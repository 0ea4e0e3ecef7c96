"""Where on a page some words stand: the boxes of the lines that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from styr.agreements.core.reading.text import Page

_LOOSE: Final = re.compile(r"[\s\u00ad\ufffe•·*–-]+")


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a page, in thousandths of its width from the upper left corner."""

    left: int
    top: int
    width: int
    height: int


def boxes(page: Page, words: str) -> tuple[Box, ...]:
    """The lines' parts that hold `words`, read over the ends of lines; none where they stand in no line of the page."""
    sought = _LOOSE.sub("", words)
    if not sought:
        return ()
    lines = [_LOOSE.sub("", line.text) for line in page.lines]
    at = "".join(lines).find(sought)
    if at < 0:
        return ()
    found, begin = [], 0
    for line, text in zip(page.lines, lines, strict=True):
        end = begin + len(text)
        first, last = max(at, begin), min(at + len(sought), end)
        if first < last:
            wide = line.right - line.left
            left = line.left + wide * (first - begin) // len(text)
            right = line.left + wide * (last - begin) // len(text)
            found.append(Box(left, line.top - 2, max(right - left, 8), line.bottom - line.top + 4))
        begin = end
    return tuple(found)
