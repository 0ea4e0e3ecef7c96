"""How the year ends, in the words of the economy's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.budgets.core.picture import Sums, about, verdict

if TYPE_CHECKING:
    from styr.reports.queries import Results


def ending(found: Results) -> str:
    """The sentence that the page begins with."""
    standing = found.standing
    told = verdict(Sums(budget_ore=standing.budget_ore, forecast_ore=standing.forecast_ore))
    return told or f"Året ventes at koste {about(standing.forecast_ore)}. Der er ikke indlæst et budget."
