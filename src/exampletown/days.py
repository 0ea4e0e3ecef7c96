"""Months, Danish public holidays and opening days. Periods inside the generator are half-open."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

FRIDAY = 4
WITHOUT_PRAYER_DAY = 2024


def month_start(day: date, shift: int = 0) -> date:
    """First day of the month that lies ``shift`` months from ``day``'s."""
    months = day.year * 12 + day.month - 1 + shift
    return date(months // 12, months % 12 + 1, 1)


def months_between(start: date, end: date) -> list[date]:
    """First days of all months that touch [start, end)."""
    found, month = [], month_start(start)
    while month < end:
        found.append(month)
        month = month_start(month, 1)
    return found


def days_in_month(month: date) -> int:
    """28 to 31."""
    return (month_start(month, 1) - month_start(month)).days


def last_day(end: date) -> date:
    """The last day inclusive of a period that ends before ``end``."""
    return end - timedelta(days=1)


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of the Danish calendar: eleven, and ten since 2024, when Store bededag was abolished."""
    golden, century = year % 19, year // 100
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    easter = date(year, month, offset + 28 - 31 * (month // 4))
    after_easter = (-3, -2, 0, 1, 39, 49, 50, *((26,) if year < WITHOUT_PRAYER_DAY else ()))
    moving = {easter + timedelta(days=n) for n in after_easter}
    return frozenset(moving | {date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)})


def is_opening_day(day: date, closed: frozenset[date] | None) -> bool:
    """Monday to Friday and no public holiday, or, with a calendar, any day that the calendar does not close."""
    if closed is not None:
        return day not in closed
    return day.weekday() <= FRIDAY and day not in holidays(day.year)
