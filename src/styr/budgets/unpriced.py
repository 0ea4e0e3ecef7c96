"""Grants that run without a price: beyond what is booked, a forecast holds nothing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.budgets.core.frame import GRACE_MONTHS, months_before

if TYPE_CHECKING:
    from datetime import date

_RUNNING: Final = """
SELECT count(*) FROM rel_grant g
WHERE g.status = 'granted' AND g.starts <= %(day)s AND (g.ends IS NULL OR g.ends > %(day)s)
  AND NOT EXISTS (
    SELECT FROM rel_service s JOIN rel_rate r ON r.service_id = s.service_id
    WHERE s.grant_id = g.grant_id AND (r.valid_to IS NULL OR r.valid_to >= %(grace)s)
  )
"""


def unpriced_grants(today: date) -> int:
    """How many that the caller sees, by the rules of `core.assumed`: a price that ran out lately goes on. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"day": today, "grace": months_before(today.replace(day=1), GRACE_MONTHS)})
        return int(cursor.fetchone()[0])
