"""What gives travel matrices."""

from collections.abc import Sequence
from typing import Protocol

from rideplan.model.problem import Travel

Positions = Sequence[tuple[float, float]]
"""Longitude and latitude in degrees."""


class Provider(Protocol):
    """Gives times and distances between positions."""

    def table(self, positions: Positions) -> Travel:
        """Matrices in km and minutes, a row and a column for each position."""
        ...


class Cached:
    """Asks another provider once for each set of positions."""

    def __init__(self, provider: Provider) -> None:
        self._provider, self._known = provider, dict[tuple[tuple[float, float], ...], Travel]()

    def table(self, positions: Positions) -> Travel:
        """The other provider's matrices, remembered."""
        key = tuple(positions)
        if key not in self._known:
            self._known[key] = self._provider.table(key)
        return self._known[key]
