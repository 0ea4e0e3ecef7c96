"""The example's coordinator at work: this month is ordered, absence has been told, and some have complained."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from rich.console import Console

from styr.access.colleagues import colleagues_who
from styr.access.core.permissions import Permission
from styr.access.scope import service_scope
from styr.trips.complaining import ComplaintFacts, answer_complaint, complaints, note_complaint
from styr.trips.core.codes import ChangeKind, ComplaintKind, ComplaintStatus
from styr.trips.listing import operators
from styr.trips.ordering import By, order_month
from styr.trips.riding import note_changes, orders, places_ridden_to, riders_to

_COORDINATOR: Final = "Bo Skov"
_COMPLAINTS: Final = (
    ("Movia", ComplaintKind.LATE, 35, "Bussen kom 35 minutter for sent, og han stod alene på fortovet."),
    ("Movia", ComplaintKind.LONG, 85, "Hun kørte i næsten halvanden time for at komme ti kilometer."),
    ("Movia", ComplaintKind.LATE, 20, "For sent tre dage i træk. Skolen ringede."),
    ("Vesterhav Taxi A/S", ComplaintKind.MISSED, None, "Vognen kom ikke. Vi måtte selv køre."),
    ("Klit Minibus ApS", ComplaintKind.UNSAFE, None, "Kørestolen var ikke spændt fast."),
)
_ANSWERED: Final = "Vognmanden har gennemgået fastspænding med alle chauffører."


def work_with_rides(*, municipality_id: UUID, today: date, now: datetime, console: Console) -> None:
    """Do what is not done yet; a second run changes nothing."""
    with console.status("Bestiller kørsel"), service_scope(municipality_id, "demo"):
        able = colleagues_who(Permission.EDIT_TRANSPORT, unit_id=None, on=today)
        actor_id = next(one.id for one in able if one.name == _COORDINATOR)
        by = By(municipality_id=municipality_id, actor_id=actor_id, today=today, now=now)
        places = places_ridden_to(today)
        if places and not orders():
            order_month(month=today.replace(day=1), by=by)
            busiest = max(places, key=lambda place: (place.riders, place.name))
            riders = riders_to(busiest.id, page="demo", today=today)[:2]
            first = today + timedelta(days=3)
            note_changes(
                riders=riders, kind=ChangeKind.ABSENT, first=first, last=first, note="Udflugt", by=by
            )  # fmt: skip
        if places and not complaints(most=1):
            _complain(by)


def _complain(by: By) -> None:
    known = {name: operator_id for operator_id, name in operators()}
    for ago, (operator, kind, minutes, text) in enumerate(_COMPLAINTS, 1):
        facts = ComplaintFacts(
            kind=kind,
            happened_on=by.today - timedelta(days=6 * ago),
            text=text,
            operator_id=known.get(operator),
            minutes=minutes,
        )
        made = note_complaint(facts=facts, by=by)
        if kind is ComplaintKind.UNSAFE:
            answer_complaint(complaint_id=made, status=ComplaintStatus.CLOSED, answer=_ANSWERED, by=by)
