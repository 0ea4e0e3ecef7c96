"""Holds opening days to the limits that grants were approved within: a day opened again, a contract's other calendar.

Neither price, quantity nor factor is ever negative: a day that is closed makes nothing dearer, and is held to nothing.
Months that were paid already are settled, whichever way the days were changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.access.scope import service_scope, whole_scope
from styr.contracts import queries as contracts
from styr.contracts.bulk import upsert_contracts
from styr.contracts.contract_bulk import STANDARD
from styr.contracts.reference import editing
from styr.grants.acting import Actor
from styr.grants.approving import APPROVE
from styr.grants.core.codes import AdjustmentReason
from styr.grants.models import Grant, ServiceLine
from styr.grants.price_files import counted_grants
from styr.grants.price_limits import PriceBeyondLimitError, held_openings_to_limits
from styr.grants.settle import settle_paid_months
from styr.kernel.units import Unit
from styr.kernel.upsert import RowError, UpsertResult
from styr.suppliers.bringing import bringer

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.contracts.core.rows import ContractRow
    from styr.grants.settle import AdjustmentLine

_JOB: Final = "job"
_DAYS_A_YEAR: Final = 365
_FOLLOWING: Final = "SELECT contract_id FROM rel_contract WHERE calendar_id = %s"
# The rows of a file whose contract is there already, and followed another calendar until now.
_MOVED: Final = """
SELECT f.row_no, c.contract_id
FROM unnest(%s::int[], %s::text[], %s::uuid[]) AS f (row_no, number, calendar_id)
JOIN rel_contract c ON c.number = f.number
WHERE c.calendar_id <> coalesce(f.calendar_id, (SELECT calendar_id FROM key_standard_calendar))
"""
_MEND: Final = (
    "Kalenderen gør {grants} dyrere end godkendt. Lad en, der må godkende beløbet, vælge den på kontrakten, eller lad "
    "en, der må godkende det i hele kommunen, indlæse filen."
)


@dataclass(frozen=True, slots=True)
class ChangedDays:
    """How many days of a calendar changed, and what that did to months that were paid."""

    days: int
    adjusted: tuple[AdjustmentLine, ...] = ()


@transaction.atomic
def close_days(*, calendar_id: UUID, days: Collection[date], municipality_id: UUID, now: datetime) -> ChangedDays:
    """Close a calendar on days, and settle the months that were paid; those closed already stay.

    Raises:
        UnableToChangeCalendarError: there is no such calendar, a day is out of reach or not open, or too many.
    """
    closed = editing.close_days(calendar_id=calendar_id, days=days)
    if not closed:
        return ChangedDays(0)
    with whole_scope(municipality_id, _JOB):
        return ChangedDays(closed, _settled(_following(calendar_id), now))


def open_day(*, calendar_id: UUID, day: date, municipality_id: UUID, actor: Actor) -> ChangedDays:
    """Open a calendar on a day again, within the limits, and settle the months that were paid.

    Raises:
        PriceBeyondLimitError: it makes a grant dearer than it is approved for and than the actor may approve.
        UnableToChangeCalendarError: there is no such calendar.
    """
    with service_scope(municipality_id, _JOB):
        following = _following(calendar_id)
    around = (day, day - timedelta(days=_DAYS_A_YEAR - 1))
    with held_openings_to_limits(following, *around, municipality_id=municipality_id, actor=actor) as settled:
        if not editing.open_day(calendar_id=calendar_id, day=day):
            return ChangedDays(0)
        settled.extend(_settled(following, actor.now))
    return ChangedDays(1, tuple(settled))


def _following(calendar_id: UUID) -> list[UUID]:
    """The contracts that follow a calendar."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWING, [calendar_id])
        return [row[0] for row in cursor.fetchall()]


def _settled(contract_ids: list[UUID], now: datetime) -> tuple[AdjustmentLine, ...]:
    buying = ServiceLine.objects.filter(measure=Unit.OPENING_DAY, grant__contract_id__in=contract_ids)
    grants = list(buying.values_list("grant_id", flat=True).distinct())
    return settle_paid_months(grant_ids=grants, reason=AdjustmentReason.QUANTITY, now=now) if grants else ()


def land_contracts(rows: Sequence[ContractRow], *, municipality_id: UUID, now: datetime) -> UpsertResult:
    """Write a file's contracts, their calendars held to the limits of the person who handed it in.

    A job that no person stands behind, and whoever may approve any amount in the whole municipality, is not held.
    Rows that make grants dearer than they are approved for are told as errors, and nothing of the file is written.
    """
    who, today = bringer(), localdate(now)
    if who is None or access.limit_for(user_id=who, act=APPROVE, on=today, unit_id=None) is None:
        return upsert_contracts(rows, municipality_id=municipality_id)
    moved = _moved(rows)
    try:
        with held_openings_to_limits(
            set(moved.values()), municipality_id=municipality_id, actor=Actor(who, today, now)
        ):
            return upsert_contracts(rows, municipality_id=municipality_id)
    except PriceBeyondLimitError as refused:
        return UpsertResult(0, 0, 0, _told(rows, moved, [one.grant_id for one in refused.beyond]))


def _moved(rows: Sequence[ContractRow]) -> dict[int, UUID]:
    """The contract of each row that gives it another calendar."""
    known = {code: calendar_id for calendar_id, code in contracts.calendar_choices()}
    calendars = [known.get(row.calendar or "") for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, (list(range(len(rows))), [row.number for row in rows], calendars))
        return dict(cursor.fetchall())


def _told(rows: Sequence[ContractRow], moved: dict[int, UUID], grant_ids: list[UUID]) -> tuple[RowError, ...]:
    dearer: dict[UUID | None, int] = {}
    for contract_id in Grant.objects.filter(id__in=grant_ids).values_list("contract_id", flat=True):
        dearer[contract_id] = dearer.get(contract_id, 0) + 1
    return tuple(
        RowError(
            row,
            "kalender",
            rows[row].calendar or STANDARD,
            _MEND.format(grants=counted_grants(dearer[contract])),
        )
        for row, contract in sorted(moved.items())
        if contract in dearer
    )
