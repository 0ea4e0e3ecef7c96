"""What may leave the house: nothing of fewer than five persons, and nothing that the rest gives away.

Rows of fewer are put together as one, and where they still are fewer than five, the smallest of the others goes with
them, so that every sum stays right and nothing can be worked out by taking the other rows from the total. Of a column
of parts (how much stands under a signed contract) a cell is kept back where the part, or what is left of the row, is
about one to four persons; others go with it until those kept back are together about five on either side.

How many persons rows have together is never known from the rows alone: one may be in several. `sure` counts everybody
in one row only, so the sum of it is a number that there certainly are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST: Final = 5
"""Fewer persons than this are not shown to others."""


class HasPersons(Protocol):
    """Something that is about a number of persons."""

    @property
    def persons(self) -> int:
        """How many."""

    @property
    def sure(self) -> int:
        """How many of them are counted in no other row."""


Counted = TypeVar("Counted", bound=HasPersons)


def few(persons: int) -> bool:
    """Whether it is about somebody, and about too few."""
    return 0 < persons < FEWEST


def certain(rows: Sequence[HasPersons]) -> int:
    """How many persons the rows certainly have together."""
    return max(max((row.persons for row in rows), default=0), sum(row.sure for row in rows))


def apart(rows: Sequence[Counted]) -> tuple[list[Counted], list[Counted]]:
    """Rows that may be shown alone, and those that are put together as one; both empty where that is too few too.

    A row of nobody is about no person, and stands alone.
    """
    small = [row for row in rows if few(row.persons)]
    large = sorted((row for row in rows if row not in small), key=lambda row: row.persons)
    while small and certain(small) < FEWEST:
        smallest = next((row for row in large if row.persons), None)
        if smallest is None:
            return [], []
        large.remove(smallest)
        small.append(smallest)
    return large, small


def kept_back(cells: Sequence[tuple[int, int]]) -> frozenset[int] | None:
    """The places of cells, (persons of the part, persons of the rest), not to be told; None: nor their sum either."""
    hidden = {place for place, cell in enumerate(cells) if any(few(persons) for persons in cell)}
    while hidden and any(few(sum(cells[place][side] for place in hidden)) or len(hidden) == 1 for side in (0, 1)):
        others = [place for place in range(len(cells)) if place not in hidden and any(cells[place])]
        if not others:
            return None
        hidden.add(min(others, key=lambda place: (sum(cells[place]), place)))
    return frozenset(hidden)
