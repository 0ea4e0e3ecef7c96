"""Changes of quantity, price and absence: history is kept, and what was paid is adjusted, never priced anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from styr.contracts.core.rates import place_rate
from styr.contracts.services import change_contract_rate
from styr.controls.rerunning import request_rerun
from styr.grants.core.codes import AdjustmentReason
from styr.grants.locked import UnknownGrantError, count_up, locked_grant, locked_line
from styr.grants.models import Absence, OwnRate, ServiceLine
from styr.grants.settle import AdjustmentLine, settle_paid_months
from styr.grants.totals import clipped, is_total
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY, Period
from styr.kernel.refusal import Refusal

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID


_ONE_TOTAL = (
    "Ydelsen har ét samlet antal for hele sin periode, så det kan ikke ændres fra en dag inde i den. "
    "Ret det samlede antal fra {first}, eller stop bevillingen og opret en ny."
)


class UnableToChangeGrantError(Refusal):
    """The line, price or absence cannot be changed as asked."""


@transaction.atomic
def change_grant_from(
    *, service_line_id: UUID, day: date, quantity: Decimal, now: datetime
) -> tuple[UUID, tuple[AdjustmentLine, ...]]:
    """Change how much a line buys from a day on: the line ends there and a new one goes on, so both stay told.

    From the line's first day or earlier the line itself is changed. Returns the id of the line that holds from that
    day, and the adjustment lines.

    Raises:
        UnableToChangeGrantError: the line has ended by then, or its quantity is one total, which no day divides.
    """
    line = locked_line(service_line_id)
    grant = line.grant
    first, end = clipped(line)
    if end is not None and day >= end:
        raise UnableToChangeGrantError(f"Ydelsen slutter {danish_date(end - ONE_DAY)}. Vælg en tidligere dag.")
    if day <= first:
        line.quantity = quantity
        line.save(update_fields=["quantity"])
        holds = line
    elif is_total(line):
        raise UnableToChangeGrantError(_ONE_TOTAL.format(first=danish_date(first)))
    else:
        holds = _continued(line, day, quantity)
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id])
    lines = settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.QUANTITY, now=now)
    return holds.id, lines


@transaction.atomic
def change_rate(
    *, service_line_id: UUID, valid_from: date, amount: Decimal, now: datetime
) -> tuple[AdjustmentLine, ...]:
    """Give a line another own price (kr. per unit) from a day until its next price; return the adjustment lines.

    Raises:
        UnableToChangeGrantError: the line is priced by its contract.
    """
    line = locked_line(service_line_id)
    if line.contract_line_id is not None:
        raise UnableToChangeGrantError("Ydelsen prissættes af kontrakten. Ret prisen på kontraktlinjen.")
    if amount < 0:
        raise UnableToChangeGrantError("Prisen kan ikke være under 0 kr.")
    rates = list(line.rates.all())
    place = place_rate([Period(rate.valid_from, rate.valid_to) for rate in rates], valid_from)
    if place.replaced is not None:
        OwnRate.objects.filter(id=rates[place.replaced].id).update(amount=amount)
    else:
        if place.shortened is not None:
            OwnRate.objects.filter(id=rates[place.shortened].id).update(valid_to=valid_from)
        _priced(line, valid_from, place.valid_to, amount)
    count_up(line.grant_id)
    request_rerun(municipality_id=line.municipality_id, ids=[line.grant_id])
    return settle_paid_months(grant_ids=[line.grant_id], reason=AdjustmentReason.RATE, now=now)


@transaction.atomic
def change_contract_price(
    *, contract_line_id: UUID, valid_from: date, amount: Decimal, now: datetime
) -> tuple[AdjustmentLine, ...]:
    """Give a contract line another price from a day, and settle every grant that buys on it."""
    change_contract_rate(contract_line_id=contract_line_id, valid_from=valid_from, amount=amount)
    grants = ServiceLine.objects.filter(contract_line_id=contract_line_id).values_list("grant_id", flat=True).distinct()
    return settle_paid_months(grant_ids=list(grants), reason=AdjustmentReason.RATE, now=now)


@transaction.atomic
def record_absence(*, grant_id: UUID, period: Period, reason: str, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Record that the citizen is away, and settle the months that were paid; return the adjustment lines.

    Raises:
        UnableToChangeGrantError: other absence is recorded on some of the days.
    """
    grant = locked_grant(grant_id)
    absence = Absence(
        municipality_id=grant.municipality_id,
        unit_id=grant.unit_id,
        grant=grant,
        starts=period.start,
        ends=period.end,
        reason=reason,
    )
    try:
        with transaction.atomic():
            absence.save(force_insert=True)
    except IntegrityError as error:
        raise UnableToChangeGrantError("Der er allerede registreret fravær i perioden.") from error
    count_up(grant_id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant_id])
    return settle_paid_months(grant_ids=[grant_id], reason=AdjustmentReason.ABSENCE, now=now)


@transaction.atomic
def take_back_absence(*, absence_id: UUID, now: datetime) -> tuple[AdjustmentLine, ...]:
    """Take absence back that was recorded by mistake; the history keeps it. Returns the adjustment lines.

    Raises:
        UnknownGrantError: it is not there for the caller.
    """
    absence = Absence.objects.filter(id=absence_id).first()
    if absence is None:
        raise UnknownGrantError
    grant = locked_grant(absence.grant_id)
    absence.delete()
    count_up(grant.id)
    request_rerun(municipality_id=grant.municipality_id, ids=[grant.id])
    return settle_paid_months(grant_ids=[grant.id], reason=AdjustmentReason.ABSENCE, now=now)


def _continued(line: ServiceLine, day: date, quantity: Decimal) -> ServiceLine:
    """End the line at `day` and go on from there with another quantity, at the same prices."""
    rates = list(line.rates.all())
    ends, line.ends = line.ends, day
    line.save(update_fields=["ends"])
    last_no = line.grant.lines.order_by("-line_no").values_list("line_no", flat=True).first() or 0
    new = ServiceLine.objects.create(
        municipality_id=line.municipality_id,
        unit_id=line.unit_id,
        grant=line.grant,
        line_no=last_no + 1,
        service=line.service,
        measure=line.measure,
        per=line.per,
        quantity=quantity,
        factor=line.factor,
        starts=day,
        ends=ends,
        contract_line_id=line.contract_line_id,
    )
    OwnRate.objects.bulk_create(_copied(rate, new) for rate in rates)
    return new


def _priced(line: ServiceLine, valid_from: date, valid_to: date | None, amount: Decimal) -> None:
    OwnRate.objects.create(
        municipality_id=line.municipality_id,
        unit_id=line.unit_id,
        service_line=line,
        valid_from=valid_from,
        valid_to=valid_to,
        amount=amount,
    )


def _copied(rate: OwnRate, line: ServiceLine) -> OwnRate:
    return OwnRate(
        municipality_id=line.municipality_id,
        unit_id=line.unit_id,
        service_line=line,
        valid_from=rate.valid_from,
        valid_to=rate.valid_to,
        amount=rate.amount,
    )
