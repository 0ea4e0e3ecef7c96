"""Months that have been paid in full; from then on they are adjusted, never priced anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from styr.grants.locked import UnknownGrantError
from styr.grants.models import PaidPeriod, ServiceLine
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date
    from decimal import Decimal
    from uuid import UUID


class AlreadyPaidError(Refusal):
    """A month was told paid that had been told paid before; what was paid is never rewritten."""


@dataclass(frozen=True, kw_only=True)
class PaidMonth:
    """A month that has been paid in full for a service line."""

    service_line_id: UUID
    month: date
    quantity: Decimal
    amount_ore: int
    paid_on: date
    reference: str = ""


def months_paid(service_line_ids: Collection[UUID]) -> frozenset[tuple[UUID, date]]:
    """Return which months (their first days) of the lines have been told paid. One query."""
    found = PaidPeriod.objects.filter(service_line_id__in=service_line_ids)
    return frozenset(found.values_list("service_line_id", "month"))


@transaction.atomic
def record_paid_months(*, months: Sequence[PaidMonth]) -> None:
    """Record months as paid in full: from then on their price is never changed, only adjusted.

    Raises:
        AlreadyPaidError: one of them was recorded before; none is then recorded.
        UnknownGrantError: a line is not there.
    """
    lines = ServiceLine.objects.in_bulk({month.service_line_id for month in months})
    if any(month.service_line_id not in lines for month in months):
        raise UnknownGrantError
    rows = [
        PaidPeriod(
            municipality_id=lines[paid.service_line_id].municipality_id,
            unit_id=lines[paid.service_line_id].unit_id,
            service_line_id=paid.service_line_id,
            month=paid.month.replace(day=1),
            quantity=paid.quantity,
            amount_ore=paid.amount_ore,
            paid_on=paid.paid_on,
            reference=paid.reference,
        )
        for paid in months
    ]
    try:
        with transaction.atomic():
            PaidPeriod.objects.bulk_create(rows)
            with connection.cursor() as cursor:
                cursor.execute("SELECT grants_analyze('grants_paidperiod') WHERE %s >= 100", [len(rows)])
    except IntegrityError as error:
        raise AlreadyPaidError("Mindst én af månederne er allerede registreret som betalt.") from error
