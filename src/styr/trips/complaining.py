"""Complaints about rides: noted, asked about, answered, and counted by operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.refusal import NotThere, Refusal
from styr.people.queries import unit_of
from styr.trips.core.codes import ComplaintKind, ComplaintStatus
from styr.trips.models import Complaint

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from styr.trips.ordering import By

MOST: Final = 200


class ComplaintNotVisibleError(NotThere):
    """There is no such complaint, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Klagen findes ikke, eller du har ikke adgang til den.")


class UnableToComplainError(Refusal):
    """The complaint cannot be noted or answered so; the message is fit to show."""


@dataclass(frozen=True, kw_only=True)
class ComplaintFacts:
    """What a complaint says; `minutes` is how late or how long."""

    kind: ComplaintKind
    happened_on: date
    text: str
    operator_id: UUID | None = None
    citizen_id: UUID | None = None
    trip_id: UUID | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ComplaintCard:
    """A complaint in the list."""

    id: UUID
    operator: str | None
    citizen_id: UUID | None
    trip_id: UUID | None
    kind: str
    happened_on: date
    minutes: int | None
    text: str
    status: str
    answer: str
    made_by: str
    made_at: datetime

    @property
    def kind_word(self) -> str:
        """What it is about, in Danish."""
        return ComplaintKind(self.kind).danish

    @property
    def status_word(self) -> str:
        """How far it has come, in Danish."""
        return ComplaintStatus(self.status).danish


@dataclass(frozen=True, slots=True)
class OperatorQuality:
    """An operator's complaints in a period, and the trips that they are held against."""

    operator: str
    trips: int
    complaints: int
    late: int
    long: int
    unsafe: int
    missed: int
    open: int

    @property
    def per_ten_thousand(self) -> float | None:
        """Complaints for each 10,000 trips; None without trips."""
        return None if not self.trips else 10_000 * self.complaints / self.trips


_CARDS: Final = """
    SELECT c.id, o.name, c.citizen_id, c.trip_id, c.kind, c.happened_on, c.minutes, c.text, c.status, c.answer, u.name,
           c.made_at
    FROM trips_complaint c
    LEFT JOIN transport_operator o ON o.id = c.operator_id
    JOIN access_user u ON u.id = c.made_by_id
    WHERE (%s = '' OR c.status = %s) AND (%s::uuid IS NULL OR c.id = %s)
      AND (%s::uuid IS NULL OR c.citizen_id = %s)
    ORDER BY c.status = 'closed', c.happened_on DESC, c.id LIMIT %s
"""
_QUALITY: Final = """
    SELECT o.name, coalesce(t.trips, 0), coalesce(c.complaints, 0), coalesce(c.late, 0), coalesce(c.long, 0),
           coalesce(c.unsafe, 0), coalesce(c.missed, 0), coalesce(c.waiting, 0)
    FROM transport_operator o
    LEFT JOIN (SELECT operator_id, sum(trips) AS trips FROM trips_settlement
               WHERE first_day >= %(first)s AND first_day < %(until)s GROUP BY 1) t ON t.operator_id = o.id
    LEFT JOIN (SELECT operator_id, count(*) AS complaints, count(*) FILTER (WHERE kind = 'late') AS late,
                      count(*) FILTER (WHERE kind = 'long') AS long, count(*) FILTER (WHERE kind = 'unsafe') AS unsafe,
                      count(*) FILTER (WHERE kind = 'missed') AS missed,
                      count(*) FILTER (WHERE status <> 'closed') AS waiting
               FROM trips_complaint WHERE happened_on >= %(first)s AND happened_on < %(until)s GROUP BY 1) c
        ON c.operator_id = o.id
    WHERE coalesce(t.trips, 0) > 0 OR coalesce(c.complaints, 0) > 0
    ORDER BY coalesce(c.complaints, 0) DESC, o.name
"""


def complaints(*, status: str = "", most: int = MOST) -> list[ComplaintCard]:
    """Return complaints, those not closed first. One query."""
    return _cards(status, None, most)


def complaints_of(citizen_id: UUID) -> list[ComplaintCard]:
    """Return the complaints about one citizen's rides, those that wait first; one query. The caller logs the look."""
    return _cards(citizen_id=citizen_id)


def complaint(complaint_id: UUID) -> ComplaintCard:
    """Return one complaint. One query.

    Raises:
        ComplaintNotVisibleError: there is none for the caller.
    """
    found = _cards("", complaint_id, 1)
    if not found:
        raise ComplaintNotVisibleError
    return found[0]


def quality(*, first: date, until: date) -> list[OperatorQuality]:
    """Return each operator's complaints in [first, until), the most first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_QUALITY, {"first": first, "until": until})
        return [OperatorQuality(row[0], int(row[1]), *row[2:]) for row in cursor.fetchall()]


@transaction.atomic
def note_complaint(*, facts: ComplaintFacts, by: By) -> UUID:
    """Note a complaint; one about a citizen lies in the citizen's unit.

    Raises:
        UnableToComplainError: the actor may not, the day has not come, or nothing is told.
        CitizenNotVisibleError: there is no such citizen for the caller.
    """
    unit_id = unit_of(facts.citizen_id) if facts.citizen_id else None
    _allow(by, unit_id)
    if facts.happened_on > by.today:
        raise UnableToComplainError("Dagen ligger i fremtiden.")
    if not facts.text.strip():
        raise UnableToComplainError("Skriv, hvad der skete.")
    made = Complaint.objects.create(
        municipality_id=by.municipality_id,
        unit_id=unit_id,
        operator_id=facts.operator_id,
        citizen_id=facts.citizen_id,
        trip_id=facts.trip_id,
        kind=facts.kind.value,
        happened_on=facts.happened_on,
        minutes=facts.minutes,
        text=facts.text.strip(),
        made_by_id=by.actor_id,
        made_at=by.now,
    )
    return made.id


@transaction.atomic
def answer_complaint(*, complaint_id: UUID, status: ComplaintStatus, answer: str, by: By) -> None:
    """Note that the operator was asked, or close the complaint with an answer.

    Raises:
        ComplaintNotVisibleError: there is none for the caller.
        UnableToComplainError: the actor may not, or it is closed without an answer.
    """
    row = Complaint.objects.select_for_update().filter(id=complaint_id).first()
    if row is None:
        raise ComplaintNotVisibleError
    _allow(by, row.unit_id)
    if status is ComplaintStatus.CLOSED and not answer.strip():
        raise UnableToComplainError("Skriv svaret, før klagen afsluttes.")
    row.status, row.answer = status.value, answer.strip()
    row.closed_at = by.now if status is ComplaintStatus.CLOSED else None
    row.save(update_fields=["status", "answer", "closed_at"])


def _cards(
    status: str = "", complaint_id: UUID | None = None, most: int = MOST, citizen_id: UUID | None = None
) -> list[ComplaintCard]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, [status, status, complaint_id, complaint_id, citizen_id, citizen_id, most])
        return [ComplaintCard(*row) for row in cursor.fetchall()]


def _allow(by: By, unit_id: UUID | None) -> None:
    if not may_in(user_id=by.actor_id, permission=Permission.EDIT_TRANSPORT, unit_id=unit_id, on=by.today):
        raise UnableToComplainError("Din rolle giver dig ikke lov til at behandle klager her.")
