"""Amounts that are known between two bounds, or not at all: "0,1-0,2", "<0,1", ">3,3", "22,0", "Ikke estimeret".

An amount of the catalogue is never below nought: "<0,1" is from nought up to, but not, 0,1; ">3,3" has no upper bound.
What nobody has estimated is None, never nought. Everything is exact (`Decimal`), and what is read prints as it stood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

UNKNOWN_WORDS: Final = "Ikke estimeret"
_NOUGHT: Final = Decimal(0)
_LARGEST: Final = Decimal(100_000)
_NUMBER: Final = re.compile(r"\d{1,6}(?:,\d{1,3})?")
_DASHES: Final = re.compile(r"\s*[-–—]\s*")
_UNKNOWN: Final = {"", "ikke estimeret", "ikke opgjort", "ukendt", "?"}


class UnreadableIntervalError(Refusal):
    """The text is no amount; the message says how one is written."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"»{text[:40]}« kan ikke læses. Skriv fx 0,4 eller 0,1-0,2 eller <0,1 eller >3,3 eller Ikke estimeret."
        )


@dataclass(frozen=True, slots=True)
class Interval:
    """An amount between two bounds (interval). `upper` is None without an upper bound; open bounds are not reached.

    Raises:
        UnreadableIntervalError: it lies below nought, or holds nothing.
    """

    lower: Decimal
    upper: Decimal | None
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        if self.lower < 0 or (self.upper is not None and self.upper < self.lower):
            raise UnreadableIntervalError(f"{self.lower}-{self.upper}".replace(".", ","))
        if self.upper == self.lower and (self.lower_open or self.upper_open):
            raise UnreadableIntervalError(written(self))

    @property
    def is_exact(self) -> bool:
        """Whether it is one amount."""
        return self.lower == self.upper


def read(text: str) -> Interval | None:
    """Read what people write; None for what is not estimated.

    Raises:
        UnreadableIntervalError: it is no amount.
    """
    words = " ".join(text.split())
    if words.casefold() in _UNKNOWN:
        return None
    if words[0] == "<":
        return Interval(_NOUGHT, _number(words[1:], text), upper_open=True)
    if words[0] == ">":
        return Interval(_number(words[1:], text), None, lower_open=True)
    if words.casefold().startswith("mindst "):
        return Interval(_number(words[7:], text), None)
    bounds = [_number(word, text) for word in _DASHES.split(words)]
    if len(bounds) not in {1, 2}:
        raise UnreadableIntervalError(text)
    if bounds[0] > bounds[-1]:
        raise UnreadableIntervalError(text)
    return Interval(bounds[0], bounds[-1])


def stored(interval: Interval | None) -> str:
    """As the database keeps it: "" for what is not estimated."""
    return "" if interval is None else written(interval)


def read_bounds(low: str, high: str) -> Interval | None:
    """Read two columns of a table; one may be empty, or hold the whole interval ("<0,1").

    Raises:
        UnreadableIntervalError: they are no amount.
    """
    low, high = low.strip(), high.strip()
    if not low or not high or low == high:
        return read(low or high)
    return read(f"{low}-{high}")


def written(interval: Interval | None) -> str:
    """Write it as the catalogue does, with at least one decimal."""
    if interval is None:
        return UNKNOWN_WORDS
    low = _words(interval.lower)
    if interval.upper is None:
        return f">{low}" if interval.lower_open else f"mindst {low}"
    high = _words(interval.upper)
    if interval.upper_open and interval.lower == 0:
        return f"<{high}"
    return low if interval.is_exact else f"{low}-{high}"


@dataclass(frozen=True, slots=True)
class Total:
    """What savings come to together: the sum of those that are estimated, and how many are not."""

    estimated: Interval
    unknown: int
    number: int

    @property
    def whole(self) -> Interval:
        """All of them: without an upper bound where something is not estimated."""
        if not self.unknown:
            return self.estimated
        return Interval(self.estimated.lower, None)

    @property
    def words(self) -> str:
        """The interval; "mindst 1,2" where something is not estimated, and "Ikke estimeret" where nothing is."""
        if self.number == self.unknown:
            return UNKNOWN_WORDS
        return written(self.whole)


def total(savings: Iterable[Interval | None]) -> Total:
    """Add savings: lower bounds by themselves and upper bounds by themselves.

    Only savings are added. Baselines (økonomisk baseline) overlap and have no sum.
    """
    lower, upper, unknown, number = _NOUGHT, _NOUGHT, 0, 0
    unbounded = lower_open = upper_open = False
    for one in savings:
        number += 1
        if one is None:
            unknown += 1
            continue
        lower += one.lower
        lower_open |= one.lower_open
        unbounded |= one.upper is None
        upper += one.upper or _NOUGHT
        # An open bound of a part is an open bound of the sum: but only just, so a sum prints its bound.
        upper_open |= one.upper_open
    high = None if unbounded else upper
    return Total(Interval(lower, high, lower_open, upper_open and high != lower and high is not None), unknown, number)


def within(part: Interval | None, whole: Interval | None) -> bool:
    """Whether what is saved can come out of the baseline: its lower bound is not above the baseline's upper one."""
    return part is None or whole is None or whole.upper is None or part.lower <= whole.upper


def _number(word: str, text: str) -> Decimal:
    found = word.strip().removesuffix("mio. kr.").strip()
    if not _NUMBER.fullmatch(found):
        raise UnreadableIntervalError(text)
    value = Decimal(found.replace(",", "."))
    if value > _LARGEST:
        raise UnreadableIntervalError(text)
    return value


def _words(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0")
    whole, _, rest = text.partition(".")
    return f"{whole},{rest or '0'}"
