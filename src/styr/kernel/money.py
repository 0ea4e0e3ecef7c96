"""Money: øre as whole numbers, and the one place where an amount is rounded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

Ore = int
"""An amount in øre (1/100 krone), as stored."""


def round_half_away(numerator: int, denominator: int) -> Ore:
    """Round `numerator / denominator` to a whole number; a half goes away from zero (2.5 → 3, -2.5 → -3).

    Raises:
        ValueError: the denominator is not positive.
    """
    if denominator <= 0:
        raise ValueError("Nævneren skal være større end nul.")
    doubled = (2 * abs(numerator) + denominator) // (2 * denominator)
    return doubled if numerator >= 0 else -doubled


@dataclass(frozen=True, order=True)
class Money:
    """An amount of Danish kroner, exact to the øre."""

    ore: Ore

    @classmethod
    def from_kroner(cls, kroner: Decimal | int) -> Money:
        """Make an amount from kroner, rounded to the øre, half away from zero.

        Raises:
            ValueError: the amount is not a finite number.
        """
        exact = Decimal(kroner)
        if not exact.is_finite():
            raise ValueError("Beløbet er ikke et tal.")
        return cls(round_half_away(*(exact * 100).as_integer_ratio()))

    @property
    def kroner(self) -> Decimal:
        """The amount in kroner with two decimals, e.g. `Decimal("1234.50")`."""
        return Decimal(self.ore).scaleb(-2)

    def __add__(self, other: Money) -> Money:
        return Money(self.ore + other.ore)

    def __sub__(self, other: Money) -> Money:
        return Money(self.ore - other.ore)

    def __neg__(self) -> Money:
        return Money(-self.ore)

    def __bool__(self) -> bool:
        return self.ore != 0

    def times(self, factor: Fraction | Decimal | int) -> Money:
        """Multiply by an exact factor and round once, half away from zero."""
        numerator, denominator = factor.as_integer_ratio()
        return Money(round_half_away(self.ore * numerator, denominator))

    def split(self, parts: int) -> list[Money]:
        """Split into `parts` amounts at most one øre apart that sum to the whole; the first ones carry the rest.

        Raises:
            ValueError: `parts` is not positive.
        """
        if parts <= 0:
            raise ValueError("Et beløb deles i mindst én del.")
        each, rest = divmod(abs(self.ore), parts)
        sign = 1 if self.ore >= 0 else -1
        return [Money(sign * (each + (index < rest))) for index in range(parts)]
