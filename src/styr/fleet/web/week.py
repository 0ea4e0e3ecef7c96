"""The half empty vehicles among what the coordinator has to do this week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.fleet.queries import fleet_sheet
from styr.fleet.web.pages import waiting
from styr.trips.week_lines import WeekLine

if TYPE_CHECKING:
    from datetime import date


def half_empty_lines(today: date) -> list[WeekLine]:
    """Each place whose own vehicles are half empty, with a link that fills a new plan in. As `fleet_sheet` asks."""
    lines = []
    for found in fleet_sheet(today).half_empty:
        begins = waiting(found, today)
        spare = found.filled.spare
        few = "1 vogn kan undværes" if spare == 1 else f"{spare} vogne kan undværes"
        note = f"{found.filled.percent} % fulde, {few}"
        lines.append(WeekLine(f"{found.place}: {begins.names}", note, begins.address))
    return lines
