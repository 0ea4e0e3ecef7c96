"""What the trips say of an area's year, asked of whoever keeps the trips: that domain stands above this one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True)
class TripTotals:
    """The trips driven for an area in a period: how many, how far, for how many citizens, and their administration.

    `kinds` is (cost, administration of it) in øre by the code of the operator kind that drove; one that drove nothing,
    or only on fixed routes whose vehicles are paid by the day, is not there. `priced` and `priced_km` leave the trips
    on such routes out: they have no price of their own.
    """

    trips: int
    km: Decimal
    citizens: int
    cost_ore: int
    fee_ore: int
    priced: int
    priced_km: Decimal
    kinds: Mapping[str, tuple[int, int]] = field(default_factory=dict)


Provider = Callable[[date, date], Mapping[int, TripTotals]]
"""Given [first day, day after the last): the totals by area number. One query."""

_providers: list[Provider] = []


def provide_trip_totals(provider: Provider) -> None:
    """Tell where trips are counted; called once, when the program starts."""
    _providers[:] = [provider]


def trip_totals(first: date, until: date) -> Mapping[int, TripTotals]:
    """Ask whoever keeps trips; nothing is known of any area where nobody does."""
    return _providers[0](first, until) if _providers else {}
