"""The expressions as statements of PostgreSQL: what they are asked about stands before them, nothing is written."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from styr.budgets.core.bridge import KEYS, PARTS, bridge
from styr.budgets.core.forecast import citizen_forecast, forecast
from styr.budgets.core.relations import FORECAST
from styr.grants.core.cost_relations import month_rows
from styr.kernel.engine import compile_postgres

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    import ibis

    from styr.budgets.core.frame import Frame
    from styr.budgets.learning import Trend

COLUMNS: Final = ", ".join(FORECAST.columns)
PLANNED_FOR_ALL: Final = {"jit": "off", "enable_nestloop": "off", "enable_mergejoin": "off", "work_mem": "128MB"}
"""Settings for statements over everybody: sorting a million rows for a merge costs more than hashing what they meet."""

_ASKED: Final = """
rel_month AS MATERIALIZED (
    SELECT * FROM unnest(%(month_start)s::date[], %(month_end)s::date[], %(month_first)s::date[],
                         %(month_until)s::date[]) AS m(month_start, month_end, first_day, end_day)
),
rel_forecast_frame AS MATERIALIZED (
    SELECT %(first_day)s::date AS first_day, %(end_day)s::date AS end_day, %(closed_before)s::date AS closed_before,
           %(as_of)s::date AS as_of, %(grace_from)s::date AS grace_from, %(cover_from)s::date AS cover_from,
           %(base_year)s::int AS base_year
),
rel_index AS MATERIALIZED (
    SELECT * FROM unnest(%(known_year)s::int[], %(index_from)s::date[], %(index_to)s::date[],
                         %(factor)s::bigint[]) AS i(known_year, index_from, index_to, factor)
)"""
# What the forecast reads, of these citizens alone and once: an array can be pushed into the branches of a view, a join
# cannot, and the places that read the rows plan quicker where they are rows.
_OF_CITIZENS: Final = """,
rel_grant AS MATERIALIZED (SELECT * FROM rel_grant WHERE citizen_id = ANY(%(citizens)s::uuid[])),
rel_service AS MATERIALIZED (SELECT * FROM rel_service WHERE grant_id = ANY(ARRAY(SELECT grant_id FROM rel_grant))),
rel_rate AS MATERIALIZED (
    SELECT * FROM rel_rate WHERE service_id = ANY(ARRAY(SELECT service_id FROM rel_service))
),
rel_service_absence AS MATERIALIZED (
    SELECT * FROM rel_service_absence WHERE service_id = ANY(ARRAY(SELECT service_id FROM rel_service))
),
rel_standing_days AS MATERIALIZED (
    SELECT * FROM rel_standing_days WHERE grant_id = ANY(ARRAY(SELECT grant_id FROM rel_grant))
),
rel_contract AS MATERIALIZED (
    SELECT * FROM rel_contract WHERE contract_id = ANY(ARRAY(SELECT contract_id FROM rel_grant))
),
rel_posting AS MATERIALIZED (
    SELECT * FROM rel_posting
    WHERE citizen_id = ANY(%(citizens)s::uuid[]) OR grant_id = ANY(ARRAY(SELECT grant_id FROM rel_grant))
),
rel_line_match AS MATERIALIZED (
    SELECT * FROM rel_line_match WHERE grant_id = ANY(ARRAY(SELECT grant_id FROM rel_grant))
),
rel_invoice AS MATERIALIZED (
    SELECT * FROM rel_invoice WHERE invoice_id = ANY(ARRAY(SELECT invoice_id FROM rel_posting))
),
rel_invoice_line AS MATERIALIZED (
    SELECT * FROM rel_invoice_line WHERE invoice_line_id = ANY(ARRAY(SELECT invoice_line_id FROM rel_line_match))
)"""

# What `learning` found of those who come and go, by unit and month.
_TREND: Final = """
SELECT NULL::uuid AS citizen_id, NULL::uuid AS grant_id, unit_id, '' AS section, '' AS account, month, 'trend' AS basis,
       amount_ore
FROM unnest(%(trend_unit)s::uuid[], %(trend_month)s::date[], %(trend_ore)s::bigint[])
     AS t(unit_id, month, amount_ore)"""


@cache
def counted() -> str:
    """The whole forecast, to be put in a statement; give it the values of `asked`."""
    text = forecast().text(_compiled, before=_ASKED)
    return f"{text} UNION ALL SELECT {COLUMNS} FROM ({_TREND}) AS trend"  # noqa: S608 - compiled and named by us


@cache
def counted_of_citizens() -> str:
    """The same of the citizens in `citizens`, from the registers as they are now."""
    text = citizen_forecast().text(_compiled, before=f"{_ASKED}{_OF_CITIZENS}")
    return f"SELECT {COLUMNS} FROM ({text}) AS counted"  # noqa: S608 - the same


def _compiled(expression: ibis.Table) -> str:
    return compile_postgres(expression).replace("%", "%%")


def asked(frame: Frame, percents: Mapping[int, Decimal], trend: Trend = ()) -> dict[str, Any]:
    """What the statements are asked about: the frame, its months, the prices' index, and what comes and goes."""
    months = list(month_rows(frame.period))
    index = list(frame.index_rows(percents))
    columns: dict[str, list[date]] = {
        "month_start": [row["month_start"] for row in months],
        "month_end": [row["month_end"] for row in months],
        "month_first": [row["first_day"] for row in months],
        "month_until": [row["end_day"] for row in months],
    }
    indexed = {name: [row[name] for row in index] for name in ("known_year", "index_from", "index_to", "factor")}
    moved = {
        "trend_unit": [unit_id for unit_id, _, _ in trend],
        "trend_month": [month for _, month, _ in trend],
        "trend_ore": [ore for _, _, ore in trend],
    }
    return {**frame.row(), **columns, **indexed, **moved}


_YEAR: Final = """
, rel_bridge_year AS MATERIALIZED (SELECT %(year_first)s::date AS year_first, %(year_end)s::date AS year_end),
rel_forecast AS MATERIALIZED (
    SELECT citizen_id, grant_id, unit_id, section, account, month, basis, amount_ore FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(year_first)s AND month < %(year_end)s
)"""
BRIDGE_COLUMNS: Final = ", ".join((*KEYS, "budget_ore", "forecast_ore", *PARTS, "budget_days", "forecast_days"))


@cache
def bridged() -> str:
    """The bridge of a run's year; give it the values of `asked`, `run`, `year_first` and `year_end`."""
    text = compile_postgres(bridge, key="budgets.bridge").replace("%", "%%")
    return f"WITH {_ASKED}{_YEAR} SELECT {BRIDGE_COLUMNS} FROM ({text}) AS bridged"  # noqa: S608 - compiled and named by us
