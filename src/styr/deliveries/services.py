"""Use cases on deliveries: note what was delivered of a service in a month, and take the note back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.controls.rerunning import request_rerun
from styr.deliveries.core.codes import Source
from styr.deliveries.models import Delivery
from styr.deliveries.queries import DeliveryNotVisibleError
from styr.grants.places import service_line_place
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


class UnableToRecordDeliveryError(Refusal):
    """What was delivered cannot be noted as asked."""


@transaction.atomic
def record_delivery(  # noqa: PLR0913 - a delivery's facts, all by keyword
    *, service_line_id: UUID, month: date, quantity: Decimal, note: str, actor_id: UUID, today: date
) -> UUID:
    """Note how much was delivered in the month of a day; what was noted before is replaced, and the history keeps it.

    Raises:
        UnableToRecordDeliveryError: the month has not begun, the number is negative, or the actor may not here.
        DeliveryNotVisibleError: there is no such service line for the caller.
    """
    line = service_line_place(service_line_id)
    if line is None:
        raise DeliveryNotVisibleError
    _allow(actor_id, line.unit_id, today)
    first = month.replace(day=1)
    if first > today:
        raise UnableToRecordDeliveryError("Måneden er ikke begyndt endnu.")
    if quantity < 0:
        raise UnableToRecordDeliveryError("Der kan ikke leveres mindre end 0.")
    delivery, _ = Delivery.objects.update_or_create(
        service_line_id=service_line_id,
        month=first,
        defaults={
            "municipality_id": line.municipality_id,
            "unit_id": line.unit_id,
            "quantity": quantity,
            "source": Source.PERSON,
            "note": note.strip(),
        },
    )
    request_rerun(municipality_id=line.municipality_id, ids=[line.grant_id])
    return delivery.id


@transaction.atomic
def remove_delivery(*, delivery_id: UUID, actor_id: UUID, today: date) -> None:
    """Take a delivery away that was noted by mistake; the history keeps it.

    Raises:
        DeliveryNotVisibleError: there is none for the caller.
        UnableToRecordDeliveryError: the actor may not here.
    """
    delivery = Delivery.objects.select_for_update().filter(id=delivery_id).first()
    if delivery is None:
        raise DeliveryNotVisibleError
    _allow(actor_id, delivery.unit_id, today)
    line = service_line_place(delivery.service_line_id)
    delivery.delete()
    if line is not None:
        request_rerun(municipality_id=line.municipality_id, ids=[line.grant_id])


def _allow(actor_id: UUID, unit_id: UUID, today: date) -> None:
    """Whoever may note deliveries where the grant lies."""
    if not may_in(user_id=actor_id, permission=Permission.EDIT_DELIVERIES, unit_id=unit_id, on=today):
        raise UnableToRecordDeliveryError("Din rolle giver dig ikke lov til at notere leverancer i denne enhed.")
