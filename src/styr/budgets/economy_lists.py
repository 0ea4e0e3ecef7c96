"""The rows behind the economy's figures: citizens, grants, suppliers and accounts, each with why it deviates (øre).

All read the bridge of the forecast that stands: its rows add up to the forecast and to the budget, so every list adds
up to the figure that led to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.codes import Part

if TYPE_CHECKING:
    from uuid import UUID

    from styr.budgets.queries import RunView

PARTS: Final = tuple(Part)
_SUMS: Final = """sum(b.budget_ore)::bigint AS budget, sum(b.forecast_ore)::bigint AS forecast,
       sum(b.forecast_ore - b.budget_ore)::bigint AS over, sum(b.price_ore)::bigint AS price,
       sum(b.volume_ore)::bigint AS volume, sum(b.mix_ore)::bigint AS mix, sum(b.timing_ore)::bigint AS timing,
       sum(b.unplaced_ore)::bigint AS unplaced"""
_WHERE: Final = """b.run_id = %(run)s AND b.year = %(year)s
  AND (%(unit)s::uuid IS NULL OR b.unit_id = %(unit)s)
  AND (%(function)s = '' OR b.account LIKE %(function)s || '%%') AND (NOT %(unaccounted)s OR b.account = '')
  AND (%(section)s = '' OR b.section = %(section)s)
  AND (%(citizen)s::uuid IS NULL OR b.citizen_id = %(citizen)s) AND (NOT %(placed)s OR b.citizen_id IS NOT NULL)"""
_ALL: Final = """SELECT count(*), coalesce(sum(budget), 0)::bigint, coalesce(sum(forecast), 0)::bigint,
       coalesce(sum(over), 0)::bigint FROM listed"""
_CITIZENS: Final = f"""
WITH listed AS MATERIALIZED (
    SELECT b.citizen_id, array_agg(DISTINCT b.section) FILTER (WHERE b.section <> '') AS sections,
           count(DISTINCT b.grant_id) AS grants, {_SUMS}
    FROM budgets_bridgerow b WHERE {_WHERE} GROUP BY b.citizen_id
    HAVING (NOT %(over)s OR sum(b.forecast_ore) > sum(b.budget_ore)) AND {{part}}
)
SELECT l.*, a.* FROM listed l CROSS JOIN ({_ALL}) AS a
ORDER BY {{order}}, l.citizen_id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 -- constants of this module
_GRANTS: Final = f"""
WITH listed AS MATERIALIZED (
    SELECT b.grant_id, b.citizen_id, max(b.section) AS section, {_SUMS}, sum(b.budget_days)::int AS budget_days,
           sum(b.forecast_days)::int AS forecast_days
    FROM budgets_bridgerow b WHERE {_WHERE} GROUP BY b.grant_id, b.citizen_id
    HAVING (NOT %(over)s OR sum(b.forecast_ore) > sum(b.budget_ore)) AND {{part}}
)
SELECT l.*, g.number, coalesce(c.supplier_id, g.supplier_id), a.* FROM listed l CROSS JOIN ({_ALL}) AS a
LEFT JOIN rel_grant g ON g.grant_id = l.grant_id LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
ORDER BY {{order}}, l.grant_id, l.citizen_id LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608 -- the same
_SUPPLIERS: Final = f"""
SELECT coalesce(c.supplier_id, g.supplier_id), count(DISTINCT b.citizen_id), count(DISTINCT b.grant_id), {_SUMS}
FROM budgets_bridgerow b
LEFT JOIN rel_grant g ON g.grant_id = b.grant_id LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
WHERE {_WHERE} GROUP BY 1 ORDER BY forecast DESC, 1
"""  # noqa: S608 -- the same
_ACCOUNTS: Final = f"""
SELECT l.function, (
    SELECT t.name FROM rel_account_treatment t
    WHERE t.function = l.function AND t.valid_from < %(end)s AND (t.valid_to IS NULL OR t.valid_to > %(first)s)
    ORDER BY t.own DESC, length(t.cost_type), length(t.ownership), t.valid_from DESC LIMIT 1
), l.citizens, l.budget, l.forecast, l.over, l.price, l.volume, l.mix, l.timing, l.unplaced FROM (
    SELECT left(b.account, 5) AS function, count(DISTINCT b.citizen_id) AS citizens, {_SUMS}
    FROM budgets_bridgerow b WHERE {_WHERE} GROUP BY 1
) AS l ORDER BY abs(l.over) DESC, 1
"""  # noqa: S608 -- the same
_COSTS: Final = f"""
SELECT sum(b.forecast_ore)::bigint FROM budgets_bridgerow b
WHERE {_WHERE} AND b.citizen_id IS NOT NULL GROUP BY b.citizen_id
"""  # noqa: S608 -- the same
_ORDERS: Final = {
    "over": "abs(l.over)",
    "budget": "l.budget",
    "forecast": "l.forecast",
    "price": "abs(l.price)",
    "volume": "abs(l.volume)",
    "mix": "abs(l.mix)",
    "timing": "abs(l.timing)",
    "unplaced": "abs(l.unplaced)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which rows: of a unit, a function (first digits of the account), a section, a part, a citizen.

    `over` takes only what is over its budget, `placed` only what lies on a citizen, `unaccounted` what has no account.
    """

    unit_id: UUID | None = None
    function: str = ""
    section: str = ""
    part: Part | None = None
    citizen_id: UUID | None = None
    over: bool = False
    placed: bool = False
    unaccounted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """Budget, forecast and the parts that explain the deviation between them."""

    budget_ore: int
    forecast_ore: int
    over_ore: int
    price_ore: int
    volume_ore: int
    mix_ore: int
    timing_ore: int
    unplaced_ore: int

    @property
    def main_part(self) -> Part | None:
        """The part that says most of why; None when nothing deviates."""
        parts = {part: getattr(self, f"{part.value}_ore") for part in PARTS}
        largest = max(PARTS, key=lambda part: abs(parts[part]))
        return largest if parts[largest] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CitizenRow(Deviation):
    """A citizen's year; None is what lies on no citizen."""

    citizen_id: UUID | None
    sections: tuple[str, ...]
    grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow(Deviation):
    """A grant's year; without a grant it is what is booked or budgeted on the citizen, or on nobody, beside grants."""

    grant_id: UUID | None
    citizen_id: UUID | None
    section: str
    number: str
    supplier_id: UUID | None
    budget_days: int
    forecast_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierRow(Deviation):
    """A supplier's year; None is what is bought of nobody we know."""

    supplier_id: UUID | None
    citizens: int
    grants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow(Deviation):
    """What lies on accounts that begin with the same five digits; `name` is "" where nobody has named them."""

    function: str
    name: str
    citizens: int

    @property
    def written(self) -> str:
        """The function as people write it, `5.38.52`."""
        digits = self.function
        return f"{digits[0]}.{digits[1:3]}.{digits[3:]}" if digits else "Uden konto"


