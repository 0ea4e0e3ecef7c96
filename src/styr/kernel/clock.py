"""The only place that reads the clock. Edges (web, api, tasks, commands) call it and pass the time on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

DENMARK = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may


def today() -> date:
    """Return the present date in Denmark."""
    return danish_day(now())


def danish_day(moment: datetime) -> date:
    """Return the date in Denmark at an aware moment: in its first hour or two it is still the day before in UTC."""
    return moment.astimezone(DENMARK).date()
