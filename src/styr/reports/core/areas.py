"""Areas (law sections) side by side: how much stands under contracts that are in order, and what may leave the house.

In an export for others no row tells of fewer than five persons: areas with fewer are put together as one, and where
they still are fewer than five, the smallest of the others goes with them. So every sum stays right, and nothing can be
worked out by taking the other rows from the total.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class HasPersons(Protocol):
    """Something that is about a number of persons."""

    @property
    def persons(self) -> int:
        """How many."""


Counted = TypeVar("Counted", bound=HasPersons)

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
    kept, rest = apart(areas)
    ordered = sorted(kept, key=lambda area: -area.cost_ore)
    return (*ordered, together(rest, OTHERS)) if rest else tuple(ordered)


def apart(rows: Sequence[Counted]) -> tuple[list[Counted], list[Counted]]:
    """Rows that may be shown alone, and those that are put together as one; both empty where that is too few too.

    A row of nobody is about no person, and stands alone.
    """
    small = [row for row in rows if 0 < row.persons < FEWEST]
    large = sorted((row for row in rows if row not in small), key=lambda row: row.persons)
    while small and sum(row.persons for row in small) < FEWEST:
        smallest = next((row for row in large if row.persons), None)
        if smallest is None:
            return [], []
        large.remove(smallest)
        small.append(smallest)
    return large, small
