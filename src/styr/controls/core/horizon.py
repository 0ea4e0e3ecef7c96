"""The days that register controls look at: last calendar year and this one.

What is older is closed in the accounts; what is later is not budgeted yet.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import ibis

from styr.controls.core.relations import TODAY

FAR: Final = date(9999, 12, 31)
"""Stands for an open end in comparisons."""


def horizon() -> ibis.Table:
    """Return one row: `today`, `year_start`, `first_day` (1 January last year) and `end_day` (1 January next year)."""
    today = TODAY.table()
    year = today["today"].year()
    return today.select(
        "today", year_start=first_of(year, 1), first_day=first_of(year - 1, 1), end_day=first_of(year + 1, 1)
    )


def first_of(year: Any, month: Any) -> Any:
    """Return the first day of a month as an Ibis date."""
    return ibis.date(year, month, 1)


def first_row(rows: ibis.Table, by: str, order: Sequence[Any]) -> ibis.Table:
    """Keep the first row of each `by` in the given order: a control gives one row a subject."""
    ranked = rows.mutate(place=ibis.row_number().over(group_by=rows[by], order_by=order))
    return ranked.filter(ranked["place"] == 0)
