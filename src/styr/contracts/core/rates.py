"""Where a new price goes among the prices that a line has: prices are told by period and none is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from styr.kernel.period import Period


@dataclass(frozen=True)
class Placement:
    """What a new price does to the others, by their place in the sequence.

    `replaced` begins on the very same day and takes the new amount; `shortened` ends where the new one begins; a new
    row, when none is replaced, holds until `valid_to` (exclusive; None is open).
    """

    replaced: int | None = None
    shortened: int | None = None
    valid_to: date | None = None


def place_rate(periods: Sequence[Period], valid_from: date) -> Placement:
    """Place a price that holds from a day until the next price begins or the one it takes over from would have ended.

    `periods` do not overlap, in any order.
    """
    for place, period in enumerate(periods):
        if period.start == valid_from:
            return Placement(replaced=place, valid_to=period.end)
    covering = next((place for place, period in enumerate(periods) if valid_from in period), None)
    ends = [period.start for period in periods if period.start > valid_from]
    if covering is not None and (covered_to := periods[covering].end) is not None:
        ends.append(covered_to)
    return Placement(shortened=covering, valid_to=min(ends, default=None))
