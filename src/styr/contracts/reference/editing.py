"""The opening calendars of the municipality's places: made, and closing days added and taken away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Count

from styr.contracts.models import ClosingDay, OpeningCalendar
from styr.contracts.opening import SPAN, rebuild_calendars
from styr.controls.rerunning import request_rerun
from styr.kernel.calendar import is_opening_day
from styr.kernel.danish import danish_date
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID

LONGEST_CODE = 60
MOST_DAYS = 400


class UnableToChangeCalendarError(Refusal):
    """The calendar cannot be changed so; the message says why."""


@dataclass(frozen=True)
class CalendarLine:
    """A calendar in a list: how many closing days it has of its own, and how many contracts follow it."""

    id: UUID
    code: str
    closing_days: int
    contracts: int


@dataclass(frozen=True)
class CalendarCard:
    """A calendar with the closing days of one year."""

    id: UUID
    code: str
    days: tuple[date, ...]


def calendars() -> tuple[CalendarLine, ...]:
    """Return the municipality's calendars by name. One query."""
    rows = OpeningCalendar.objects.annotate(
        days_held=Count("closing_days", distinct=True), followed_by=Count("contracts", distinct=True)
    )
    return tuple(CalendarLine(row.id, row.code, row.days_held, row.followed_by) for row in rows.order_by("code"))


def calendar_card(calendar_id: UUID, *, year: int) -> CalendarCard | None:
    """Return a calendar with its closing days of a year; None when the scope sees none. Two queries."""
    row = OpeningCalendar.objects.filter(id=calendar_id).first()
    if row is None:
        return None
    days = ClosingDay.objects.filter(calendar=row, day__year=year).order_by("day").values_list("day", flat=True)
    return CalendarCard(row.id, row.code, tuple(days))


@transaction.atomic
def create_calendar(*, municipality_id: UUID, code: str) -> UUID:
    """Make a calendar that is open like the standard one; return its id.

    Raises:
        UnableToChangeCalendarError: the name is missing, too long or taken.
    """
    named = " ".join(code.split())
    if not named or len(named) > LONGEST_CODE:
        raise UnableToChangeCalendarError(f"Giv kalenderen et navn på højst {LONGEST_CODE} tegn.")
    if OpeningCalendar.objects.filter(code=named).exists():
        raise UnableToChangeCalendarError(f"Der er allerede en kalender, der hedder »{named}«.")
    made = OpeningCalendar.objects.create(municipality_id=municipality_id, code=named)
    _reckon(made)
    return made.id


@transaction.atomic
def close_days(*, calendar_id: UUID, days: Collection[date]) -> int:
    """Close a calendar on days; those closed already stay. Returns how many are new.

    Prices by opening day follow at once: the controls of what uses the calendar are asked for.

    Raises:
        UnableToChangeCalendarError: there is no such calendar, a day is out of reach or not open, or too many.
    """
    calendar = _locked(calendar_id)
    if not 0 < len(days) <= MOST_DAYS:
        raise UnableToChangeCalendarError(f"Vælg mellem 1 og {MOST_DAYS} dage.")
    outside = [day for day in days if not SPAN.start <= day < (SPAN.end or day)]
    if outside:
        raise UnableToChangeCalendarError(f"{danish_date(min(outside))} ligger uden for de år, kalenderen kender.")
    opens = [day for day in days if is_opening_day(day)]
    if not opens:
        raise UnableToChangeCalendarError("Dagene er weekender eller helligdage: der er lukket i forvejen.")
    held = set(ClosingDay.objects.filter(calendar=calendar, day__in=opens).values_list("day", flat=True))
    ClosingDay.objects.bulk_create(
        ClosingDay(municipality_id=calendar.municipality_id, calendar=calendar, day=day)
        for day in sorted(set(opens) - held)
    )
    _reckon(calendar)
    return len(set(opens) - held)


@transaction.atomic
def open_day(*, calendar_id: UUID, day: date) -> bool:
    """Open a calendar on a day again; False when it was not closed.

    Raises:
        UnableToChangeCalendarError: there is no such calendar.
    """
    calendar = _locked(calendar_id)
    deleted, _ = ClosingDay.objects.filter(calendar=calendar, day=day).delete()
    if deleted:
        _reckon(calendar)
    return deleted > 0


def _locked(calendar_id: UUID) -> OpeningCalendar:
    calendar = OpeningCalendar.objects.select_for_update().filter(id=calendar_id).first()
    if calendar is None:
        raise UnableToChangeCalendarError("Kalenderen findes ikke.")
    return calendar


def _reckon(calendar: OpeningCalendar) -> None:
    """Reckon the opening days anew, and ask for everything on the calendar's contracts to be controlled again."""
    with connection.cursor() as cursor:
        rebuild_calendars(cursor, [calendar.code])
    ids = list(calendar.contracts.values_list("id", flat=True))
    request_rerun(municipality_id=calendar.municipality_id, ids=ids)
