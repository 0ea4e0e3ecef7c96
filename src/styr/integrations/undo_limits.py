"""Holds the taking back of an import to the grants' limits, as the file itself was held when it was landed.

Prices and opening days become what they were before the file, which may make a grant dearer than it is approved for.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from django.db import connection
from django.utils.timezone import localdate

from styr.access import queries as access
from styr.grants.acting import Actor
from styr.grants.approving import APPROVE
from styr.grants.price_limits import held_openings_to_limits, held_to_limits
from styr.integrations.undo_plan import ROWS
from styr.suppliers.bringing import bringer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

# The contract lines whose prices the import wrote, and that were there before it, with the days of those prices.
_PRICES: Final = f"""
SELECT e.contract_line_id, e.valid_from
FROM {ROWS} u JOIN contracts_contractrateevent e ON e.pgh_id IN (u.last, u.before)
JOIN contracts_contractline l ON l.id = e.contract_line_id
WHERE u.source = 'contracts_contractrate'
  AND NOT EXISTS (SELECT FROM {ROWS} n WHERE n.source = 'contracts_contractline' AND n.id = l.id AND n.before IS NULL)
"""  # noqa: S608 - names from our own code
# The contracts whose opening days change: those that the import gave another calendar, and those that follow one in
# which it closed days, with those days.
_OPENINGS: Final = f"""
SELECT u.id, NULL::date FROM {ROWS} u WHERE u.source = 'contracts_contract' AND u.before IS NOT NULL
UNION
SELECT c.contract_id, e.day FROM {ROWS} u JOIN contracts_closingdayevent e ON e.pgh_id = u.last
JOIN rel_contract c ON c.calendar_id = e.calendar_id
WHERE u.source = 'contracts_closingday'
"""  # noqa: S608 - the same
_MOST_DAYS: Final = 12
"""Days from which a grant's year is measured besides today: the first ones to come."""


@contextmanager
def undo_within_limits(*, municipality_id: UUID, now: datetime) -> Iterator[None]:
    """Take back inside the block what `undo_rows` tells, held to the limits of the person who asked for it.

    A job that no person stands behind, and whoever may approve any amount in the whole municipality, is not held.

    Raises:
        PriceBeyondLimitError: it makes a grant dearer than it is approved for and than the person may approve.
    """
    who, today = bringer(), localdate(now)
    if who is None or access.limit_for(user_id=who, act=APPROVE, on=today, unit_id=None) is None:
        yield
        return
    actor = Actor(who, today, now)
    lines, priced = _asked(_PRICES, today)
    contracts, opened = _asked(_OPENINGS, today)
    with (
        held_to_limits(lines, *priced, actor=actor),
        held_openings_to_limits(contracts, *opened, municipality_id=municipality_id, actor=actor),
    ):
        yield


def _asked(sql: str, today: date) -> tuple[list[UUID], list[date]]:
    """What it is about, and the first days to come on which it begins to cost otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    days = sorted({day for _, day in rows if day is not None and day > today})
    return sorted({one for one, _ in rows}), days[:_MOST_DAYS]
