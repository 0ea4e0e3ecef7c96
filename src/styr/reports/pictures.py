"""The page's picture, and the same on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import NoReverseMatch, reverse

from styr.reports.core.story import waterfall_words
from styr.ui import charts

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from styr.reports.core.waterfall import Waterfall
    from styr.reports.queries import Results

PART_WORDS: Final = {
    "price": ("Pris", "en dag koster mere eller mindre end sidste år"),
    "volume": ("Mængde", "flere eller færre dage"),
    "mix": ("Sammensætning", "dyrere eller billigere indsatser end gennemsnittet"),
    "negotiation": ("Forhandling", "det, aftalerne giver i år ud over sidste år"),
    "transport": ("Befordring", "hele ændringen på befordringsbevillinger"),
    "other": ("Andet", "bogført, ventet eller afsat uden en bevilling"),
}
_LEADS: Final = {"negotiation": "savings", "transport": "transport"}


def waterfall_chart(found: Results, *, waterfall: Waterfall | None = None) -> SafeString:
    """From last year's cost to this year's; each step leads to the rows it is made of. Steps of nought are left out.

    Another `waterfall`, as it may leave the house, leads nowhere.
    """
    linked, waterfall = waterfall is None, waterfall or found.waterfall
    steps = [charts.Step(str(found.year - 1), waterfall.last_ore, total=True)]
    for name, ore in waterfall.parts:
        if ore:
            steps.append(charts.Step(PART_WORDS[name][0], ore, address=_address(name, found.year) if linked else ""))
    steps.append(charts.Step(str(found.year), waterfall.this_ore, total=True))
    title = f"Fra {found.year - 1} til {found.year}"
    return charts.waterfall(charts.Words("vandfald", title, waterfall_words(waterfall)), steps)


def _address(name: str, year: int) -> str:
    try:
        return reverse(_LEADS[name]) if name in _LEADS else f"{reverse('economy_grants')}?aar={year}"
    except NoReverseMatch:
        return ""
