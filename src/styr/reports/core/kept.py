"""Figures being added up by unit, topic and key, with the persons they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator
    from uuid import UUID

Key = tuple["UUID | None", str, str]


class Kept:
    """The figures. A person counts once a topic and key, in the unit where they were met first.

    So over any units the persons of a figure add up to no more than there are.
    """

    def __init__(self) -> None:
        self._ore: Counter[Key] = Counter()
        self._number: Counter[Key] = Counter()
        self._persons: Counter[Key] = Counter()
        self._keys: dict[Key, None] = {}
        self._met: defaultdict[Hashable, set[UUID]] = defaultdict(set)

    def add(  # noqa: PLR0913 - a figure's parts, by keyword
        self,
        unit_id: UUID | None,
        topic: str,
        key: str,
        *,
        ore: int = 0,
        number: int = 0,
        citizen: UUID | None = None,
        among: Hashable = None,
    ) -> None:
        """Add to a figure; `among`: a person counts once among all figures added with the same word."""
        at = (unit_id, topic, key)
        self._keys[at] = None
        self._ore[at] += ore
        self._number[at] += number
        met = self._met[(topic, key) if among is None else among]
        if citizen is not None and citizen not in met:
            met.add(citizen)
            self._persons[at] += 1

    def figures(self) -> Iterator[tuple[UUID | None, str, str, int, int, int]]:
        """Each figure: unit, topic, key, øre, number, persons."""
        for at in self._keys:
            yield (*at, self._ore[at], self._number[at], self._persons[at])
