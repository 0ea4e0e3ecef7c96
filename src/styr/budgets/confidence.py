"""How sure a forecast is, by how earlier ones hit: what frozen forecasts said of months that have since been closed.

A replayed forecast knows what was corrected since, so it counts only while too few were kept, and its range says so.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.booked import COST_KINDS
from styr.budgets.core.codes import KEPT
from styr.budgets.core.hits import FEWEST, Hit, range_of
from styr.budgets.figures import ALL, Among

if TYPE_CHECKING:
    from uuid import UUID

    from styr.budgets.core.hits import Confidence

# Of those kept in one month the first counts: they say the same. Of months that the run at hand does not reach back
# to, what was booked is what they cost. What came is summed by month first: once, and not for each forecast anew.
_HITS: Final = """
WITH now AS (SELECT * FROM budgets_forecastrun WHERE id = %(run)s),
kept AS (
    SELECT f.id, f.kind = 'replayed' AS replayed, f.as_of, f.made_at, f.closed_before AS from_month,
           least(n.closed_before, make_date(f.first_year + f.years, 1, 1)) AS to_month
    FROM budgets_forecastrun f CROSS JOIN now n
    WHERE f.kind = ANY(%(kept)s) AND f.state = 'done' AND f.id <> n.id
      AND f.closed_before < least(n.closed_before, make_date(f.first_year + f.years, 1, 1))
), frozen AS (
    SELECT DISTINCT ON (from_month) id, replayed, from_month, to_month FROM kept
    WHERE NOT replayed OR (SELECT count(DISTINCT from_month) FROM kept WHERE NOT replayed) < %(fewest)s
    ORDER BY from_month, replayed, as_of, made_at
), said AS (
    SELECT f.id, f.replayed, sum(r.amount_ore) AS ore
    FROM frozen f JOIN budgets_forecastrow r ON r.run_id = f.id AND r.month >= f.from_month AND r.month < f.to_month
    WHERE {among} GROUP BY 1, 2
), cost AS (
    SELECT r.month, r.unit_id, r.section, r.account, r.citizen_id, r.grant_id, r.amount_ore FROM budgets_forecastrow r
    JOIN now n ON r.run_id = n.id WHERE r.month < n.closed_before
    UNION ALL
    SELECT p.month, coalesce(p.unit_id, g.unit_id), coalesce(g.section, ''), p.account,
           coalesce(p.citizen_id, g.citizen_id), p.grant_id, p.amount_ore
    FROM rel_posting p JOIN now n ON p.month < make_date(n.first_year, 1, 1)
    LEFT JOIN rel_grant g ON g.grant_id = p.grant_id
    WHERE p.kind = ANY(%(kinds)s)
), monthly AS MATERIALIZED (
    SELECT r.month, sum(r.amount_ore) AS ore FROM cost r
    WHERE r.month >= (SELECT min(from_month) FROM frozen) AND {among} GROUP BY 1
), came AS (
    SELECT f.id, sum(m.ore) AS ore FROM frozen f JOIN monthly m ON m.month >= f.from_month AND m.month < f.to_month
    GROUP BY 1
)
SELECT s.ore::bigint, coalesce(c.ore, 0)::bigint, s.replayed, false FROM said s LEFT JOIN came c ON c.id = s.id
UNION ALL
SELECT coalesce(sum(r.amount_ore), 0)::bigint,
       coalesce(sum(r.amount_ore) FILTER (WHERE r.month >= n.closed_before), 0)::bigint, false, true
FROM budgets_forecastrow r JOIN now n ON n.id = r.run_id
WHERE r.month >= %(year_first)s AND r.month < %(year_end)s AND {among}"""


def confidence(*, run_id: UUID, year: int, among: Among = ALL) -> Confidence | None:
    """Return the range that a year's forecast lies in if it hits as earlier forecasts did; see `core.hits`.

    None where fewer than three forecasts can be held against what came. One query.
    """
    given: dict[str, Any] = {
        "run": run_id,
        "kinds": list(COST_KINDS),
        "kept": list(KEPT),
        "fewest": FEWEST,
        "year_first": date(year, 1, 1),
        "year_end": date(year + 1, 1, 1),
    }
    with connection.cursor() as cursor:
        cursor.execute(_HITS.format(among=among.condition("r.")), given | among.values())
        rows = cursor.fetchall()
    hits = [Hit(said, came, replayed=replayed) for said, came, replayed, whole in rows if not whole]
    forecast, ahead = next((said, came) for said, came, _, whole in rows if whole)
    return range_of(hits, forecast_ore=forecast, ahead_ore=ahead)
