"""The economy row by row, as it is taken along in a workbook: the finest rows that budget and forecast have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.codes import Basis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from styr.budgets.queries import RunView

MOST_ROWS: Final = 100_000
_CELLS: Final = """
    SELECT unit_id, section, account, citizen_id, grant_id, month, 0::bigint AS original, 0::bigint AS budget,
           CASE WHEN basis = 'actual' THEN amount_ore ELSE 0 END AS actual,
           CASE WHEN basis = 'accrual' THEN amount_ore ELSE 0 END AS accrual,
           CASE WHEN basis IN ('actual', 'accrual') THEN 0 ELSE amount_ore END AS ahead
    FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s AND (%(unit)s::uuid IS NULL OR unit_id = %(unit)s)
    UNION ALL
    SELECT b.unit_id, coalesce(g.section, ''), b.account, coalesce(b.citizen_id, g.citizen_id), b.grant_id, b.month,
           b.original_ore, b.revised_ore, 0, 0, 0
    FROM rel_budget b LEFT JOIN rel_grant g ON g.grant_id = b.grant_id
    WHERE b.month >= %(first)s AND b.month < %(end)s AND substr(b.account, 6, 1) <> '2'
      AND (%(unit)s::uuid IS NULL OR b.unit_id = %(unit)s)
"""
_SUMS: Final = (
    "sum(original)::bigint, sum(budget)::bigint, sum(actual)::bigint, sum(accrual)::bigint, sum(ahead)::bigint"
)
_ROWS: Final = f"""
SELECT c.*, coalesce(u.name, ''), coalesce(g.number, ''), coalesce(k.supplier_id, g.supplier_id) FROM (
    SELECT unit_id, section, account, citizen_id, grant_id, {_SUMS} FROM ({_CELLS}) AS cells GROUP BY 1, 2, 3, 4, 5
) AS c LEFT JOIN access_unit u ON u.id = c.unit_id LEFT JOIN rel_grant g ON g.grant_id = c.grant_id
LEFT JOIN rel_contract k ON k.contract_id = g.contract_id
ORDER BY u.name NULLS LAST, c.account, g.number NULLS LAST, c.citizen_id LIMIT {MOST_ROWS}
"""  # noqa: S608 -- constants of this module
_MONTHS: Final = f"""
SELECT coalesce(u.name, ''), c.* FROM (
    SELECT unit_id, month, {_SUMS} FROM ({_CELLS}) AS cells GROUP BY 1, 2
) AS c LEFT JOIN access_unit u ON u.id = c.unit_id ORDER BY u.name NULLS LAST, c.month
"""  # noqa: S608 -- the same


@dataclass(frozen=True, slots=True)
class EconomyRow:
    """What stands on a unit, section, account, citizen and grant in a year, øre; `ahead_ore` is yet to come."""

    unit_id: UUID | None
    section: str
    account: str
    citizen_id: UUID | None
    grant_id: UUID | None
    original_ore: int
    budget_ore: int
    actual_ore: int
    accrual_ore: int
    ahead_ore: int
    unit: str
    grant: str
    supplier_id: UUID | None


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A unit's month, øre."""

    unit: str
    month: date
    original_ore: int
    budget_ore: int
    actual_ore: int
    accrual_ore: int
    ahead_ore: int


@dataclass(frozen=True, slots=True)
class BasisMonth:
    """What a forecast holds by one basis in a month, øre."""

    grant_id: UUID | None
    unit_id: UUID | None
    citizen_id: UUID | None
    section: str
    account: str
    month: date
    basis: Basis
    amount_ore: int


@dataclass(frozen=True, slots=True)
class BasisSum:
    """What a forecast holds by one basis in a year, øre."""

    grant_id: UUID | None
    unit_id: UUID | None
    basis: Basis
    amount_ore: int


def basis_sums(run: RunView, year: int) -> Iterator[BasisSum]:
    """Every grant's year by basis and unit, and what is no grant's; one query."""
    text = """SELECT grant_id, unit_id, basis, sum(amount_ore)::bigint FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s GROUP BY 1, 2, 3"""
    for grant, unit, basis, ore in _asked(text, run, year, None):
        yield BasisSum(grant, unit, Basis(basis), ore)


def basis_totals(run: RunView, year: int) -> dict[Basis, int]:
    """What a year's forecast holds by each basis, of what the caller sees, øre; one query."""
    text = """SELECT basis, sum(amount_ore)::bigint FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s GROUP BY 1"""
    return {Basis(basis): ore for basis, ore in _asked(text, run, year, None)}


def basis_months(run: RunView, year: int) -> Iterator[BasisMonth]:
    """Every row of a year's forecast; one query."""
    text = """SELECT grant_id, unit_id, citizen_id, section, account, month, basis, amount_ore FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(first)s AND month < %(end)s"""
    for grant, unit, citizen, section, account, month, basis, ore in _asked(text, run, year, None):
        yield BasisMonth(grant, unit, citizen, section, account, month, Basis(basis), ore)


def economy_rows(run: RunView, year: int, *, unit_id: UUID | None = None) -> list[EconomyRow]:
    """Every row of the year, by unit, account and grant; one query."""
    return [EconomyRow(*row) for row in _asked(_ROWS, run, year, unit_id)]


def unit_months(run: RunView, year: int, *, unit_id: UUID | None = None) -> list[UnitMonth]:
    """Every unit's months; one query."""
    return [UnitMonth(name, month, *sums) for name, _, month, *sums in _asked(_MONTHS, run, year, unit_id)]


def _asked(text: str, run: RunView, year: int, unit_id: UUID | None) -> list[Any]:
    given: dict[str, Any] = {"run": run.id, "unit": unit_id, "first": date(year, 1, 1), "end": date(year + 1, 1, 1)}
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[Any] = cursor.fetchall()
    return rows
