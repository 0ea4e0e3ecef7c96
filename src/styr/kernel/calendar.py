"""The Danish calendar: holidays, opening days, and the days on which banks pay.

Holidays come from the `holidays` package; Store Bededag is one until 2023 and none from 2024 (lov nr. 214 af
06/03/2023). Opening days are Monday to Friday less holidays unless a place has a calendar of its own.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING
from uuid import UUID

import holidays

from styr.kernel.period import ONE_DAY, Period
from styr.kernel.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_CALENDAR = UUID("00000000-0000-7000-8000-000000000001")
"""The id of the standard calendar, used where a service has none of its own."""

CALENDAR = Relation("rel_calendar", {"calendar_id": "uuid", "day": "date", "open_before": "int64"})
"""For each calendar and day: how many opening days lie before it. Opening days in a period are a difference of two."""

_SATURDAY = 5
_FRIDAY_AFTER_ASCENSION = timedelta(days=40)
_CONSTITUTION_DAY, _CHRISTMAS_EVE, _NEW_YEARS_EVE = (6, 5), (12, 24), (12, 31)


@lru_cache(maxsize=512)
def danish_holidays(year: int) -> frozenset[date]:
    """Return the public holidays of a year (Danish: helligdage), Sundays among them included."""
    return frozenset(holidays.country_holidays("DK", years=[year]))


def is_opening_day(day: date) -> bool:
    """Tell whether a day is Monday to Friday and no holiday."""
    return day.weekday() < _SATURDAY and day not in danish_holidays(day.year)


def is_banking_day(day: date) -> bool:
    """Tell whether banks carry out payments that day.

    Banks are also closed on the Friday after Ascension Day, Constitution Day, Christmas Eve and New Year's Eve
    (Danmarks Nationalbank, "Bankhelligdage").
    """
    closed = (day.month, day.day) in (_CONSTITUTION_DAY, _CHRISTMAS_EVE, _NEW_YEARS_EVE)
    return is_opening_day(day) and not closed and day != easter(day.year) + _FRIDAY_AFTER_ASCENSION


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian algorithm, Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def opening_days(period: Period) -> int:
    """Count the standard opening days of a closed period."""
    return sum(is_opening_day(day) for day in _days(period))


def open_before(period: Period, *, closed: frozenset[date] = frozenset()) -> Iterator[tuple[date, int]]:
    """Yield (day, opening days of the period before it) for each day, and for the day that follows the period.

    `closed` are days on which the place is closed besides weekends and holidays (Danish: lukkedage).
    """
    opens = (is_opening_day(day) and day not in closed for day in _days(period))
    start = period.start
    for offset, count in enumerate(accumulate(opens, initial=0)):
        yield start + timedelta(days=offset), count


def _days(period: Period) -> Iterator[date]:
    return (period.start + offset * ONE_DAY for offset in range(period.days))
