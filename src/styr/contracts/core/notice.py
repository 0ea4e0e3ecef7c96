"""When notice given on a day runs out (opsigelsesvarsel); the view `rel_notice` says the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from styr.contracts.core.codes import NoticeFrom
from styr.kernel.period import next_month

if TYPE_CHECKING:
    from datetime import date


def last_day_of_notice(given_on: date, notice_days: int, counted: NoticeFrom) -> date:
    """Return the last day that is paid for: `notice_days` after the day, or after the end of the day's month."""
    begins = given_on if counted is NoticeFrom.DAY else next_month(given_on.replace(day=1)) - timedelta(days=1)
    return begins + timedelta(days=notice_days)


def last_day_to_give_notice(last_day: date, notice_days: int, counted: NoticeFrom) -> date:
    """Return the last day on which notice can be given so that it has run out by `last_day`.

    Counted from the end of a month, that is the end of the last month from which the days suffice.
    """
    day = last_day - timedelta(days=notice_days)
    if counted is NoticeFrom.DAY:
        return day
    tomorrow = day + timedelta(days=1)
    return day if tomorrow.day == 1 else day.replace(day=1) - timedelta(days=1)
