"""Holds opening days to the limits that grants were approved within: a day opened again, a contract's other calendar.

Neither price, quantity nor factor is ever negative: a day that is closed makes nothing dearer, and is held to nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.access.scope import service_scope
from styr.contracts import queries as contracts
from styr.contracts.bulk import upsert_contracts
from styr.contracts.contract_bulk import STANDARD
from styr.contracts.reference import editing
from styr.grants.acting import Actor
from styr.grants.approving import APPROVE
from styr.grants.models import Grant
from styr.grants.price_files import counted_grants
from styr.grants.price_limits import PriceBeyondLimitError, held_openings_to_limits
from styr.kernel.upsert import RowError, UpsertResult
from styr.suppliers.bringing import bringer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.contracts.core.rows import ContractRow

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


def open_day(*, calendar_id: UUID, day: date, municipality_id: UUID, actor: Actor) -> bool:
    """Open a calendar on a day again, within the limits; False when it was not closed.

    Raises:
        PriceBeyondLimitError: it makes a grant dearer than it is approved for and than the actor may approve.
        UnableToChangeCalendarError: there is no such calendar.
    """
    with service_scope(municipality_id, _JOB), connection.cursor() as cursor:
        cursor.execute(_FOLLOWING, [calendar_id])
        following = [row[0] for row in cursor.fetchall()]
    around = (day, day - timedelta(days=_DAYS_A_YEAR - 1))
    with held_openings_to_limits(following, *around, municipality_id=municipality_id, actor=actor):
        return editing.open_day(calendar_id=calendar_id, day=day)


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
