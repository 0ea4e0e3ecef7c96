"""User payment for rides: what a month's trips come to for each citizen, and charging it through `refunds`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.kernel.refusal import Refusal
from styr.refunds.core.codes import PaymentKind
from styr.refunds.month_charges import Charged, charge_month, charged_by_month, charged_in
from styr.trips.core.change_sheet import month_after

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from styr.trips.ordering import By

_MONTHS_BACK: Final = 13
DOUBTED: Final = (
    "trip_duplicate", "trip_on_absence_day", "trip_on_closing_day", "trip_outside_grant", "trip_citizens_swapped",
    "trip_implausible", "trip_not_attended",
)  # fmt: skip
"""While one of these is open on a trip, nobody knows whether the citizen rode it, and it is not charged."""
# Nobody pays for a ride that was called off or not taken, nor for a reimbursed day on which the citizen did not come.
_RIDDEN: Final = """
    WITH doubted AS MATERIALIZED (
        SELECT DISTINCT subject_id FROM rel_finding
        WHERE subject_kind = 'trip' AND status = 'open' AND control_code = ANY (%(doubted)s)
    ), ridden AS (
        SELECT g.grant_id, g.citizen_id, date_trunc('month', t.service_day::timestamp)::date AS month,
               g.user_payment_ore AS own_ore, t.user_payment_ore AS paid_ore, d.subject_id IS NOT NULL AS waits
        FROM rel_trip t
        JOIN rel_ride_grant g ON g.grant_id = t.grant_id AND g.user_payment_ore > 0
        JOIN rel_operator o ON o.operator_id = t.operator_id
        LEFT JOIN doubted d ON d.subject_id = t.trip_id
        WHERE t.service_day >= %(first)s AND t.service_day < %(until)s AND NOT t.cancelled AND NOT t.no_show
          AND (t.told_grant_id IS NULL OR t.told_grant_id = t.grant_id)
          AND NOT (o.kind = 'reimbursement' AND EXISTS (
              SELECT FROM rel_attendance a WHERE a.grant_id = t.grant_id AND a.day = t.service_day AND NOT a.present))
    )
    SELECT {by}, count(*) FILTER (WHERE NOT waits), count(*) FILTER (WHERE waits),
           coalesce(sum(own_ore) FILTER (WHERE NOT waits), 0)::bigint,
           coalesce(sum(least(paid_ore, own_ore)) FILTER (WHERE NOT waits), 0)::bigint
    FROM ridden GROUP BY {by} ORDER BY {by}
"""


class UnableToChargeRidesError(Refusal):
    """The month cannot be charged; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class MonthOfRides:
    """A month: trips with user payment, those that wait for a finding, what is due, what was paid in the vehicle."""

    month: date
    trips: int
    waiting: int
    due_ore: int
    paid_ore: int
    charged_ore: int | None
    ended: bool

    @property
    def rest_ore(self) -> int:
        """What is to be charged: the operator has taken the rest."""
        return self.due_ore - self.paid_ore

    @property
    def state(self) -> tuple[str, str]:
        """(tone, word) of where the month stands."""
        if not self.ended:
            return "quiet", "Ikke slut"
        if (self.charged_ore or 0) == self.rest_ore:
            return ("good", "Opkrævet") if self.charged_ore else ("quiet", "Intet at opkræve")
        return ("warning", "Ikke opkrævet") if self.charged_ore is None else ("warning", "Skal rettes")


@dataclass(frozen=True, slots=True)
class RiderCharge:
    """One grant's month; `charged_ore` is what was charged, None where nothing was."""

    grant_id: UUID
    citizen_id: UUID
    trips: int
    waiting: int
    due_ore: int
    paid_ore: int
    charged_ore: int | None

    @property
    def rest_ore(self) -> int:
        """What is to be charged."""
        return self.due_ore - self.paid_ore


def months_of_rides(today: date) -> list[MonthOfRides]:
    """The last year's months in which somebody rode who pays for it, the latest first. Two queries."""
    first = _back(today)
    charged = charged_by_month(PaymentKind.TRANSPORT, since=first)
    rows = _asked("month", first, month_after(today))
    known = {month: (trips, waiting, due, paid) for month, trips, waiting, due, paid in rows}
    return [
        MonthOfRides(month, *known.get(month, (0, 0, 0, 0)), charged.get(month), month_after(month) <= today)
        for month in sorted({*known, *charged}, reverse=True)
    ]


def riders_of_month(month: date) -> list[RiderCharge]:
    """What each grant's rides come to in a month, beside what was charged. Two queries."""
    charged = charged_in(PaymentKind.TRANSPORT, month=month)
    return [
        RiderCharge(grant_id, citizen_id, trips, waiting, due, paid, charged.get(grant_id))
        for grant_id, citizen_id, trips, waiting, due, paid in _asked("grant_id, citizen_id", month, month_after(month))
    ]


def charge_rides(*, month: date, by: By) -> Charged:
    """Charge a month that has ended: the grant's user payment for each ride, less what was paid in the vehicle.

    Again changes nothing; after a mended settlement the month is mended too.

    Raises:
        UnableToChargeRidesError: the actor may not, or the month has not ended or lies too far back.
    """
    if not may_in(user_id=by.actor_id, permission=Permission.EDIT_ECONOMY, unit_id=None, on=by.today):
        raise UnableToChargeRidesError("Din rolle giver dig ikke lov til at opkræve egenbetaling.")
    month = month.replace(day=1)
    if month < _back(by.today) or month_after(month) > by.today:
        raise UnableToChargeRidesError("Vælg en måned i det seneste år, som er slut.")
    amounts = {one.grant_id: one.rest_ore for one in riders_of_month(month) if one.rest_ore > 0}
    return charge_month(
        municipality_id=by.municipality_id, kind=PaymentKind.TRANSPORT, month=month, amounts=amounts, today=by.today
    )


def _asked(by: str, first: date, until: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_RIDDEN.format(by=by), {"doubted": list(DOUBTED), "first": first, "until": until})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _back(today: date) -> date:
    months = today.year * 12 + today.month - 1 - _MONTHS_BACK
    return today.replace(year=months // 12, month=months % 12 + 1, day=1)
