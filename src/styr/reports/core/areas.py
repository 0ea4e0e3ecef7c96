"""Areas (law sections) side by side: how much stands under contracts that are in order, and what may leave the house.

In an export for others no row tells of fewer than five persons: areas with fewer are put together as one, and where
they still are fewer than five, the smallest of the others goes with them. So every sum stays right, and nothing can be
worked out by taking the other rows from the total.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FEWEST: Final = 5
"""Fewer persons than this are not shown to others."""
OTHERS: Final = "Øvrige områder"


@dataclass(frozen=True, slots=True)
class Area:
    """A section: its persons, running grants and what they cost this year (øre), and how much of it is in order.

    `signed_ore` stands under a signed contract, `assured_ore` under a quality-assured one, `own_ore` under one made
    from the municipality's own template, `renegotiated_ore` on grants with an agreed saving.
    """

    section: str
    persons: int = 0
    grants: int = 0
    cost_ore: int = 0
    signed_ore: int = 0
    assured_ore: int = 0
    own_ore: int = 0
    renegotiated_ore: int = 0

    def share(self, what: str) -> float | None:
        """How much of the cost is `signed`, `assured`, `own` or `renegotiated`; None where nothing is spent."""
        part: int = getattr(self, f"{what}_ore")
        return part / self.cost_ore if self.cost_ore > 0 else None

    def __add__(self, other: Area) -> Area:
        """Both together, under the first one's name."""
        sums = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)[1:]}
        return Area(self.section, **sums)


def together(areas: Iterable[Area], name: str = "I alt") -> Area:
    """All of them."""
    total = Area(name)
    for area in areas:
        total = total + area
    return total


def for_others(areas: Sequence[Area]) -> tuple[Area, ...]:
    """The areas as they may be given to others; empty where all of them are fewer than five persons."""
    large = sorted((area for area in areas if area.persons >= FEWEST), key=lambda area: area.persons)
    small = [area for area in areas if area.persons < FEWEST]
    folded = together(small, OTHERS)
    while small and folded.persons < FEWEST and large:
        folded = folded + large.pop(0)
    if small and folded.persons < FEWEST:
        return ()
    kept = sorted(large, key=lambda area: -area.cost_ore)
    return (*kept, folded) if small else tuple(kept)
