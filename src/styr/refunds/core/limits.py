"""The limits (beløbsgrænser) of the central refund: above each, the state refunds a larger share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from styr.kernel.money import Ore

_WHOLE = 100  # percent
CHILDREN_APART: int = 2020
"""The last year in which children had limits of their own (SEL § 176 a)."""

CHILDRENS_ACT: int = 2024
"""The first year of the Children's Act (barnets lov, BL)."""


class Scheme(StrEnum):
    """The provision that refunds (refusionsbestemmelse)."""

    ADULTS = "SEL-176"
    CHILDREN_BEFORE = "SEL-176a"
    CHILDREN = "BL-198"

    @property
    def danish(self) -> str:
        """The provision as people write it."""
        return {"SEL-176": "SEL § 176", "SEL-176a": "SEL § 176 a", "BL-198": "BL § 198"}[self.value]


@dataclass(frozen=True, slots=True)
class Step:
    """What a citizen's year costs above `over_ore` is refunded with `percent`, up to the next step."""

    over_ore: Ore
    percent: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The steps of a scheme in a year, lowest first. Yearly amounts: a month has a twelfth (BEK 1485/2023 § 3).

    Raises:
        ValueError: no step, or limits or shares that do not rise; the message is Danish and fit to show.
    """

    scheme: str
    year: int
    steps: tuple[Step, ...]
    source: str = ""

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("Skriv mindst én grænse.")
        if not all(0 < step.percent <= _WHOLE and step.over_ore > 0 for step in self.steps):
            raise ValueError("Hver grænse skal være over nul, og procenten fra 1 til 100.")
        rising = all(a.over_ore < b.over_ore and a.percent < b.percent for a, b in pairwise(self.steps))
        if not rising:
            raise ValueError("Grænser og procenter skal stige fra trin til trin.")

    def increments(self) -> tuple[tuple[Ore, int], ...]:
        """Return (limit, share added above it): the refund is the sum of each share of what lies above its limit."""
        shares = (0, *(step.percent for step in self.steps))
        return tuple(
            (step.over_ore, after - before) for step, (before, after) in zip(self.steps, pairwise(shares), strict=True)
        )


def limits_for(known: Iterable[Limits], scheme: str, year: int) -> Limits | None:
    """Return the limits of a scheme in a year; None when nobody has entered them: they are never guessed."""
    return next((each for each in known if each.scheme == scheme and each.year == year), None)
