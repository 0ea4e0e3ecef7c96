"""Areas (law sections) side by side: how much of the cost stands under contracts in order, and what others may see."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from styr.reports.core.small import FEWEST, apart, certain, kept_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ("FEWEST", "OTHERS", "SHARES", "Area", "ForOthers", "areas_for_others", "for_others", "together")

OTHERS: Final = "Øvrige områder"
SHARES: Final = ("signed", "assured", "own", "renegotiated")
_SUMMED: Final = ("grants", "sure", "cost_ore", *(f"{share}_ore" for share in SHARES))


@dataclass(frozen=True, slots=True)
class Area:
    """A section: its persons, running grants and what they cost this year (øre), and how much of it is in order.

    `signed_ore` stands under a signed contract, `assured_ore` under a quality-assured one, `own_ore` under one made
    from the municipality's own template, `renegotiated_ore` on grants with an agreed saving. `sure` are the persons who
    are counted in no other section; `people` has, by share, the persons of the part and of the rest.
    """

    section: str
    persons: int = 0
    grants: int = 0
    cost_ore: int = 0
    signed_ore: int = 0
    assured_ore: int = 0
    own_ore: int = 0
    renegotiated_ore: int = 0
    sure: int = 0
    people: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def share(self, what: str) -> float | None:
        """How much of the cost is `signed`, `assured`, `own` or `renegotiated`; None where nothing is spent."""
        part: int = getattr(self, f"{what}_ore")
        return part / self.cost_ore if self.cost_ore > 0 else None

    def people_of(self, what: str) -> tuple[int, int]:
        """The persons of a share's part, and of the rest; without word of them, all of them in either that has øre."""
        part: int = getattr(self, f"{what}_ore")
        return self.people.get(what, (self.persons if part else 0, self.persons if self.cost_ore - part else 0))


@dataclass(frozen=True, slots=True)
class ForOthers:
    """Areas as they may be given to others; `hidden` are the cells (row, share) that are not told.

    Of a share in `no_total` the total is not told either.
    """

    rows: tuple[Area, ...]
    hidden: frozenset[tuple[int, str]]
    no_total: frozenset[str]


def together(areas: Iterable[Area], name: str = "I alt") -> Area:
    """All of them; of persons as many as there certainly are."""
    rows = list(areas)
    people = {
        what: (
            max((row.people_of(what)[0] for row in rows), default=0),
            max((row.people_of(what)[1] for row in rows), default=0),
        )
        for what in SHARES
    }
    sums = {what: sum(getattr(row, what) for row in rows) for what in _SUMMED}
    return Area(name, persons=certain(rows), people=people, **sums)


def for_others(areas: Sequence[Area]) -> tuple[Area, ...]:
    """The areas as they may be given to others; empty where all of them are fewer than five persons."""
    kept, rest = apart(areas)
    ordered = sorted(kept, key=lambda area: -area.cost_ore)
    return (*ordered, together(rest, OTHERS)) if rest else tuple(ordered)


def areas_for_others(areas: Sequence[Area]) -> ForOthers:
    """The same, with the shares that are kept back."""
    rows = for_others(areas)
    hidden: set[tuple[int, str]] = set()
    no_total: set[str] = set()
    for what in SHARES:
        back = kept_back([row.people_of(what) for row in rows])
        if back is None:
            no_total.add(what)
        hidden |= {(place, what) for place in (range(len(rows)) if back is None else back)}
    return ForOthers(rows, frozenset(hidden), frozenset(no_total))
