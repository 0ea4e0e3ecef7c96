"""A citizen's own year: the budget beside the forecast, worked out from the registers as they are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.access.prepared import planned_once
from styr.budgets.core.codes import Basis
from styr.budgets.core.frame import Frame
from styr.budgets.core.picture import MonthSums, Sums, UnitYear, YearPicture, added
from styr.budgets.counting import asked, counted_of_citizens

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

# The budget, and in the same statement the percentages that `queries.citizen_forecast` asks for by itself.
_KNOWN: Final = """
SELECT NULL::int, NULL::numeric, b.grant_id, b.month, sum(b.original_ore)::bigint, sum(b.revised_ore)::bigint
FROM rel_budget b
WHERE (b.citizen_id = %(citizen)s OR b.grant_id IN (SELECT grant_id FROM rel_grant WHERE citizen_id = %(citizen)s))
  AND b.month >= %(first)s AND b.month < %(end)s AND substr(b.account, 6, 1) <> '2'
GROUP BY b.grant_id, b.month
UNION ALL SELECT year, percent, NULL, NULL, NULL, NULL FROM budgets_indexrate
"""


@dataclass(frozen=True, slots=True)
class CitizenYear:
    """The year by month and by grant, øre; the grant None is what is budgeted or booked beside the grants."""

    picture: YearPicture
    by_grant: Mapping[UUID | None, Sums]


def citizen_year(*, citizen_id: UUID, year: int, today: date) -> CitizenYear:
    """Return a citizen's budget and forecast of a year; two queries."""
    frame = Frame.of(first_year=year, as_of=today)
    given: dict[str, Any] = {"citizen": citizen_id, "first": date(year, 1, 1), "end": date(year + 1, 1, 1)}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, given)
        known = cursor.fetchall()
        percents = {row[0]: row[1] for row in known if row[0] is not None}
    with planned_once() as cursor:
        cursor.execute(counted_of_citizens(), {**asked(frame, percents), "citizens": [citizen_id]})
        rows = [(grant, month, _sums(Basis(basis), ore)) for _, grant, _, _, _, month, basis, ore in cursor.fetchall()]
    rows += [(row[2], row[3], Sums(row[4], row[5])) for row in known if row[0] is None]
    months = (date(year, number, 1) for number in range(1, 13))
    by_month = tuple(
        MonthSums(month, added(sums for _, at, sums in rows if at == month), month < frame.closed_before)
        for month in months
    )
    grants = {grant for grant, _, _ in rows}
    return CitizenYear(
        YearPicture(year, (UnitYear(None, "", by_month),)),
        {grant: added(sums for of, _, sums in rows if of == grant) for grant in grants},
    )


def _sums(basis: Basis, ore: int) -> Sums:
    return Sums(
        actual_ore=ore if basis is Basis.ACTUAL else 0,
        accrual_ore=ore if basis is Basis.ACCRUAL else 0,
        expected_ore=ore if basis not in {Basis.ACTUAL, Basis.ACCRUAL, Basis.GRANTED} else 0,
        forecast_ore=ore,
    )
