"""The rows behind the economy's figures: citizens, grants, suppliers and accounts, each with why it deviates (øre).

All read the bridge of the forecast that stands: its rows add up to the forecast and to the budget, so every list adds
up to the figure that led to it. A statement's columns have the names of the row's fields.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.economy_list_rows import (
    NOTHING,
    PARTS,
    AccountRow,
    CitizenRow,
    GrantRow,
    Narrowed,
    Paging,
    SupplierRow,
    Totals,
)
from styr.budgets.unpriced import UNPRICED, grace_on
from styr.kernel.paging import told_page

if TYPE_CHECKING:
    from uuid import UUID

    from styr.budgets.queries import RunView

_OVER: Final = "sum(b.forecast_ore - b.budget_ore)"
_NAMES: Final = ("budget", "forecast", *PARTS)
_AMOUNTS: Final = ", ".join(f"{name}_ore" for name in _NAMES)
_SUMS: Final = f"{_OVER}::bigint AS over_ore, " + ", ".join(
    f"sum(b.{name}_ore)::bigint AS {name}_ore" for name in _NAMES
)
_WHERE: Final = f"""b.run_id = %(run)s AND b.year = %(year)s
  AND (%(unit)s::uuid IS NULL OR b.unit_id = %(unit)s)
  AND (%(function)s = '' OR b.account LIKE %(function)s || '%%') AND (NOT %(unaccounted)s OR b.account = '')
  AND (%(section)s = '' OR b.section = %(section)s)
  AND (%(citizen)s::uuid IS NULL OR b.citizen_id = %(citizen)s) AND (NOT %(placed)s OR b.citizen_id IS NOT NULL)
  AND (%(day)s::date IS NULL OR b.grant_id IN (SELECT u.grant_id FROM ({UNPRICED}) AS u))"""  # noqa: S608 -- our own constants
# A grant that runs without a price, of which nothing is budgeted or forecast, has no row: it is listed with nought.
_WITH_NOUGHT: Final = f"""(
    SELECT run_id, year, unit_id, section, account, citizen_id, grant_id, budget_days, forecast_days,
           {_AMOUNTS} FROM budgets_bridgerow
    UNION ALL
    SELECT %(run)s::uuid, %(year)s::int, unit_id, section, account_string, citizen_id, grant_id, 0, 0,
           {", ".join("0" for _ in _NAMES)} FROM rel_grant
)"""  # noqa: S608 -- the same
# Whatever is listed, its columns come with how much there is in all.
_PAGE: Final = f"""
WITH listed AS MATERIALIZED (
    SELECT {{columns}}, {_SUMS} FROM {{rows}} b WHERE {_WHERE} GROUP BY {{keys}}
    HAVING (NOT %(over)s OR {_OVER} > 0) AND {{part}}
)
SELECT l.*{{more}}, a.* FROM listed l CROSS JOIN (
    SELECT count(*) AS all_count, coalesce(sum(budget_ore), 0)::bigint AS all_budget_ore,
           coalesce(sum(forecast_ore), 0)::bigint AS all_forecast_ore,
           coalesce(sum(over_ore), 0)::bigint AS all_over_ore, {{part_sum}} AS all_part_ore
    FROM listed
) AS a {{joined}} ORDER BY {{order}}, {{ties}} LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 -- the same
_CITIZENS: Final = {
    "columns": """b.citizen_id, count(DISTINCT b.grant_id) AS grants,
           coalesce(array_agg(DISTINCT b.section) FILTER (WHERE b.section <> ''), ARRAY[]::text[]) AS sections""",
    "keys": "b.citizen_id",
    "more": "",
    "joined": "",
    "ties": "l.citizen_id",
}
_GRANTS: Final = {
    "columns": """b.grant_id, b.citizen_id, max(b.section) AS section, sum(b.budget_days)::int AS budget_days,
           sum(b.forecast_days)::int AS forecast_days""",
    "keys": "b.grant_id, b.citizen_id",
    "more": ", coalesce(g.number, '') AS number, coalesce(c.supplier_id, g.supplier_id) AS supplier_id",
    "joined": """LEFT JOIN rel_grant g ON g.grant_id = l.grant_id
LEFT JOIN rel_contract c ON c.contract_id = g.contract_id""",
    "ties": "l.grant_id, l.citizen_id",
}
_SUPPLIERS: Final = f"""
SELECT coalesce(c.supplier_id, g.supplier_id) AS supplier_id, count(DISTINCT b.citizen_id) AS citizens,
       count(DISTINCT b.grant_id) AS grants, {_SUMS}
FROM budgets_bridgerow b
LEFT JOIN rel_grant g ON g.grant_id = b.grant_id LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
WHERE {_WHERE} GROUP BY 1 ORDER BY forecast_ore DESC, 1
"""  # noqa: S608 -- the same
_ACCOUNTS: Final = f"""
SELECT l.*, coalesce((
    SELECT t.name FROM rel_account_treatment t
    WHERE t.function = l.function AND t.valid_from < %(end)s AND (t.valid_to IS NULL OR t.valid_to > %(first)s)
    ORDER BY t.own DESC, length(t.cost_type), length(t.ownership), t.valid_from DESC LIMIT 1
), '') AS name FROM (
    SELECT left(b.account, 5) AS function, count(DISTINCT b.citizen_id) AS citizens, {_SUMS}
    FROM budgets_bridgerow b WHERE {_WHERE} GROUP BY 1
) AS l ORDER BY abs(l.over_ore) DESC, 1
"""  # noqa: S608 -- the same
_COSTS: Final = f"""
SELECT sum(b.forecast_ore)::bigint AS ore FROM budgets_bridgerow b
WHERE {_WHERE} AND b.citizen_id IS NOT NULL GROUP BY b.citizen_id HAVING sum(b.forecast_ore) > 0
"""  # noqa: S608 -- the same
_SPENT: Final = f"""
SELECT b.citizen_id, sum(b.amount_ore)::bigint AS ore FROM budgets_forecastrow b
WHERE {_WHERE.replace("b.year = %(year)s", "b.month >= %(first)s AND b.month < %(end)s")}
  AND b.basis = 'actual' AND (b.citizen_id = ANY(%(among)s) OR b.citizen_id IS NULL) GROUP BY b.citizen_id
"""  # noqa: S608 -- the same
_ALL: Final = ("all_count", "all_budget_ore", "all_forecast_ore", "all_over_ore", "all_part_ore")
_AS_THEY_ARE: Final = ("budget", "forecast")
"""Columns ordered by their amount; the others by how far they are from nought."""


