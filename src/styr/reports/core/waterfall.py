"""From last year's cost to this year's, in parts that add up to the øre.

For a grant that cost `a` on `da` days last year and `b` on `db` days this year:

    transport     all of b - a, where the grant is one of transport
    negotiation   what agreements with suppliers bring this year beyond last year: a saving is a negative amount
    price         b - a * db / da, the change of a day's cost, less the negotiation
    volume        (db - da) days at the average cost of a day last year, of the unit's grants under the same section
    mix           the rest of the days' change: they are dearer or cheaper than that average
    other         what stands on no grant, or on a grant without days

A grant that is new or over has no change of price. Where a unit had no day under the section last year there is no
average, and all of its change is volume. Each grant's parts are whole øre and sum to b - a exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

PARTS: Final = ("price", "volume", "mix", "negotiation", "transport", "other")
"""The steps between the two years, in the order in which they are drawn."""


@dataclass(frozen=True, slots=True)
class GrantYears:
    """What a grant cost in two years, øre, and the days on which it ran; `grant_id` None is what stands on no grant.

    `saved_ore` is what agreements bring on it this year beyond last year.
    """

    unit_id: UUID | None
    section: str
    grant_id: UUID | None
    last_ore: int
    this_ore: int
    last_days: int = 0
    this_days: int = 0
    transport: bool = False
    saved_ore: int = 0


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Two years' cost and what lies between, øre: last + parts = this."""

    last_ore: int = 0
    this_ore: int = 0
    price_ore: int = 0
    volume_ore: int = 0
    mix_ore: int = 0
    negotiation_ore: int = 0
    transport_ore: int = 0
    other_ore: int = 0

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Each part with its amount."""
        return tuple((name, getattr(self, f"{name}_ore")) for name in PARTS)

    @property
    def change_ore(self) -> int:
        """This year less last year."""
        return self.this_ore - self.last_ore

    def folded(self, *, negotiation: bool, transport: bool) -> Waterfall:
        """The same with the negotiations put back into the prices, or transport with the rest."""
        return replace(
            self,
            price_ore=self.price_ore + (self.negotiation_ore if negotiation else 0),
            negotiation_ore=0 if negotiation else self.negotiation_ore,
            other_ore=self.other_ore + (self.transport_ore if transport else 0),
            transport_ore=0 if transport else self.transport_ore,
        )

    def __add__(self, other: Waterfall) -> Waterfall:
        """Both together."""
        return Waterfall(*(mine + theirs for mine, theirs in zip(_values(self), _values(other), strict=True)))


def waterfall_by_unit(rows: Iterable[GrantYears]) -> dict[UUID | None, Waterfall]:
    """Each unit's waterfall."""
    known = list(rows)
    averages = _averages(known)
    found: dict[UUID | None, Waterfall] = {}
    for row in known:
        found[row.unit_id] = found.get(row.unit_id, Waterfall()) + _of(row, averages)
    return found


def _of(row: GrantYears, averages: Mapping[tuple[UUID | None, str], tuple[int, int]]) -> Waterfall:
    change = row.this_ore - row.last_ore
    if row.transport:
        return Waterfall(row.last_ore, row.this_ore, transport_ore=change)
    if row.grant_id is None or not (row.last_days or row.this_days):
        return Waterfall(row.last_ore, row.this_ore, other_ore=change + row.saved_ore, negotiation_ore=-row.saved_ore)
    price = 0
    if row.last_days and row.this_days:
        price = row.this_ore - round_half_away(row.last_ore * row.this_days, row.last_days)
    days = row.this_days - row.last_days
    ore, of_days = averages.get((row.unit_id, row.section), (0, 0))
    volume = round_half_away(days * ore, of_days) if of_days else change - price
    mix = change - price - volume
    return Waterfall(
        row.last_ore, row.this_ore, price_ore=price + row.saved_ore, volume_ore=volume, mix_ore=mix,
        negotiation_ore=-row.saved_ore,
    )  # fmt: skip


def _averages(rows: Iterable[GrantYears]) -> dict[tuple[UUID | None, str], tuple[int, int]]:
    """Cost and days of last year, by unit and section, of the grants that had days."""
    found: dict[tuple[UUID | None, str], tuple[int, int]] = {}
    for row in rows:
        if row.grant_id is not None and row.last_days and not row.transport:
            ore, days = found.get((row.unit_id, row.section), (0, 0))
            found[row.unit_id, row.section] = (ore + row.last_ore, days + row.last_days)
    return found


def _values(one: Waterfall) -> tuple[int, ...]:
    return one.last_ore, one.this_ore, *(ore for _, ore in one.parts)
