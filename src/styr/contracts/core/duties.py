"""When something that is repeated is due next."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def moved_on(due_on: date, every_months: int, today: date) -> date:
    """Return the first date after the due date and today in whole steps; the 31st becomes a short month's last."""
    step = 1
    while (found := _later(due_on, every_months * step)) <= today:
        step += 1
    return found


def _later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))
