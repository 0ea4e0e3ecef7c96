"""Meetings of a negotiation: called as any meeting with a supplier, with agenda, minutes and actions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q

from styr.deliveries import meetings
from styr.deliveries.core.codes import MeetingStatus
from styr.deliveries.meetings import UnableToHoldMeetingError
from styr.negotiations.cases import UnableToNegotiateError, case_to_act_on, log, part_of
from styr.negotiations.core.codes import EntryKind
from styr.negotiations.models import CaseMeeting

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.grants.acting import Actor
    from styr.negotiations.reading import CaseCard


@dataclass(frozen=True, slots=True)
class CaseMeetingLine:
    """A meeting in a case's list: held or not, and how much of what was agreed is not done."""

    id: UUID
    held_on: date
    status: MeetingStatus
    participants: str
    open_actions: int


def proposed_agenda(card: CaseCard) -> str:
    """An agenda from the arguments that are put forward; our goal and walk-away are never in it."""
    points = [one.reason.danish.capitalize() for one in reversed(card.arguments)]
    lines = [f"Forhandling med {card.line.supplier_name}", ""]
    for number, point in enumerate(dict.fromkeys(["Hvad der leveres i dag", *points, "Pris og vilkår fremover"]), 1):
        lines += [f"{number}. {point}", ""]
    return "\n".join([*lines, "Aftaler og næste skridt"])


@transaction.atomic
def call_meeting(*, negotiation_id: UUID, held_on: date, participants: str, agenda: str, actor: Actor) -> UUID:
    """Call a meeting about a negotiation; return the meeting's id. Its page has the minutes and what was agreed.

    Raises:
        UnableToNegotiateError: the negotiation is over, or the actor may not call meetings with suppliers.
    """
    case = case_to_act_on(negotiation_id, actor)
    try:
        made = meetings.call_meeting(
            municipality_id=case.municipality_id, supplier_id=case.supplier_id, held_on=held_on,
            participants=participants, agenda=agenda, actor_id=actor.id, today=actor.today,
        )  # fmt: skip
    except UnableToHoldMeetingError as refused:
        raise UnableToNegotiateError(str(refused)) from refused
    CaseMeeting.objects.create(**part_of(case), negotiation=case, meeting_id=made)
    log(case, EntryKind.MEETING, actor, "Møde indkaldt; dagsorden og referat står på mødets side.", happened_on=held_on)
    return made


def meetings_of(negotiation_id: UUID) -> list[CaseMeetingLine]:
    """Return a case's meetings, the latest first; one query."""
    rows = CaseMeeting.objects.filter(negotiation_id=negotiation_id).select_related("meeting")
    left = Count("meeting__actions", filter=Q(meeting__actions__done_on=None))
    found = rows.annotate(left=left).order_by("-meeting__held_on", "-id")
    return [
        CaseMeetingLine(
            row.meeting_id, row.meeting.held_on, MeetingStatus(row.meeting.status), row.meeting.participants,
            row.__dict__["left"],
        )
        for row in found
    ]  # fmt: skip
