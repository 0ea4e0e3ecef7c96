"""Payment plan (Danish: betalingsplan): the days on which a service is paid, and what each payment covers.

A payment covers its date until the next one; the first covers also what precedes it. If no date falls within the days
asked for, the payment that covers them lies outside them and keeps its own date, with what these days cost: a one-off
payment of a grant that began before is dated on the grant's start. Only a schedule without any date in the whole of the
grant is paid on the first day asked for, so that nothing is lost. Amounts are differences of the expected cost up to
the cuts between payments, so the payments always sum to the expected cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from styr.kernel.calendar import is_banking_day
from styr.kernel.period import ONE_DAY, Period, next_month

if TYPE_CHECKING:
    from collections.abc import Iterator

_TWO_MONTHS = timedelta(days=62)
_FORTNIGHT = 14
_WEEK = 7


class Frequency(StrEnum):
    """How often is paid (Danish: dagligt, ugentligt, hver anden uge, månedligt, én gang, egne datoer)."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BIWEEKLY = "biweekly"
    MONTHLY = "monthly"
    ONCE = "once"
    DATES = "dates"


class ClosedDay(StrEnum):
    """What happens to a payment that falls on a day when banks are closed."""

    KEEP = "keep"
    PREVIOUS = "previous"
    NEXT = "next"


@dataclass(frozen=True)
class Schedule:
    """When a service is paid; `day_of_month` counts for monthly, `dates` for own dates."""

    frequency: Frequency = Frequency.MONTHLY
    day_of_month: int = 1
    dates: tuple[date, ...] = ()
    on_closed_day: ClosedDay = ClosedDay.KEEP

    @property
    def repeats(self) -> bool:
        """True when an open period would give payments for ever."""
        return self.frequency not in (Frequency.ONCE, Frequency.DATES)


def scheduled_dates(schedule: Schedule, start: date, within: Period) -> list[date]:
    """Return the scheduled dates in `within` (closed), in order; `start` is the grant's, which weeks are counted from.

    Raises:
        ValueError: `within` has an open end.
    """
    end = within.until
    match schedule.frequency:
        case Frequency.DAILY:
            return _every(1, start, within.start, end)
        case Frequency.WEEKLY:
            return _every(_WEEK, start, within.start, end)
        case Frequency.BIWEEKLY:
            return _every(_FORTNIGHT, start, within.start, end)
        case Frequency.MONTHLY:
            return [day for day in _monthly(schedule.day_of_month, within.start, end) if day in within]
        case Frequency.ONCE:
            return [start] if start in within else []
        case Frequency.DATES:
            return sorted(day for day in schedule.dates if day in within)
        case _:
            assert_never(schedule.frequency)


def covering_date(schedule: Schedule, grant: Period, days: Period) -> date:
    """Return the date of the payment that covers `days` (closed, within `grant`), none of which is a payment date.

    It is the last date before them, else the first one after, else (the grant has no date at all) their first day.
    """
    if grant.start < days.start:
        before = scheduled_dates(schedule, grant.start, Period(grant.start, days.start))
        if before:
            return before[-1]
    end = grant.end or max((days.until + _TWO_MONTHS, *(day + ONE_DAY for day in schedule.dates)))
    if end <= days.until:
        return days.start
    after = scheduled_dates(schedule, grant.start, Period(days.until, end))
    return after[0] if after else days.start


def cover_ends(dates: list[date], within: Period) -> list[date]:
    """Return, for each payment date, the day that what it pays for ends before; the last one ends with `within`.

    The first payment covers from the start of `within`, each other from where the one before it ends.
    """
    return [*dates[1:], within.until]


def banking_date(day: date, rule: ClosedDay) -> date:
    """Move a payment off weekends and bank holidays, to the banking day before or after; or keep it where it is."""
    match rule:
        case ClosedDay.KEEP:
            return day
        case ClosedDay.PREVIOUS:
            step = -ONE_DAY
        case ClosedDay.NEXT:
            step = ONE_DAY
        case _:
            assert_never(rule)
    while not is_banking_day(day):
        day += step
    return day


def _every(step: int, start: date, first: date, end: date) -> list[date]:
    waiting = (start - first).days % step if first > start else 0
    day = max(start, first) + timedelta(days=waiting)
    return [day + timedelta(days=offset) for offset in range(0, (end - day).days, step)]


def _monthly(day_of_month: int, first: date, end: date) -> Iterator[date]:
    """Yield the day of each month from that of `first`; 29-31 fall back to the month's last day."""
    month = first.replace(day=1)
    while month < end:
        following = next_month(month)
        yield min(month + timedelta(days=day_of_month - 1), following - ONE_DAY)
        month = following
