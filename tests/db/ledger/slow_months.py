"""Paid months the slow and obvious way: day by day from the paid claims."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection


def ask(text: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, list(values))
        return cursor.fetchall()


def months_day_by_day() -> dict[tuple[UUID, date], int]:
    """Day by day from the paid claims: money by month, and whether every day of the service is somebody's."""
    one = timedelta(days=1)
    claims = ask(
        "SELECT c.service_id, c.period_start, c.period_end, c.claimed_ore, c.invoice_id, "
        "coalesce(i.credits_invoice_id, c.invoice_id), c.expected_ore "
        "FROM rel_claim c JOIN rel_invoice i USING (invoice_id) WHERE i.status = 'paid' AND c.service_id IS NOT NULL"
    )
    single = [row for row in claims if (row[2] - one).replace(day=1) == row[1].replace(day=1)]
    several = {row[0] for row in claims} - {row[0] for row in single if row in single} | {
        row[0] for row in claims if row not in single
    }
    services = {
        row[0]: row[1:]
        for row in ask("SELECT service_id, unit, starts, ends, calendar_id FROM rel_service")
        if row[0] not in several
    }
    closed = _closed_days()
    away = ask("SELECT service_id, starts, ends FROM rel_service_absence WHERE billable = 0")
    money: defaultdict[tuple[UUID, date], int] = defaultdict(int)
    left: defaultdict[tuple[UUID, date, UUID], int] = defaultdict(int)
    for service, start, _, ore, _, origin, _ in single:
        money[service, start.replace(day=1)] += ore
        left[service, start.replace(day=1), origin] += ore
    found = {}
    for (service, month), ore in money.items():
        if service not in services or ore <= 0:
            continue
        unit, starts, ends, calendar = services[service]
        gone = [(first, until) for one_of, first, until in away if one_of == service]
        days = _running(month, starts, ends, gone, closed[calendar] if unit == "opening_day" else set())
        standing = [
            row
            for row in single
            if row[0] == service
            and row[1].replace(day=1) == month
            and row[4] == row[5]
            and left[service, month, row[5]] > 0
        ]
        covered = (unit == "once" and standing) or all(any(r[1] <= d < r[2] for r in standing) for d in days)
        if days and covered:
            found[service, month] = ore
    extra = {
        (row[0], row[1]): row[2]
        for row in ask("SELECT service_line_id, month, amount_ore FROM grants_paidperiod")
        if row[0] in several
    }
    return found | extra


def _running(
    month: date, starts: date, ends: date | None, away: list[tuple[date, date | None]], closed: set[date]
) -> set[date]:
    """The days of the month on which the service ran, one by one."""
    days, day = set(), month
    while day.month == month.month:
        runs = starts <= day and (ends is None or day < ends)
        gone = any(first <= day and (until is None or day < until) for first, until in away)
        if runs and not gone and day not in closed:
            days.add(day)
        day += timedelta(days=1)
    return days


def _closed_days() -> defaultdict[UUID, set[date]]:
    closed: defaultdict[UUID, set[date]] = defaultdict(set)
    rows = ask("SELECT calendar_id, day, open_before FROM rel_calendar WHERE day >= '2025-01-01' ORDER BY 1, 2")
    for (calendar, day, before), (other, _, after) in pairwise(rows):
        if calendar == other and before == after:
            closed[calendar].add(day)
    return closed