def citizen_rows(run: RunView, year: int, wanted: Narrowed, paging: Paging) -> tuple[list[CitizenRow], Totals]:
    """Citizens and what deviates; one query."""
    rows, totals = _page(_CITIZENS, run, year, wanted, paging)
    return [CitizenRow(**row | {"sections": tuple(row["sections"])}) for row in rows], totals


def grant_rows(run: RunView, year: int, wanted: Narrowed, paging: Paging) -> tuple[list[GrantRow], Totals]:
    """Grants and what deviates; one query."""
    rows, totals = _page(_GRANTS, run, year, wanted, paging)
    return [GrantRow(**row) for row in rows], totals


def supplier_rows(run: RunView, year: int, wanted: Narrowed) -> list[SupplierRow]:
    """Every supplier, the dearest first; one query."""
    return [SupplierRow(**row) for row in _asked(_SUPPLIERS, _given(run, year, wanted))]


def account_rows(run: RunView, year: int, wanted: Narrowed) -> list[AccountRow]:
    """What deviates by function of the chart of accounts, the most first; one query."""
    return [AccountRow(**row) for row in _asked(_ACCOUNTS, _given(run, year, wanted))]


def citizen_costs(run: RunView, year: int, wanted: Narrowed) -> list[int]:
    """What each citizen's year is forecast to cost, where it costs anything; one query, and it names nobody."""
    return [row["ore"] for row in _asked(_COSTS, _given(run, year, wanted))]


def spent_by_citizen(run: RunView, year: int, wanted: Narrowed, among: list[UUID]) -> dict[UUID | None, int]:
    """What is booked for each of those citizens so far, and on nobody (None), narrowed as the list is; one query."""
    rows = _asked(_SPENT, _given(run, year, wanted) | {"among": among})
    return {row["citizen_id"]: row["ore"] for row in rows}


def _page(
    about: dict[str, str], run: RunView, year: int, wanted: Narrowed, paging: Paging
) -> tuple[list[dict[str, Any]], Totals]:
    part = f"sum(b.{wanted.part.value}_ore) <> 0" if wanted.part else "true"
    part_sum = f"coalesce(sum({wanted.part.value}_ore), 0)::bigint" if wanted.part else "NULL::bigint"
    source = _WITH_NOUGHT if wanted.unpriced_on else "budgets_bridgerow"
    by = paging.by if paging.by in (*_AS_THEY_ARE, *PARTS) else "over"
    column = f"l.{by}_ore" if by in _AS_THEY_ARE else f"abs(l.{by}_ore)"
    order = f"{column} {'DESC' if paging.falling else 'ASC'}"
    text = _PAGE.format(**about, rows=source, part=part, part_sum=part_sum, order=order)
    given = _given(run, year, wanted)
    rows, telling = told_page(
        lambda first, size: _asked(text, given | {"limit": size, "offset": first}),
        first=paging.offset,
        size=paging.limit,
    )
    totals = NOTHING if telling is None else Totals(*(telling[name] for name in _ALL))
    return [{name: value for name, value in row.items() if name not in _ALL} for row in rows], totals


def _given(run: RunView, year: int, wanted: Narrowed) -> dict[str, Any]:
    return {
        "run": run.id,
        "year": year,
        "first": date(year, 1, 1),
        "end": date(year + 1, 1, 1),
        "unit": wanted.unit_id,
        "function": wanted.function,
        "section": wanted.section,
        "citizen": wanted.citizen_id,
        "over": wanted.over,
        "placed": wanted.placed,
        "unaccounted": wanted.unaccounted,
        "day": wanted.unpriced_on,
        "grace": grace_on(wanted.unpriced_on) if wanted.unpriced_on else None,
    }


def _asked(text: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
