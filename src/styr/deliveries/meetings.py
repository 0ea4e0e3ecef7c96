"""Follow-up meetings with suppliers: an agenda from the open findings, minutes, and what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls import queries as controls
from styr.deliveries.core.agenda import Point, agenda_text, concerns_supplier
from styr.deliveries.core.codes import MeetingStatus
from styr.deliveries.models import MeetingAction, SupplierMeeting
from styr.deliveries.queries import DeliveryNotVisibleError
from styr.kernel.refusal import Refusal
from styr.suppliers.queries import supplier_card

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

MOST_POINTS: Final = 200


class UnableToHoldMeetingError(Refusal):
    """The meeting cannot be called or written up as asked."""


@dataclass(frozen=True, slots=True)
class ActionCard:
    """Something agreed: who does what until when."""

    id: UUID
    meeting_id: UUID
    what: str
    owner_id: UUID
    owner: str
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting with what was agreed at it."""

    id: UUID
    supplier_id: UUID
    supplier_name: str
    held_on: date
    status: MeetingStatus
    participants: str
    agenda: str
    minutes: str
    called_by: str
    actions: tuple[ActionCard, ...]


def meetings_with(supplier_id: UUID, *, most: int = 50) -> list[MeetingCard]:
    """Return the meetings with a supplier, the latest first; two queries."""
    held = SupplierMeeting.objects.filter(supplier_id=supplier_id).select_related("supplier", "called_by")
    return [_card(row) for row in held.prefetch_related("actions__owner").order_by("-held_on", "-id")[:most]]


def meeting(meeting_id: UUID) -> MeetingCard:
    """Return a meeting; two queries.

    Raises:
        DeliveryNotVisibleError: there is none for the caller.
    """
    found = SupplierMeeting.objects.filter(id=meeting_id).select_related("supplier", "called_by")
    row = found.prefetch_related("actions__owner").first()
    if row is None:
        raise DeliveryNotVisibleError
    return _card(row)


def proposed_agenda(supplier_id: UUID) -> str:
    """Write an agenda from the open findings about a supplier: by kind, how many and how much, and no citizen's name.

    The findings are those that the caller sees.
    """
    page = controls.finding_page(controls.FindingFilter(supplier_id=supplier_id), size=MOST_POINTS)
    points: dict[str, Point] = {}
    for row in page.rows:
        if not concerns_supplier(row.code, row.owner_role):
            continue
        before = points.get(row.title, Point(row.title, 0, 0))
        points[row.title] = Point(row.title, before.count + 1, before.amount_ore + (row.amount_ore or 0))
    last = next(iter(meetings_with(supplier_id, most=1)), None)
    open_actions = [one.what for one in last.actions if one.done_on is None] if last else []
    return agenda_text(supplier_card(supplier_id).name, points.values(), open_actions)


@transaction.atomic
def call_meeting(  # noqa: PLR0913 - a meeting's facts, all by keyword
    *,
    municipality_id: UUID,
    supplier_id: UUID,
    held_on: date,
    participants: str,
    agenda: str,
    actor_id: UUID,
    today: date,
) -> UUID:
    """Plan a meeting with a supplier; return its id.

    Raises:
        UnableToHoldMeetingError: the actor may not.
    """
    _allow(actor_id, today)
    made = SupplierMeeting.objects.create(
        municipality_id=municipality_id,
        supplier_id=supplier_id,
        held_on=held_on,
        participants=participants.strip(),
        agenda=agenda.strip(),
        called_by_id=actor_id,
    )
    return made.id


@transaction.atomic
def write_minutes(*, meeting_id: UUID, participants: str, minutes: str, actor_id: UUID, today: date) -> None:
    """Write what was said: the meeting has then been held.

    Raises:
        UnableToHoldMeetingError: nothing is written, the meeting lies ahead, or the actor may not.
    """
    _allow(actor_id, today)
    row = _locked(meeting_id)
    if row.held_on > today:
        raise UnableToHoldMeetingError("Mødet ligger ude i fremtiden.")
    if not minutes.strip():
        raise UnableToHoldMeetingError("Skriv et referat.")
    row.minutes, row.participants, row.status = minutes.strip(), participants.strip(), MeetingStatus.HELD
    row.save(update_fields=["minutes", "participants", "status"])


@transaction.atomic
def agree_action(  # noqa: PLR0913 - an action's facts, all by keyword
    *, meeting_id: UUID, what: str, owner_id: UUID, due_on: date, actor_id: UUID, today: date
) -> UUID:
    """Note something that was agreed; return its id."""
    _allow(actor_id, today)
    row = _locked(meeting_id)
    if not what.strip():
        raise UnableToHoldMeetingError("Skriv, hvad der er aftalt.")
    made = MeetingAction.objects.create(
        municipality_id=row.municipality_id, meeting=row, what=what.strip(), owner_id=owner_id, due_on=due_on
    )
    return made.id


@transaction.atomic
def complete_action(*, action_id: UUID, actor_id: UUID, today: date) -> UUID:
    """Tell that something agreed is done, by its owner or whoever may edit; return the meeting's id. Twice is once."""
    action = MeetingAction.objects.select_for_update().filter(id=action_id).first()
    if action is None:
        raise DeliveryNotVisibleError
    if action.owner_id != actor_id:
        _allow(actor_id, today)
    if action.done_on is None:
        action.done_on = today
        action.save(update_fields=["done_on"])
    return action.meeting_id


@transaction.atomic
def hand_over_actions(*, from_id: UUID, to_id: UUID) -> int:
    """Let another see to what somebody was to do; return how many. Whoever calls this has asked whether they may."""
    return MeetingAction.objects.filter(owner_id=from_id, done_on=None).update(owner_id=to_id)


def _allow(actor_id: UUID, today: date) -> None:
    """A supplier lies in no unit: a role that is held everywhere must give it."""
    if not may_in(user_id=actor_id, permission=Permission.EDIT_SUPPLIERS, unit_id=None, on=today):
        raise UnableToHoldMeetingError("Din rolle giver dig ikke lov til at holde møder med leverandører.")


def _locked(meeting_id: UUID) -> SupplierMeeting:
    row = SupplierMeeting.objects.select_for_update().filter(id=meeting_id).first()
    if row is None:
        raise DeliveryNotVisibleError
    return row


def _card(row: SupplierMeeting) -> MeetingCard:
    actions = sorted(row.actions.all(), key=lambda one: (one.due_on, str(one.id)))
    return MeetingCard(
        row.id, row.supplier_id, row.supplier.name, row.held_on, MeetingStatus(row.status), row.participants,
        row.agenda, row.minutes, row.called_by.name,
        tuple(
            ActionCard(one.id, row.id, one.what, one.owner_id, one.owner.name, one.due_on, one.done_on)
            for one in actions
        ),
    )  # fmt: skip
