"""What a year of transport costs: what is booked on the areas' accounts, beside their budget and their forecast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection

if TYPE_CHECKING:
    from styr.kernel.money import Ore

# The sums of the postings tell whoever is kept from no case; others are told of the postings that they may see.
_STANDING: Final = """
    WITH seen AS MATERIALIZED (SELECT coalesce(styr_kept_from_nothing(), false) AS everything),
    account AS MATERIALIZED (
        SELECT prefix, valid_from, valid_to FROM transport_areaaccount
        WHERE valid_from < %(until)s AND (valid_to IS NULL OR valid_to > %(first)s)
    ), booked AS MATERIALIZED (
        SELECT account_string AS account, month, sum(amount_ore) AS ore FROM transport_postingsum
        WHERE month >= %(first)s AND month < %(until)s AND (SELECT everything FROM seen) GROUP BY 1, 2
        UNION ALL
        SELECT account, month, sum(amount_ore) FROM rel_posting
        WHERE month >= %(first)s AND month < %(until)s AND NOT (SELECT everything FROM seen) GROUP BY 1, 2
    ), planned AS MATERIALIZED (
        SELECT b.account, sum(b.budget_ore) AS budget_ore, sum(b.forecast_ore) AS forecast_ore
        FROM budgets_bridgerow b WHERE b.year = %(year)s AND b.run_id = (
            SELECT id FROM budgets_forecastrun WHERE kind = 'current' AND state = 'done' LIMIT 1
        ) GROUP BY b.account
    ), planned_here AS (
        SELECT p.* FROM planned p WHERE EXISTS (SELECT FROM account a WHERE starts_with(p.account, a.prefix))
    )
    SELECT (SELECT coalesce(sum(b.ore), 0)::bigint FROM booked b WHERE EXISTS (
                SELECT FROM account a WHERE starts_with(b.account, a.prefix) AND a.valid_from <= b.month
                  AND (a.valid_to IS NULL OR a.valid_to > b.month))),
           (SELECT sum(budget_ore)::bigint FROM planned_here), (SELECT sum(forecast_ore)::bigint FROM planned_here)
"""


@dataclass(frozen=True, slots=True)
class YearStanding:
    """A year of transport, øre; `budget_ore` and `forecast_ore` are None where no forecast tells of the areas."""

    booked_ore: Ore
    budget_ore: Ore | None
    forecast_ore: Ore | None

    @property
    def over_ore(self) -> Ore | None:
        """What the year is expected to cost beyond its budget; below nothing where it keeps within it."""
        if self.budget_ore is None or self.forecast_ore is None:
            return None
        return self.forecast_ore - self.budget_ore


def year_standing(year: int) -> YearStanding:
    """Return what the caller sees booked, budgeted and forecast on the areas' accounts in a year. One query."""
    given: dict[str, int | date] = {"year": year, "first": date(year, 1, 1), "until": date(year + 1, 1, 1)}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, given)
        return YearStanding(*cursor.fetchone())
