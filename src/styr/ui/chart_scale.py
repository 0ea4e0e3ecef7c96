"""Axes of charts: round steps, and amounts from øre to places in the drawing. No Django, no HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from styr.kernel.danish import danish_number
from styr.kernel.money import round_half_away

_STEPS = (1, 2, 3, 5, 10)  # thirds as well: 30, 60, 90, 120 fits a year's months better than 50, 100, 150
_THOUSAND = 100_000  # øre
_THOUSANDS_FROM = 2 * _THOUSAND
_MILLIONS_FROM = 10_000 * _THOUSAND


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from `low` to `high` (øre), drawn from pixel `start` to `end`; `ticks` are round amounts."""

    low: int
    high: int
    start: float
    end: float
    ticks: tuple[int, ...]

    def at(self, ore: int) -> float:
        """Where the amount stands; outside the axis it stands at its end."""
        inside = min(max(ore, self.low), self.high)
        return self.start + (inside - self.low) * (self.end - self.start) / (self.high - self.low)

    def length(self, ore: int) -> float:
        """How long a bar of the amount is, from nought."""
        return abs(self.at(ore) - self.at(0))


def scale_for(amounts: Sequence[int], *, start: float, end: float, lines: int = 4) -> Scale:
    """An axis that holds nought and every amount, with about `lines` round steps; all noughts give an axis to 1 kr."""
    low, high = min(0, *amounts, 0), max(0, *amounts, 0)
    step = round_step((high - low) / lines or 100)
    bottom = low // step * step
    top = -(-high // step) * step
    if top == bottom:
        top = step
    return Scale(bottom, top, start, end, tuple(range(bottom, top + 1, step)))


def round_step(about: float) -> int:
    """The smallest of 1, 2, 3, 5, 10 times a power of ten (øre, at least 100) that is not under `about`."""
    power = 100
    while power * _STEPS[-1] < about:
        power *= 10
    return next(power * step for step in _STEPS if power * step >= about)


@dataclass(frozen=True, slots=True)
class Unit:
    """What an axis counts in: its words ("t.kr.") and how many øre one is."""

    words: str
    ore: int

    def write(self, ore: int) -> str:
        """An amount in the unit, at most one decimal: 9.000.000 øre is "90" t.kr."""
        return danish_number(Decimal(round_half_away(ore * 10, self.ore)) / 10)

    def labels(self, scale: Scale) -> list[str]:
        """The ticks of an axis in the unit."""
        return [self.write(tick) for tick in scale.ticks]


def unit_of(scale: Scale) -> Unit:
    """Thousands as a rule; kroner for low axes, millions for high ones."""
    top = max(abs(scale.low), abs(scale.high))
    if top >= _MILLIONS_FROM:
        return Unit("mio. kr.", 1_000 * _THOUSAND)
    return Unit("t.kr.", _THOUSAND) if top >= _THOUSANDS_FROM else Unit("kr.", 100)
