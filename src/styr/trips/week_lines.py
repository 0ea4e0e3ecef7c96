"""What domains above this one have for the coordinator's week: each tells its lines, and the page shows them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class WeekLine:
    """Something to look at this week: what, how much of it, and where to go with it."""

    text: str
    note: str
    address: str


Provider = Callable[[date], Sequence[WeekLine]]
"""Given today: the lines, the first to be done first."""

_providers: list[Provider] = []


def provide_week_lines(provider: Provider) -> None:
    """Tell who has lines; called once by each, when the program starts."""
    if provider not in _providers:
        _providers.append(provider)


def week_lines(today: date) -> list[WeekLine]:
    """Return the lines of all that have told of themselves."""
    return [line for provider in _providers for line in provider(today)]
