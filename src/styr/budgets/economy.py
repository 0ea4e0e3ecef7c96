"""What the pages of the economy read: the forecast that stands, held against the budget, by unit and by month.

Amounts are øre, and what is counted is what `figures` counts: every basis of the forecast, and the revised budget of
cost (nothing that the state refunds). All that a page of the year shows by unit and month comes from one statement.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.picture import MonthSums, Sums, UnitYear, YearPicture
from styr.budgets.core.rounds import Amounts
from styr.budgets.queries import current_run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from styr.budgets.queries import RunView

NO_UNIT: Final = "Uden enhed"

_MONTHS: Final = """
SELECT p.unit_id, coalesce(u.name, %(no_unit)s), p.month, sum(p.original)::bigint, sum(p.budget)::bigint,
       coalesce(sum(p.actual), 0)::bigint, coalesce(sum(p.accrual), 0)::bigint, coalesce(sum(p.forecast), 0)::bigint,
       coalesce(sum(p.expected), 0)::bigint
FROM (
    SELECT unit_id, month, NULL::numeric AS original, NULL::numeric AS budget,
           sum(amount_ore) FILTER (WHERE basis = 'actual') AS actual,
           sum(amount_ore) FILTER (WHERE basis = 'accrual') AS accrual,
           sum(amount_ore) AS forecast,
           sum(amount_ore) FILTER (WHERE basis NOT IN ('actual', 'accrual', 'granted')) AS expected
    FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s AND (%(unit)s::uuid IS NULL OR unit_id = %(unit)s)
    GROUP BY unit_id, month
    UNION ALL
    SELECT unit_id, month, sum(original_ore), sum(revised_ore), NULL, NULL, NULL, NULL
    FROM rel_budget
    WHERE month >= %(first)s AND month < %(end)s AND (%(unit)s::uuid IS NULL OR unit_id = %(unit)s)
      AND substr(account, 6, 1) <> '2'
    GROUP BY unit_id, month
) AS p LEFT JOIN access_unit u ON u.id = p.unit_id
GROUP BY p.unit_id, u.name, p.month
"""
_CITIZENS: Final = """
SELECT citizen_id, sum(budget)::bigint, coalesce(sum(actual), 0)::bigint, coalesce(sum(forecast), 0)::bigint FROM (
    SELECT citizen_id, NULL::numeric AS budget, sum(amount_ore) FILTER (WHERE basis = 'actual') AS actual,
           sum(amount_ore) AS forecast
    FROM budgets_forecastrow
    WHERE run_id = %(run)s AND unit_id = %(unit)s AND month >= %(first)s AND month < %(end)s GROUP BY citizen_id
    UNION ALL
    SELECT coalesce(b.citizen_id, g.citizen_id), sum(b.revised_ore), NULL, NULL
    FROM rel_budget b LEFT JOIN rel_grant g ON g.grant_id = b.grant_id
    WHERE b.unit_id = %(unit)s AND b.month >= %(first)s AND b.month < %(end)s AND substr(b.account, 6, 1) <> '2'
    GROUP BY 1
) AS p GROUP BY citizen_id
"""


class NoForecastError(LookupError):
    """No forecast of the year has been made yet; the message is fit to show."""

    def __init__(self, year: int) -> None:
        super().__init__(f"Der er ikke beregnet en prognose for {year} endnu.")


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """The forecast that a round is opened on, and the unit's sums in it."""

    run_id: UUID
    made_at: datetime | None
    actual_to: date
    sum: Amounts


def year_picture(run: RunView | None, year: int, *, unit_id: UUID | None = None) -> YearPicture:
    """Every unit that has a budget or a cost in the year, the largest budget first, or one unit; one query.

    Where anything is budgeted, what is not budgeted has a budget of nought: deviations add up.
    """
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, _given(run, year, unit_id) | {"no_unit": NO_UNIT})
        rows = cursor.fetchall()
    closed_before = run.closed_before if run else date(year, 1, 1)
    nought = Sums(0, 0) if any(row[4] is not None for row in rows) else Sums()
    by_unit: dict[tuple[UUID | None, str], dict[date, Sums]] = {}
    for unit, name, month, *amounts in rows:
        by_unit.setdefault((unit, name), {})[month] = nought + Sums(*amounts)
    units = (
        UnitYear(unit, name, tuple(_months(year, months, closed_before, nought)))
        for (unit, name), months in by_unit.items()
    )
    return YearPicture(year, tuple(sorted(units, key=_largest)))


def unit_amounts(*, unit_id: UUID, year: int, run: RunView | None = None) -> tuple[UnitStanding, dict[UUID, Amounts]]:
    """A unit's sums and its citizens', of the forecast that stands or of `run`: what a round keeps; two queries.

    Raises:
        NoForecastError: none of the year has been made.
    """
    run = run or current_run()
    if run is None or year not in run.years:
        raise NoForecastError(year)
    with connection.cursor() as cursor:
        cursor.execute(_CITIZENS, _given(run, year, unit_id))
        rows = {row[0]: Amounts(*row[1:]) for row in cursor.fetchall()}
    budgets = [one.budget_ore for one in rows.values() if one.budget_ore is not None]
    sums = Amounts(
        sum(budgets) if budgets else None,
        sum(one.actual_ore for one in rows.values()),
        sum(one.forecast_ore for one in rows.values()),
    )
    rows.pop(None, None)
    return UnitStanding(run.id, run.made_at, run.closed_before, sums), rows


def _months(year: int, sums: dict[date, Sums], closed_before: date, nought: Sums) -> Iterator[MonthSums]:
    for number in range(1, 13):
        month = date(year, number, 1)
        yield MonthSums(month, sums.get(month, nought), month < closed_before)


def _largest(unit: UnitYear) -> tuple[bool, int, str]:
    sums = unit.sums
    return unit.unit_id is None, -max(sums.budget_ore or 0, sums.forecast_ore), unit.name


def _given(run: RunView | None, year: int, unit_id: UUID | None) -> dict[str, Any]:
    return {
        "run": run.id if run else None,
        "first": date(year, 1, 1),
        "end": date(year + 1, 1, 1),
        "unit": unit_id,
    }
