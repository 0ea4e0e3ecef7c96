"""By when a change must be told: the sheet for a month goes out by the 25th of the month before."""

from __future__ import annotations

from datetime import date
from typing import Final

LAST_DAY: Final = 25
"""Movia takes changes of fixed routes for the next month until the 25th (befordringsanalysen; kontrollér)."""


def month_after(day: date) -> date:
    """The first day of the month after a day's."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def next_sheet(today: date) -> tuple[date, date]:
    """The month that can still be changed in time, and the last day to say so."""
    month = month_after(today)
    if today.day > LAST_DAY:
        return month_after(month), month.replace(day=LAST_DAY)
    return month, today.replace(day=LAST_DAY)


def is_late(*, starts: date, told_on: date) -> bool:
    """Whether a change was told after the sheet of its month had gone."""
    month, _ = next_sheet(told_on)
    return starts < month
