"""User payment (egenbetaling): what a citizen is to pay a month for a grant, begun, changed and ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, connection, transaction

from styr.controls.rerunning import request_rerun
from styr.kernel.refusal import NotThere, Refusal
from styr.refunds.models import UserPayment

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from styr.kernel.money import Ore
    from styr.refunds.core.codes import PaymentKind

_ADOPT: Final = """
INSERT INTO refunds_userpayment (id, municipality_id, unit_id, citizen_id, grant_id, kind, month_ore, starts, ends,
                                 decided_on)
WITH months AS (
    SELECT grant_id, month, -sum(amount_ore)::bigint AS ore FROM rel_posting
    WHERE kind = 'user_payment' AND grant_id IS NOT NULL AND month >= %(since)s GROUP BY grant_id, month
), usual AS (
    SELECT DISTINCT ON (grant_id) grant_id, ore FROM months WHERE ore > 0
    GROUP BY grant_id, ore ORDER BY grant_id, count(*) DESC, ore DESC
), first AS (SELECT grant_id, min(month) AS month FROM months GROUP BY grant_id)
SELECT gen_random_uuid(), %(municipality)s, g.unit_id, g.citizen_id, g.grant_id, 'lodging', u.ore, f.month, g.ends,
       %(today)s
FROM usual u JOIN first f USING (grant_id) JOIN rel_grant g USING (grant_id)
WHERE (g.ends IS NULL OR g.ends > f.month) AND (%(units)s::uuid[] IS NULL OR g.unit_id = ANY (%(units)s::uuid[]))
  AND NOT EXISTS (SELECT FROM refunds_userpayment known WHERE known.grant_id = g.grant_id)
RETURNING grant_id
"""
_UNITS: Final = """
SELECT DISTINCT g.unit_id FROM rel_posting p JOIN rel_grant g USING (grant_id)
WHERE p.kind = 'user_payment' AND p.month >= %s
"""
_GRANT: Final = "SELECT grant_id, citizen_id, unit_id FROM rel_grant WHERE number = %s"


class UnableToChargeError(Refusal):
    """The user payment cannot be kept so; the message says why."""


class UserPaymentNotThereError(NotThere):
    """There is no such user payment for the caller."""

    def __init__(self) -> None:
        super().__init__("Egenbetalingen findes ikke, eller du har ikke adgang til den.")


@transaction.atomic
def charge(  # noqa: PLR0913 - the facts of one decision, all by keyword
    *,
    municipality_id: UUID,
    grant_number: str,
    kind: PaymentKind,
    month_ore: Ore,
    starts: date,
    ends: date | None,
    decided_on: date,
) -> UUID:
    """Keep what a citizen is to pay a month for a grant; one of the same kind that runs then ends where this begins.

    Raises:
        UnableToChargeError: the grant is not there, the amount or the period is nothing, or two would overlap.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [grant_number])
        found = cursor.fetchone()
    if found is None:
        raise UnableToChargeError(f"Bevilling {grant_number} findes ikke, eller du har ikke adgang til den.")
    if month_ore <= 0:
        raise UnableToChargeError("Skriv et beløb over nul.")
    if ends is not None and ends <= starts:
        raise UnableToChargeError("Perioden skal slutte, efter den er begyndt.")
    grant_id, citizen_id, unit_id = found
    before = UserPayment.objects.filter(grant_id=grant_id, kind=kind, ends__isnull=True, starts__lt=starts)
    before.update(ends=starts)
    try:
        with transaction.atomic():
            payment = UserPayment.objects.create(
                municipality_id=municipality_id, citizen_id=citizen_id, grant_id=grant_id, unit_id=unit_id, kind=kind,
                month_ore=month_ore, starts=starts, ends=ends, decided_on=decided_on,
            )  # fmt: skip
    except IntegrityError:
        raise UnableToChargeError("Der er allerede en egenbetaling af samme slags i perioden.") from None
    request_rerun(municipality_id=municipality_id, ids=[grant_id])
    return payment.id


@transaction.atomic
def end_payment(*, payment_id: UUID, ends: date) -> None:
    """Let a user payment end; one that would have no day left is taken away. The end is exclusive.

    Raises:
        UserPaymentNotThereError: there is none for the caller.
        UnableToChargeError: it already ends before that day; a longer one is another user payment.
    """
    payment = UserPayment.objects.select_for_update().filter(id=payment_id).first()
    if payment is None:
        raise UserPaymentNotThereError
    if payment.ends is not None and ends > payment.ends:
        raise UnableToChargeError("Egenbetalingen slutter allerede før den dag. Opret en ny, hvis den skal fortsætte.")
    if ends <= payment.starts:
        payment.delete()
    else:
        payment.ends = ends
        payment.save(update_fields=["ends"])
    request_rerun(municipality_id=payment.municipality_id, ids=[payment.grant_id])


@transaction.atomic
def adopt_posted(*, municipality_id: UUID, today: date, units: Collection[UUID] | None = None) -> int:
    """Register a user payment for each grant that one is posted on and none is registered for; return how many.

    It begins with the first posted month of this year or the year before, ends with the grant, and is the amount posted
    in most months (the larger of two that are as common). Whoever asks looks the decisions up afterwards. `units`: of
    these alone.
    """
    given: dict[str, UUID | date | list[UUID] | None] = {
        "municipality": municipality_id, "since": _since(today), "today": today,
        "units": None if units is None else list(units),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ADOPT, given)
        found = [row[0] for row in cursor.fetchall()]
    request_rerun(municipality_id=municipality_id, ids=found)
    return len(found)


def units_with_posted(*, today: date) -> tuple[UUID, ...]:
    """Return the units on whose grants user payment is posted. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [_since(today)])
        return tuple(row[0] for row in cursor.fetchall())


def unit_of_grant(grant_number: str) -> UUID | None:
    """Return the unit of a grant; None where there is none for the caller. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, [grant_number])
        found = cursor.fetchone()
    return None if found is None else found[2]


def unit_of_payment(payment_id: UUID) -> UUID | None:
    """Return the unit of a user payment; None where there is none for the caller. One query."""
    return UserPayment.objects.filter(id=payment_id).values_list("unit_id", flat=True).first()


def _since(today: date) -> date:
    return date(today.year - 1, 1, 1)
