"""From how earlier forecasts hit to the range that this one lies in."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 3
"""A range from fewer forecasts than these would say more than is known."""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a forecast said of months ahead of it, and what they came to cost, øre; kept then, or replayed since."""

    said_ore: int
    came_ore: int
    replayed: bool = False

    @property
    def miss(self) -> Fraction:
        """By which part of what was said the months came to cost more."""
        return Fraction(self.came_ore - self.said_ore, self.said_ore)


@dataclass(frozen=True, slots=True)
class Confidence:
    """A forecast's range (usikkerhed), øre, and from how many earlier forecasts it is, replayed ones among them."""

    low_ore: int
    forecast_ore: int
    high_ore: int
    hits: int
    replayed: int


def range_of(hits: Sequence[Hit], *, forecast_ore: int, ahead_ore: int) -> Confidence | None:
    """Return the range: what lies ahead, missed by as much as the worst earlier forecasts each way missed it.

    A forecast that said nothing, or less, of what lay ahead tells nothing. None with fewer than three that tell.
    """
    telling = [hit for hit in hits if hit.said_ore > 0]
    misses = [hit.miss for hit in telling]
    if len(misses) < FEWEST:
        return None
    low, high = (_part(ahead_ore, edge(Fraction(0), *misses)) for edge in (min, max))
    replayed = sum(hit.replayed for hit in telling)
    return Confidence(forecast_ore + low, forecast_ore, forecast_ore + high, len(telling), replayed)


def _part(amount: int, share: Fraction) -> int:
    part = amount * share
    return round_half_away(part.numerator, part.denominator)
