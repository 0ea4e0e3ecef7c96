"""The calendar subscription: a secret address that gives a person's deadlines to their calendar program."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from icalendar import Alarm, Calendar, Event

from styr.access import tokens
from styr.workspace.acting import seeing_as
from styr.workspace.core.deadlines import Deadline, Kind
from styr.workspace.deadlines import due
from styr.workspace.models import CalendarFeed
from styr.workspace.paths import path_of

_SECRET_BYTES: Final = 32
_LONGEST: Final = 100
_REFRESH: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Subscription:
    """That somebody has a secret address, and since when; the secret itself is known to their program alone."""

    made_at: datetime


def subscription_of(user_id: UUID) -> Subscription | None:
    """Somebody's subscription. One query."""
    row = CalendarFeed.objects.filter(user_id=user_id).first()
    return None if row is None else Subscription(row.made_at)


def renew_secret(*, user_id: UUID, municipality_id: UUID, now: datetime) -> str:
    """Make a new secret address and end the old one; the secret is told this once."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    CalendarFeed.objects.update_or_create(
        user_id=user_id,
        defaults={"municipality_id": municipality_id, "secret_hash": _hash(secret), "made_at": now},
    )
    return secret


def end_subscription(*, user_id: UUID) -> bool:
    """End the secret address; False when there was none."""
    deleted, _ = CalendarFeed.objects.filter(user_id=user_id).delete()
    return deleted > 0


def calendar_for(secret: str, *, today: date, now: datetime, site: str) -> bytes | None:
    """The calendar file of whoever holds the secret, in their own scope; None when it is nobody's.

    `site` is the program's address; the file holds numbers and addresses, and never anybody's name.
    """
    owner = _owner(secret)
    if owner is None:
        return None
    user_id, municipality_id = owner
    with seeing_as(user_id=user_id, municipality_id=municipality_id, purpose="calendar"):
        return as_ics(due(today=today), now=now, site=site)


def as_ics(deadlines: list[Deadline], *, now: datetime, site: str) -> bytes:
    """Deadlines as an iCalendar file (RFC 5545): whole days, a reminder the week before.

    What was agreed at a meeting is written freely and may name somebody: the calendar says that there is something.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Styr//Frister//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Styr: frister")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline, now, site))
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, now: datetime, site: str) -> Event:
    event = Event()
    freely = deadline.kind is Kind.MEETING
    told = "Aftale fra leverandørmøde" if freely else f"{deadline.number}: {deadline.what}"
    event.add("uid", f"{_uid(deadline) if freely else deadline.uid}@styr")
    event.add("dtstamp", now)
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + timedelta(days=1))
    event.add("summary", told)
    event.add("url", site + path_of(deadline.kind.url_name, deadline.id))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", told)
    alarm.add("trigger", timedelta(days=-7))
    event.add_component(alarm)
    return event


def _uid(deadline: Deadline) -> str:
    """The same for the same agreement, without its words."""
    return f"{deadline.kind.value}-{deadline.id}-{hashlib.sha256(deadline.uid.encode()).hexdigest()[:16]}"


def _owner(secret: str) -> tuple[UUID, UUID] | None:
    if not 0 < len(secret) <= _LONGEST:
        return None
    hashed = _hash(secret)
    proof = tokens.prove(f"calendar|{hashed.hex()}")
    try:
        row = tokens.call(
            "SELECT user_id, municipality_id FROM styr_calendar_of(%s, %s)", [hashed, proof], using="default"
        )
    except LookupError:
        return None
    user_id, municipality_id = row
    if not (isinstance(user_id, UUID) and isinstance(municipality_id, UUID)):
        raise TypeError("styr_calendar_of gave no ids")
    return user_id, municipality_id


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
