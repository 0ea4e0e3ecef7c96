"""On which days services ran, month by month: the days that must be paid for a month to be paid in full."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.kernel.period import next_month
from styr.kernel.units import Unit
from styr.ledger.core.paid_months import Running

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from styr.ledger.core.paid_months import Window

_SERVICES: Final = """
    SELECT service_id, unit, starts, ends, calendar_id FROM rel_service WHERE service_id = ANY (%s)
"""
_UNBILLED: Final = """
    SELECT service_id, starts, ends FROM rel_service_absence WHERE service_id = ANY (%s) AND billable = 0
"""
_OPEN: Final = """
    SELECT calendar_id, day FROM (
        SELECT calendar_id, day, lead(open_before) OVER (PARTITION BY calendar_id ORDER BY day) - open_before AS opens
        FROM rel_calendar WHERE calendar_id = ANY (%s) AND day BETWEEN %s AND %s) AS days
    WHERE opens = 1
"""


def running_days(windows: Collection[Window]) -> dict[tuple[UUID, date], Running]:
    """The days that each window's service ran in its month, by service and month; three queries.

    A service in opening days runs on those alone, and no service on days of absence for which nothing is paid.
    """
    months = {(window.service_id, window.month) for window in windows}
    if not months:
        return {}
    asked = [list({service_id for service_id, _ in months})]
    with connection.cursor() as cursor:
        cursor.execute(_SERVICES, asked)
        services = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_UNBILLED, asked)
        away: defaultdict[UUID, list[tuple[date, date | None]]] = defaultdict(list)
        for service_id, starts, ends in cursor.fetchall():
            away[service_id].append((starts, ends))
        calendars = {row[3] for row in services.values() if row[0] == Unit.OPENING_DAY.value}
        first, last = min(month for _, month in months), next_month(max(month for _, month in months))
        cursor.execute(_OPEN, [list(calendars), first, last])
        opened: defaultdict[UUID, set[date]] = defaultdict(set)
        for calendar_id, day in cursor.fetchall():
            opened[calendar_id].add(day)
    found: dict[tuple[UUID, date], Running] = {}
    for service_id, month in (one for one in months if one[0] in services):
        unit, starts, ends, calendar_id = services[service_id]
        days = _days(max(starts, month), min(ends or date.max, next_month(month)), away[service_id])
        if unit == Unit.OPENING_DAY.value:
            days &= opened[calendar_id]
        if days:
            found[service_id, month] = Running(frozenset(days), once=unit == Unit.ONCE.value)
    return found


def _days(start: date, end: date, away: Iterable[tuple[date, date | None]]) -> set[date]:
    """The days of [start, end) but for those away."""
    days = {start + timedelta(days=n) for n in range(max((end - start).days, 0))}
    for first, until in away:
        days = {day for day in days if not (first <= day and (until is None or day < until))}
    return days