@dataclass(frozen=True, slots=True)
class Totals:
    """How many rows there are in all, and what they come to."""

    count: int
    budget_ore: int
    forecast_ore: int
    over_ore: int


NOTHING: Final = Totals(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Paging:
    """Which rows of a list, and in which order: `by` is a word of the list's columns."""

    by: str = "over"
    falling: bool = True
    limit: int = 50
    offset: int = 0


def citizen_rows(run: RunView, year: int, wanted: Narrowed, paging: Paging) -> tuple[list[CitizenRow], Totals]:
    """Citizens and what deviates; one query."""
    rows = _asked(_placed(_CITIZENS, wanted, paging), _given(run, year, wanted, paging))
    found = [
        CitizenRow(citizen_id=row[0], sections=tuple(row[1] or ()), grants=row[2], **_deviation(row[3:11]))
        for row in rows
    ]
    return found, Totals(*rows[0][11:]) if rows else NOTHING


def grant_rows(run: RunView, year: int, wanted: Narrowed, paging: Paging) -> tuple[list[GrantRow], Totals]:
    """Grants and what deviates; one query."""
    rows = _asked(_placed(_GRANTS, wanted, paging), _given(run, year, wanted, paging))
    found = [
        GrantRow(
            grant_id=row[0], citizen_id=row[1], section=row[2], **_deviation(row[3:11]), budget_days=row[11],
            forecast_days=row[12], number=row[13] or "", supplier_id=row[14],
        )
        for row in rows
    ]  # fmt: skip
    return found, Totals(*rows[0][15:]) if rows else NOTHING


def supplier_rows(run: RunView, year: int, wanted: Narrowed) -> list[SupplierRow]:
    """Every supplier, the dearest first; one query."""
    rows = _asked(_SUPPLIERS, _given(run, year, wanted))
    return [SupplierRow(supplier_id=row[0], citizens=row[1], grants=row[2], **_deviation(row[3:11])) for row in rows]


def account_rows(run: RunView, year: int, wanted: Narrowed) -> list[AccountRow]:
    """What deviates by function of the chart of accounts, the most first; one query."""
    rows = _asked(_ACCOUNTS, _given(run, year, wanted))
    return [AccountRow(function=row[0], name=row[1] or "", citizens=row[2], **_deviation(row[3:11])) for row in rows]


def citizen_costs(run: RunView, year: int, wanted: Narrowed) -> list[int]:
    """What each citizen's year is forecast to cost; one query, and it names nobody."""
    return [row[0] for row in _asked(_COSTS, _given(run, year, wanted))]


def spent_by_citizen(run: RunView, year: int, wanted: Narrowed, among: list[UUID]) -> dict[UUID, int]:
    """What is booked for each of those citizens so far, narrowed as the list is; one query."""
    text = f"""SELECT b.citizen_id, sum(b.amount_ore)::bigint FROM budgets_forecastrow b
    WHERE {_WHERE.replace("b.year = %(year)s", "b.month >= %(first)s AND b.month < %(end)s")}
      AND b.basis = 'actual' AND b.citizen_id = ANY(%(among)s) GROUP BY b.citizen_id"""  # noqa: S608 -- the same
    return dict(_asked(text, _given(run, year, wanted) | {"among": among}))


def _placed(text: str, wanted: Narrowed, paging: Paging) -> str:
    part = f"sum(b.{wanted.part.value}_ore) <> 0" if wanted.part else "true"
    order = f"{_ORDERS.get(paging.by, _ORDERS['over'])} {'DESC' if paging.falling else 'ASC'}"
    return text.replace("{part}", part).replace("{order}", order)


def _given(run: RunView, year: int, wanted: Narrowed, paging: Paging | None = None) -> dict[str, Any]:
    return {
        "run": run.id, "year": year, "unit": wanted.unit_id, "function": wanted.function,
        "section": wanted.section, "citizen": wanted.citizen_id, "over": wanted.over, "placed": wanted.placed,
        "unaccounted": wanted.unaccounted,
        "first": date(year, 1, 1),
        "end": date(year + 1, 1, 1), "limit": paging.limit if paging else None,
        "offset": paging.offset if paging else 0,
    }  # fmt: skip


def _asked(text: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[Any] = cursor.fetchall()
    return rows


def _deviation(sums: tuple[int, ...]) -> dict[str, int]:
    names = ("budget", "forecast", "over", "price", "volume", "mix", "timing", "unplaced")
    return {f"{name}_ore": ore for name, ore in zip(names, sums, strict=True)}
