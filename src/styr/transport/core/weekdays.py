"""The days of the week as a bit mask: Monday is 1, Tuesday 2 … Sunday 64; 0 is as needed."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
FULL: Final = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
SCHOOL_DAYS: Final = 31
ALL_DAYS: Final = 127
_SPAN = re.compile(r"([a-zøæå]+)-([a-zøæå]+)")
_BETWEEN = re.compile(r"[\s,;/.]+|\bog\b")


class UnreadableWeekdaysError(ValueError):
    """A text that names no days of the week."""


def mask_of(text: str | None) -> int:
    """Read `man ons fre`, `mandag-fredag`, `hverdage`, `1,3,5`; nothing is 0.

    Raises:
        UnreadableWeekdaysError: a word is no day.
    """
    mask = 0
    for word in filter(None, _BETWEEN.split((text or "").casefold())):
        span = _SPAN.fullmatch(word)
        if word in {"hverdage", "skoledage"}:
            mask |= SCHOOL_DAYS
        elif word in {"alle", "dagligt"}:
            mask |= ALL_DAYS
        elif span:
            first, last = _day(span[1]), _day(span[2])
            mask |= sum(1 << day for day in range(first, last + 1))
        else:
            mask |= 1 << _day(word)
    return mask


def text_of(mask: int) -> str:
    """The days in Danish: `man, ons, fre`, `hverdage`, or `efter behov`."""
    if not mask:
        return "efter behov"
    if mask == SCHOOL_DAYS:
        return "hverdage"
    if mask == ALL_DAYS:
        return "alle dage"
    return ", ".join(name for day, name in enumerate(NAMES) if mask >> day & 1)


def days_of(mask: int) -> tuple[int, ...]:
    """The days in the mask, Monday 0."""
    return tuple(day for day in range(len(NAMES)) if mask >> day & 1)


def _day(word: str) -> int:
    if word.isdigit() and 1 <= int(word) <= len(NAMES):
        return int(word) - 1
    for day, (short, full) in enumerate(zip(NAMES, FULL, strict=True)):
        if word in {short, full, full[:2]}:
            return day
    raise UnreadableWeekdaysError(word)
