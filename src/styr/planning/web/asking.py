"""Who asks for what: the person at the page, and what the address says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import Http404

from styr.planning.scenarios import ScenarioCard, ScenarioNotVisibleError, scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from styr.planning.core.outcome import By

BY: Final[dict[str, By]] = {"paragraf": "section", "enhed": "unit_id", "leverandoer": "supplier_id"}
BY_WORDS: Final = {"paragraf": "Paragraf", "enhed": "Enhed", "leverandoer": "Leverandør"}


def user_of(request: HttpRequest) -> UUID:
    """The id of whoever is logged in."""
    return UUID(str(request.user.pk))


def municipality_of(request: HttpRequest) -> UUID:
    """The municipality of the person at the page."""
    found: UUID = request.user.municipality_id  # type: ignore[union-attr] # the rule let in a user
    return found


def year_asked(request: HttpRequest, years: Sequence[int]) -> int:
    """The place among the years of the one asked for (`?aar=`): the next one unless said otherwise."""
    word = request.GET.get("aar", "")
    wanted = [str(year) for year in years]
    return wanted.index(word) if word in wanted else min(1, len(years) - 1)


def by_asked(request: HttpRequest) -> str:
    """What rows are shown by (`?efter=`)."""
    word = request.GET.get("efter", "")
    return word if word in BY else "paragraf"


def uuid_or_none(word: str) -> UUID | None:
    """The id that a word is, or None."""
    try:
        return UUID(word)
    except ValueError:
        return None


def scenario_or_404(scenario_id: UUID) -> ScenarioCard:
    """The scenario; 404 where there is none for the caller."""
    try:
        return scenario(scenario_id)
    except ScenarioNotVisibleError as missing:
        raise Http404(str(missing)) from missing
