"""Who pays for a citizen from which month (betalingskommune): told with a date, since the citizen register has none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.danish import danish_month
from styr.kernel.refusal import NotThere, Refusal
from styr.people.payer_history import latest_payer_change
from styr.people.queries import unit_of
from styr.refunds.models import PayerPeriod
from styr.refunds.requesting import request_computation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.people.payer_history import PayerChange

_EARLIEST_YEARS: Final = 10
# At once, so that nothing can be raised against the wrong one before the months are worked out anew.
_MOVE: Final = """
UPDATE refunds_municipalcost c SET payer = %(payer)s
WHERE c.citizen_id = %(citizen)s AND c.month >= %(first)s AND (%(end)s::date IS NULL OR c.month < %(end)s)
  AND c.payer <> %(payer)s AND c.cost_ore <> 0
  AND NOT EXISTS (SELECT FROM refunds_municipalcost o
                  WHERE o.citizen_id = c.citizen_id AND o.month = c.month AND o.payer = %(payer)s)
"""
_OURS: Final = """
DELETE FROM refunds_municipalcost c
WHERE c.citizen_id = %(citizen)s AND c.month >= %(first)s AND (%(end)s::date IS NULL OR c.month < %(end)s)
"""


class UnableToMoveError(Refusal):
    """The months cannot be moved; the message says why."""


class PayerNotThereError(NotThere):
    """There is no such period for the caller."""

    def __init__(self) -> None:
        super().__init__("Perioden findes ikke, eller du har ikke adgang til borgeren.")


@dataclass(frozen=True, slots=True)
class PayerLine:
    """Who pays in [valid_from, valid_to), as somebody told; `payer` "" is ourselves."""

    id: UUID
    payer: str
    valid_from: date
    valid_to: date | None
    reason: str


def payers_of(citizen_id: UUID) -> tuple[PayerLine, ...]:
    """Who pays for a citizen when, as told; the earliest first. One query."""
    rows = PayerPeriod.objects.filter(citizen_id=citizen_id).order_by("valid_from")
    return tuple(PayerLine(row.id, row.payer, row.valid_from, row.valid_to, row.reason) for row in rows)


def proposed_change(citizen_id: UUID, told: Sequence[PayerLine]) -> PayerChange | None:
    """The register's latest change of payer, as far as nobody has told of that month or a later one. One query.

    A proposal: the register's day is that of its file, and somebody knows the one of the decision.
    """
    change = latest_payer_change(citizen_id)
    if change is None or any(row.valid_to is None or row.valid_to > change.on for row in told):
        return None
    return change


@transaction.atomic
def move_months(  # noqa: PLR0913 -- a period's parts, all by keyword
    *,
    municipality_id: UUID,
    citizen_id: UUID,
    payer: str,
    first: date,
    end: date | None,
    reason: str,
    actor_id: UUID,
    today: date,
    now: datetime,
) -> UUID:
    """Let a municipality ("" is ourselves) pay for a citizen in [first, end), whole months, and return the period.

    What was claimed of another for those months is given back by the next claim on it. The year is worked out anew.

    Raises:
        CitizenNotVisibleError: the caller may not see the citizen.
        UnableToMoveError: nobody says why, the months are none, somebody has told of them before, or the actor may not.
    """
    unit_id = unit_of(citizen_id)
    if not may_in(user_id=actor_id, permission=Permission.EDIT_ECONOMY, unit_id=unit_id, on=today):
        raise UnableToMoveError("Du har ingen rolle i borgerens enhed, der må flytte måneder.")
    first, end = first.replace(day=1), end.replace(day=1) if end else None
    _refuse(first, end, reason, today)
    try:
        with transaction.atomic():
            made = PayerPeriod.objects.create(
                municipality_id=municipality_id,
                citizen_id=citizen_id,
                unit_id=unit_id,
                payer=payer.strip()[:60],
                valid_from=first,
                valid_to=end,
                reason=reason.strip()[:300],
            )
    except IntegrityError:
        raise UnableToMoveError(_told_before(citizen_id, first, end)) from None
    given: dict[str, UUID | str | date | None] = {
        "citizen": citizen_id,
        "payer": made.payer,
        "first": first,
        "end": end,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVE if made.payer else _OURS, given)
    request_computation(municipality_id=municipality_id, year=today.year, now=now)
    return made.id


@transaction.atomic
def move_back(*, period_id: UUID, municipality_id: UUID, actor_id: UUID, today: date, now: datetime) -> UUID:
    """Take what somebody told back, so that the register's payer holds again; return the citizen.

    Raises:
        PayerNotThereError: there is no such period for the caller.
        UnableToMoveError: the actor may not.
    """
    row = PayerPeriod.objects.select_for_update().filter(id=period_id).first()
    if row is None:
        raise PayerNotThereError
    if not may_in(user_id=actor_id, permission=Permission.EDIT_ECONOMY, unit_id=row.unit_id, on=today):
        raise UnableToMoveError("Du har ingen rolle i borgerens enhed, der må flytte måneder.")
    given: dict[str, UUID | date | None] = {"citizen": row.citizen_id, "first": row.valid_from, "end": row.valid_to}
    row.delete()
    with connection.cursor() as cursor:
        # What the months are without it is worked out by the job; until then nothing of them can be raised.
        cursor.execute(_OURS, given)
    request_computation(municipality_id=municipality_id, year=today.year, now=now)
    return row.citizen_id


def _refuse(first: date, end: date | None, reason: str, today: date) -> None:
    if not reason.strip():
        raise UnableToMoveError("Skriv, hvorfor månederne flyttes, fx en afgørelse med dato.")
    if end is not None and end <= first:
        raise UnableToMoveError("Den sidste måned ligger før den første.")
    if first.year < today.year - _EARLIEST_YEARS or first.year > today.year + 1:
        raise UnableToMoveError(f"Måneden skal ligge mellem {today.year - _EARLIEST_YEARS} og {today.year + 1}.")


def _told_before(citizen_id: UUID, first: date, end: date | None) -> str:
    for row in payers_of(citizen_id):
        if (end is None or row.valid_from < end) and (row.valid_to is None or row.valid_to > first):
            whom = f"kommune {row.payer}" if row.payer else "os selv"
            return f"Fra {danish_month(row.valid_from)} er måneder allerede lagt hos {whom}. Fjern den periode først."
    return "Månederne er allerede lagt hos en kommune. Fjern den periode først."
