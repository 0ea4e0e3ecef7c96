"""What a contract's prices come to in a year of full delivery: what somebody's limit is held against, nothing else.

What a grant will cost is `grants.core.expected_cost`'s to say. A contract that no grant buys on yet costs nothing
there, and still somebody must be allowed to sign it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from styr.kernel.money import round_half_away
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

_TIMES: Final = {
    Unit.DAY: Fraction(366),
    Unit.OPENING_DAY: Fraction(261),
    Unit.WEEK: Fraction(53),
    Unit.MONTH: Fraction(12),
    Unit.ONCE: Fraction(1),
}
"""How often a unit is paid at the most in a year: a limit must not be slipped under by a leap year."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line's dearest price (kr. per unit), and its hours a week where it is paid by the hour."""

    unit: Unit
    amount: Decimal
    hours: Decimal | None = None


def year_ore(lines: Iterable[PricedLine]) -> int | None:
    """What a year of full delivery comes to, øre; None when a line's amount cannot be told (trips, hours unsaid)."""
    total = Fraction(0)
    for line in lines:
        times = _times(line)
        if times is None:
            return None
        total += Fraction(line.amount) * times
    ore = total * 100
    return round_half_away(ore.numerator, ore.denominator)


def _times(line: PricedLine) -> Fraction | None:
    if line.unit is Unit.HOUR:
        return None if line.hours is None else Fraction(line.hours) * _TIMES[Unit.WEEK]
    return _TIMES.get(line.unit)
