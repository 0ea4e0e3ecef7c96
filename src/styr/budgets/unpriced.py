"""Services that run without a price: of these days a forecast holds what is booked, or carries that on, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.budgets.core.frame import GRACE_MONTHS, months_before

if TYPE_CHECKING:
    from datetime import date

UNPRICED: Final = """rel_service s JOIN rel_grant g ON g.grant_id = s.grant_id
WHERE g.status = 'granted' AND s.unit <> 'once' AND s.starts <= %(day)s AND (s.ends IS NULL OR s.ends > %(day)s)
  AND NOT EXISTS (
    SELECT FROM rel_rate r
    WHERE r.service_id = s.service_id AND (r.valid_to IS NULL OR r.valid_to >= %(grace)s)
  )"""
"""The services `s` of grants `g` that run on `day` without a price; `grace` is `grace_on` the day."""


@dataclass(frozen=True, slots=True)
class Unpriced:
    """How many services run without a price, and on how many grants."""

    services: int
    grants: int


def grace_on(day: date) -> date:
    """A price that ran out since then goes on, by the rules of `core.assumed`."""
    return months_before(day.replace(day=1), GRACE_MONTHS)


def unpriced_services(today: date) -> Unpriced:
    """Those that the caller sees. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(DISTINCT s.grant_id) FROM {UNPRICED}",  # noqa: S608 - our own constant
            {"day": today, "grace": grace_on(today)},
        )
        return Unpriced(*cursor.fetchone())
