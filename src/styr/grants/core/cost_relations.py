"""Relations that only the expected cost needs: the windows it is computed for, the dates of one-off services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from styr.kernel.period import Period, next_month
from styr.kernel.relation import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_WINDOW = {"month_start": "date", "month_end": "date", "first_day": "date", "end_day": "date"}

MONTH = Relation("rel_month", _WINDOW)
"""The months asked for: the calendar month, and the part of it (half-open) that lies within the horizon."""

SERVICE_WINDOW = Relation("rel_service_window", {"service_id": "uuid", **_WINDOW})
"""Windows of single services, each within one month: the payment plan asks for the cost up to its cuts."""

SERVICE_DATE = Relation(
    "rel_service_date",
    {"service_id": "uuid", "day": "date", "number": "int64", "numbers": "int64", "priced_on": "date"},
)
"""Dates of services with the unit `once`: date `number` of `numbers`, priced at the rate of `priced_on`."""


def month_rows(horizon: Period) -> Iterator[dict[str, date]]:
    """Yield the rows of `rel_month` for a closed horizon."""
    for part in horizon.months():
        first = part.start.replace(day=1)
        yield {"month_start": first, "month_end": next_month(first), "first_day": part.start, "end_day": part.until}
