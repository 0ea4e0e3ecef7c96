"""A month as a calendar draws it: weeks from Monday to Sunday, each day with what falls due on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from styr.kernel.danish import MONTHS
from styr.kernel.period import next_month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from styr.workspace.core.deadlines import Deadline


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `inside` the month that is shown."""

    day: date
    inside: bool
    today: bool
    due: tuple[Deadline, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """A month in weeks, and the first days of the months beside it."""

    title: str
    first: date
    before: date
    after: date
    weeks: tuple[tuple[Day, ...], ...]


def month_view(first: date, deadlines: Iterable[Deadline], *, today: date) -> MonthView:
    """Lay the deadlines out over the month that begins on `first`."""
    by_day: dict[date, list[Deadline]] = {}
    for one in deadlines:
        by_day.setdefault(one.due_on, []).append(one)
    end = next_month(first)
    day = first - timedelta(days=first.weekday())
    weeks = []
    while day < end:
        week = [day + timedelta(days=place) for place in range(7)]
        weeks.append(tuple(Day(one, first <= one < end, one == today, tuple(by_day.get(one, ()))) for one in week))
        day += timedelta(days=7)
    before = (first - timedelta(days=1)).replace(day=1)
    return MonthView(f"{MONTHS[first.month - 1].capitalize()} {first.year}", first, before, end, tuple(weeks))


def month_asked_for(text: str, *, today: date) -> date:
    """The first day of the month that an address names ("2026-11"); this month where it names none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
