"""Keeps the opening calendars' days: for each calendar of its own, the opening days before each day of 2015-2040."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from styr.kernel.calendar import open_before
from styr.kernel.period import Period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.kernel.engine import Cursor

SPAN = Period(date(2015, 1, 1), date(2041, 1, 1))
"""The days that opening calendars know; relations that reach outside it lose their rows."""

# A closing day lowers the count of every later day by one, if the standard calendar is open that day.
_REBUILD = """
    INSERT INTO contracts_calendarday AS t (id, municipality_id, calendar_id, day, open_before)
    SELECT gen_random_uuid(), k.municipality_id, k.id, d.day,
           d.open_before - count(c.day) OVER (PARTITION BY k.id ORDER BY d.day ROWS BETWEEN UNBOUNDED PRECEDING
                                              AND 1 PRECEDING)
    FROM contracts_openingcalendar k
    CROSS JOIN (SELECT day, open_before, lead(open_before) OVER (ORDER BY day) > open_before AS is_open
                FROM contracts_standardday) d
    LEFT JOIN contracts_closingday c ON c.calendar_id = k.id AND c.day = d.day AND d.is_open
    WHERE k.code = ANY(%s)
    ON CONFLICT (calendar_id, day) DO UPDATE SET open_before = excluded.open_before
    WHERE t.open_before <> excluded.open_before
"""


def rebuild_calendars(cursor: Cursor, codes: Sequence[str]) -> None:
    """Reckon the opening days of these calendars anew, from the standard days and their closing days."""
    cursor.execute(_REBUILD, [list(codes)])
    cursor.execute("SELECT contracts_analyze('contracts_calendarday')")


def standard_days() -> list[tuple[date, int]]:
    """Return the standard calendar's (day, opening days before it) for the whole span."""
    return list(open_before(SPAN))
