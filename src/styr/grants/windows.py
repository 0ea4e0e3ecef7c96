"""What any twelve months of a grant cost, by the one expected-cost relation: what somebody's limit is held against.

The cost of twelve months changes its course only where a line or a price begins or ends, so the dearest of all are
among those that begin on such a day or end on one. They are priced as a whole year is (`costing.full_year`): as if the
grant went on and nobody were away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from styr.access.prepared import planned_once
from styr.grants.costing import GOES_ON, MONTHS, ONE_GRANT, priced

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from styr.grants.settle import AdjustmentLine

# A year is taken off and put on as `costing.year_after` does: 29 February becomes 1 March.
_YEAR_BEFORE: Final = "(date_trunc('month', {0}) - interval '1 year')::date + ({0} - date_trunc('month', {0})::date)"
_YEAR_AFTER: Final = "(date_trunc('month', {0}) + interval '1 year')::date + ({0} - date_trunc('month', {0})::date)"
_DAYS: Final = f"""
held AS MATERIALIZED (
    SELECT s.starts, s.unit, s.ends, greatest(r.valid_from, s.starts) AS price_from,
           CASE WHEN r.valid_to <= coalesce(s.ends, 'infinity') THEN r.valid_to END AS price_to
    FROM rel_service s LEFT JOIN rel_rate r ON r.service_id = s.service_id
         AND r.valid_from < coalesce(s.ends, 'infinity') AND coalesce(r.valid_to, 'infinity') > s.starts
),
turn AS (
    SELECT starts AS day FROM held UNION SELECT price_from FROM held UNION SELECT price_to FROM held
    UNION SELECT {_YEAR_BEFORE.format("ends")} FROM held UNION SELECT {_YEAR_BEFORE.format("price_to")} FROM held
    UNION SELECT {_YEAR_BEFORE.format("(starts + 1)")} FROM held WHERE unit = 'once'
    UNION SELECT unnest(%(also)s::date[])
),
began AS (
    SELECT DISTINCT greatest(turn.day, g.starts) AS day
    FROM turn CROSS JOIN (SELECT starts FROM grants_grant WHERE id = %(grant)s::uuid) g WHERE turn.day IS NOT NULL
)"""  # noqa: S608 - our own words, put together


@dataclass(frozen=True)
class Year:
    """Twelve months from a day: what they cost, øre; `unpriced_days` have no price and cost nothing here."""

    day: date
    amount_ore: int
    unpriced_days: int


def years_of(*, grant_id: UUID, also: Collection[date] = ()) -> tuple[Year, ...]:
    """Return the years among which the dearest is, by their first day, and those from the days `also`; one query.

    A day before the grant's first is taken for the first. A grant without lines has only the years from `also`.
    """
    months = MONTHS.replace("%(first_day)s", "began.day").replace("%(end_day)s", f"({_YEAR_AFTER.format('began.day')})")
    text = f"""
    WITH {ONE_GRANT}, {GOES_ON}, {_DAYS}
    SELECT began.day, year.amount_ore, year.unpriced_days FROM began CROSS JOIN LATERAL (
        WITH {months}
        SELECT coalesce(sum(amount_ore), 0)::bigint AS amount_ore, coalesce(sum(unpriced_days), 0)::int AS unpriced_days
        FROM ({priced()}) AS cost
    ) AS year ORDER BY began.day"""  # noqa: S608 - compiled and named by us
    with planned_once() as cursor:
        cursor.execute(text, {"grant": grant_id, "also": list(also)})
        return tuple(Year(*row) for row in cursor.fetchall())


def dearest_of(years: Collection[Year]) -> int:
    """What the dearest of the years costs, øre; 0 where there is none."""
    return max((year.amount_ore for year in years), default=0)


def promised(*, before: Collection[Year], after: Collection[Year], adjustments: Sequence[AdjustmentLine]) -> int | None:
    """What a change promises (øre): the dearest of the years it made dearer; None when it made none dearer.

    To a year belongs what the change adds to months that were paid before that year. A change may move a month's days
    from one line to another, so a month's adjustments are added up before they count.
    """
    held = {year.day: year.amount_ore for year in before}
    added = _added(adjustments)
    costs = [
        cost
        for year in after
        if (cost := year.amount_ore + sum(ore for month, ore in added.items() if month < year.day))
        > held.get(year.day, 0)
    ]
    return max(costs, default=None)


def _added(adjustments: Sequence[AdjustmentLine]) -> Mapping[date, int]:
    months: dict[date, int] = {}
    for line in adjustments:
        months[line.month] = months.get(line.month, 0) + line.amount_ore
    return {month: ore for month, ore in months.items() if ore > 0}
