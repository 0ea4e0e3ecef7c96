"""Grants that run without a price: of these days a forecast holds what is booked, or carries that on, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.budgets.core.frame import GRACE_MONTHS, months_before

if TYPE_CHECKING:
    from datetime import date

UNPRICED: Final = """
SELECT s.grant_id, s.service_id FROM rel_service s JOIN rel_grant g ON g.grant_id = s.grant_id
WHERE g.status = 'granted' AND s.unit <> 'once' AND s.starts <= %(day)s AND (s.ends IS NULL OR s.ends > %(day)s)
  AND NOT EXISTS (
    SELECT FROM rel_rate r
    WHERE r.service_id = s.service_id AND (r.valid_to IS NULL OR r.valid_to >= %(grace)s)
  )
UNION ALL
SELECT g.grant_id, NULL FROM rel_grant g
WHERE g.status = 'granted' AND g.starts <= %(day)s AND (g.ends IS NULL OR g.ends > %(day)s)
  AND NOT EXISTS (SELECT FROM rel_service s WHERE s.grant_id = g.grant_id)"""
"""Services that run on `day` without a price, and grants that run then without services; `grace` is `grace_on` it."""


@dataclass(frozen=True, slots=True)
class Unpriced:
    """How many services run without a price, how many grants run without services, and how many grants it is in all."""

    services: int
    without_services: int
    grants: int


def grace_on(day: date) -> date:
    """A price that ran out since then goes on, by the rules of `core.assumed`."""
    return months_before(day.replace(day=1), GRACE_MONTHS)


def unpriced_grants(today: date) -> Unpriced:
    """Those that the caller sees. One query."""
    counts = "count(service_id), count(*) - count(service_id), count(DISTINCT grant_id)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {counts} FROM ({UNPRICED}) AS unpriced",  # noqa: S608 - our own constant
            {"day": today, "grace": grace_on(today)},
        )
        return Unpriced(*cursor.fetchone())
