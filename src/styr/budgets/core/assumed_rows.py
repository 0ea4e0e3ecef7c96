"""What the municipality takes for granted, read for its pages: prices' level, what is set aside, and what to check."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

CHECK: Final = "kontrollér"
"""The word in a source that asks whoever reads it to look the figure up."""

_MARK: Final = f" ({CHECK})"
_MONTHS: Final = 12
LONGEST_SOURCE: Final = 200 - len(_MARK)


def is_to_check(source: str) -> bool:
    """Whether a figure waits for somebody to look it up: its source says so, or it has none."""
    return not source.strip() or CHECK in source.casefold()


def with_mark(source: str, *, check: bool) -> str:
    """The source as it is kept: with the word last where the figure is to be checked, and without it otherwise."""
    bare = without_mark(source)
    return f"{bare}{_MARK}".strip() if check else bare


def without_mark(source: str) -> str:
    """The source as people wrote it."""
    return source.strip().removesuffix(_MARK.strip()).strip()


def level(percents: Mapping[int, Decimal], *, base_year: int, year: int) -> Fraction:
    """How many times the prices of `base_year` those of `year` are; a year without a percentage changes nothing."""
    factor = Fraction(1)
    for each in range(base_year + 1, year + 1):
        factor *= 1 + Fraction(percents.get(each, 0)) / 100
    return factor


def month_ore(persons: Decimal, price_ore: int) -> int:
    """What is set aside for a month, in øre."""
    amount = Fraction(persons) * price_ore
    return round_half_away(amount.numerator, amount.denominator)


def months_ahead(starts: date, ends: date | None, *, year: int, closed_before: date) -> int:
    """How many months of a year a provision in [starts, ends) counts in: those that are not closed."""
    first = max(starts, closed_before, date(year, 1, 1))
    last = min(ends or date(year + 1, 1, 1), date(year + 1, 1, 1))
    return max(0, (last.year - first.year) * _MONTHS + last.month - first.month)
