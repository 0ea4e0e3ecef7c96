"""The page's sentences: what a director is to take away in two minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.budgets.core.picture import about

if TYPE_CHECKING:
    from styr.reports.core.waterfall import Waterfall

_PARTS = {
    "price": "priserne", "volume": "mængden", "mix": "sammensætningen", "negotiation": "forhandlingerne",
    "transport": "befordringen", "other": "andet",
}  # fmt: skip
_SMALL_ORE = 100_000


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the year stands, øre; a budget or the forecast of last month may be missing."""

    budget_ore: int | None
    forecast_ore: int
    before_ore: int | None

    @property
    def over_ore(self) -> int | None:
        """Forecast less budget."""
        return None if self.budget_ore is None else self.forecast_ore - self.budget_ore

    @property
    def moved_ore(self) -> int | None:
        """How much the forecast has moved since last month's."""
        return None if self.before_ore is None else self.forecast_ore - self.before_ore


def moved_words(standing: Standing) -> str:
    """What changed since last month; "" where no forecast of it was kept."""
    moved = standing.moved_ore
    if moved is None:
        return "Der er ikke gemt en prognose fra sidste måned at holde den op mod."
    if abs(moved) < _SMALL_ORE:
        return "Prognosen er som sidste måned."
    return f"Prognosen er {'steget' if moved > 0 else 'faldet'} {about(moved)} siden sidste måned."


def waterfall_words(waterfall: Waterfall) -> str:
    """What moved the cost most from last year; "" where nothing did."""
    name, ore = max(waterfall.parts, key=lambda part: abs(part[1]))
    change = waterfall.change_ore
    if abs(change) < _SMALL_ORE and abs(ore) < _SMALL_ORE:
        return ""
    way = "mere" if change > 0 else "mindre"
    whole = f"Udgiften er {about(change)} {way} end sidste år. " if abs(change) >= _SMALL_ORE else ""
    return f"{whole}Mest gør {_PARTS[name]}: {about(ore)} {'mere' if ore > 0 else 'mindre'}."
