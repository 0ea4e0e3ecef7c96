"""The refund the slow and obvious way: each month cut into bands of cost, each band with its own share."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from styr.refunds.core.limits import Limits


def month_by_bands(basis: Fraction, limits: Limits) -> Fraction:
    """Walk the bands between the limits, a twelfth of each, and refund what of the cost lies within."""
    tops = [Fraction(step.over_ore, 12) for step in limits.steps[1:]] + [max(basis, Fraction(0)) + 1]
    refund = Fraction(0)
    for step, top in zip(limits.steps, tops, strict=True):
        bottom = Fraction(step.over_ore, 12)
        within = min(basis, top) - bottom
        if within > 0:
            refund += within * step.percent / 100
    return refund
