"""The figures behind the economy's pages: a stored forecast beside the budget, summed as asked. One statement each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.core.codes import Basis
from styr.kernel.codes import DanishCode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID


class By(DanishCode):
    """What figures are summed by."""

    UNIT = "unit", "enhed"
    SECTION = "section", "paragraf"
    ACCOUNT = "account", "konto"
    FUNCTION = "function", "funktion"
    CITIZEN = "citizen", "borger"
    GRANT = "grant", "bevilling"
    SUPPLIER = "supplier", "leverandør"
    MONTH = "month", "måned"


@dataclass(frozen=True, kw_only=True)
class Among:
    """Which figures: all, or those of one unit, section, account (its first digits do), citizen, grant."""

    unit_id: UUID | None = None
    section: str | None = None
    account: str | None = None
    citizen_id: UUID | None = None
    grant_id: UUID | None = None
    without_unit: bool = False

    def condition(self, of: str = "") -> str:
        """SQL over `cells`, or over the table whose name with a dot is given."""
        wanted = {
            "unit_id = %(of_unit)s": self.unit_id,
            "section = %(of_section)s": self.section,
            "account LIKE %(of_account)s": self.account,
            "citizen_id = %(of_citizen)s": self.citizen_id,
            "grant_id = %(of_grant)s": self.grant_id,
        }
        chosen = [f"{of}{text}" for text, value in wanted.items() if value is not None]
        return " AND ".join(chosen + ([f"{of}unit_id IS NULL"] if self.without_unit else [])) or "true"

    def values(self) -> dict[str, Any]:
        """The values of the condition."""
        return {
            "of_unit": self.unit_id,
            "of_section": self.section,
            "of_account": None if self.account is None else f"{self.account}%",
            "of_citizen": self.citizen_id,
            "of_grant": self.grant_id,
        }


ALL: Final = Among()


@dataclass(frozen=True, slots=True)
class Figures:
    """A year, or a month, of one thing, in øre. `key` is an id, a code, or a month's first day; None: nobody knows."""

    key: Any
    original_ore: int
    budget_ore: int
    actual_ore: int
    accrual_ore: int
    granted_ore: int
    expected_ore: int
    provision_ore: int
    recurring_ore: int
    carried_ore: int
    trend_ore: int

    @property
    def forecast_ore(self) -> int:
        """What the year is forecast to cost."""
        return sum(ore for _, ore in self.by_basis)

    @property
    def by_basis(self) -> tuple[tuple[Basis, int], ...]:
        """Each basis with its amount; they add up to the forecast."""
        return tuple((basis, getattr(self, f"{basis.value}_ore")) for basis in Basis)

    @property
    def so_far_ore(self) -> int:
        """What closed months cost: booked and accrued."""
        return self.actual_ore + self.accrual_ore

    @property
    def deviation_ore(self) -> int:
        """Forecast less budget: above nought is overspending (merforbrug)."""
        return self.forecast_ore - self.budget_ore


NOTHING: Final = Figures(None, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)

# The account tells the section of a budget that names no grant, where all its grants are of one section.
_CELLS: Final = """
WITH rows AS MATERIALIZED (
    SELECT unit_id, section, account, citizen_id, grant_id, month, basis, amount_ore FROM budgets_forecastrow
    WHERE run_id = %(run)s AND month >= %(year_first)s AND month < %(year_end)s
), sections AS (
    SELECT account, min(section) AS section FROM rows WHERE section <> '' AND account <> ''
    GROUP BY account HAVING min(section) = max(section)
), cells AS (
    SELECT unit_id, coalesce(nullif(section, ''), (SELECT s.section FROM sections s WHERE s.account = r.account), '')
               AS section, account, citizen_id, grant_id, month, basis, amount_ore, 0::bigint AS original_ore
    FROM rows r
    UNION ALL
    SELECT b.unit_id, coalesce(g.section, s.section, ''), b.account, coalesce(b.citizen_id, g.citizen_id), b.grant_id,
           b.month, 'budget', b.revised_ore, b.original_ore
    FROM rel_budget b LEFT JOIN rel_grant g ON g.grant_id = b.grant_id LEFT JOIN sections s ON s.account = b.account
    WHERE b.month >= %(year_first)s AND b.month < %(year_end)s AND substr(b.account, 6, 1) <> '2'
)"""
_KEY: Final = {
    By.UNIT: "unit_id",
    By.SECTION: "section",
    By.ACCOUNT: "account",
    By.FUNCTION: "left(account, 5)",
    By.CITIZEN: "citizen_id",
    By.GRANT: "grant_id",
    By.MONTH: "month",
}
_SUPPLIER: Final = """(SELECT coalesce(k.supplier_id, g.supplier_id) FROM rel_grant g
    LEFT JOIN rel_contract k ON k.contract_id = g.contract_id WHERE g.grant_id = by_grant.key)"""
_SUMS: Final = ", ".join(
    [
        "coalesce(sum(original_ore), 0)::bigint",
        *(
            f"coalesce(sum(amount_ore) FILTER (WHERE basis = '{basis}'), 0)::bigint"
            for basis in ("budget", *Basis.values())
        ),
    ]
)


def figures(*, run_id: UUID, year: int, by: By, among: Among = ALL) -> tuple[Figures, ...]:
    """Return a year's figures summed by something, the largest forecast first (months in order).

    Budgets are the revised ones; what the state refunds is no part of them. One query.
    """
    if by is By.SUPPLIER:
        return _by_supplier(run_id, year, among)
    order = "1" if by is By.MONTH else "sum(amount_ore) FILTER (WHERE basis <> 'budget') DESC NULLS LAST, 1"
    found = _ask(
        f"SELECT {_KEY[by]}, {_SUMS} FROM cells WHERE {among.condition()} GROUP BY 1 ORDER BY {order}",  # noqa: S608 - our own names
        run_id,
        year,
        among,
    )
    return tuple(Figures(*row) for row in found)


def total_figures(*, run_id: UUID, year: int, among: Among = ALL) -> Figures:
    """Return a year's figures in all. One query."""
    text = f"SELECT NULL, {_SUMS} FROM cells WHERE {among.condition()}"  # noqa: S608 - our own names
    found = _ask(text, run_id, year, among)
    return Figures(*found[0])


def total_and_nobodys_budget(*, run_id: UUID, year: int, among: Among = ALL) -> tuple[Figures, int]:
    """Return a year's figures in all, and how much of the budget (øre) lies on no citizen. One query."""
    nobodys = "coalesce(sum(amount_ore) FILTER (WHERE basis = 'budget' AND citizen_id IS NULL), 0)::bigint"
    text = f"SELECT {nobodys}, NULL, {_SUMS} FROM cells WHERE {among.condition()}"  # noqa: S608 - our own names
    budget_ore, *sums = _ask(text, run_id, year, among)[0]
    return Figures(*sums), budget_ore


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's month: budget and forecast, øre. `unit_id` is None where nobody knows the unit."""

    unit_id: UUID | None
    month: date
    budget_ore: int
    forecast_ore: int

    @property
    def deviation_ore(self) -> int:
        """Forecast less budget."""
        return self.forecast_ore - self.budget_ore


def units_by_month(*, run_id: UUID, year: int, among: Among = ALL) -> tuple[Cell, ...]:
    """Return each unit's months: for a heat table. One query."""
    sums = (
        "coalesce(sum(amount_ore) FILTER (WHERE basis = 'budget'), 0)::bigint, "
        "coalesce(sum(amount_ore) FILTER (WHERE basis <> 'budget'), 0)::bigint"
    )
    text = f"SELECT unit_id, month, {sums} FROM cells WHERE {among.condition()} GROUP BY 1, 2 ORDER BY 1, 2"  # noqa: S608 - ours
    return tuple(Cell(*row) for row in _ask(text, run_id, year, among))


def sums_of_runs(*, run_ids: Sequence[UUID], year: int, among: Among = ALL) -> dict[UUID, tuple[int, int]]:
    """Return what each run says of a year: of closed months, and of the whole year. One query."""
    text = f"""
    SELECT run_id, coalesce(sum(amount_ore) FILTER (WHERE basis IN ('actual', 'accrual')), 0)::bigint,
           sum(amount_ore)::bigint
    FROM budgets_forecastrow
    WHERE run_id = ANY(%(runs)s::uuid[]) AND month >= %(year_first)s AND month < %(year_end)s AND {among.condition()}
    GROUP BY 1"""  # noqa: S608 - our own names
    given = {"runs": list(run_ids), "year_first": f"{year}-01-01", "year_end": f"{year + 1}-01-01"}
    with connection.cursor() as cursor:
        cursor.execute(text, given | among.values())
        return {run: (so_far, whole) for run, so_far, whole in cursor.fetchall()}


def _by_supplier(run_id: UUID, year: int, among: Among) -> tuple[Figures, ...]:
    summed = f"SELECT grant_id AS key, {_SUMS} FROM cells WHERE {among.condition()} GROUP BY 1"  # noqa: S608 - ours
    names = ("original", "budget", *Basis.values())
    by_grant = f"({summed}) AS by_grant(key, {', '.join(names)})"
    sums = ", ".join(f"sum({name})::bigint" for name in names)
    ahead = f"sum({' + '.join(Basis.values())})"
    text = f"SELECT {_SUPPLIER} AS supplier, {sums} FROM {by_grant} GROUP BY 1 ORDER BY {ahead} DESC, 1"  # noqa: S608 - ours
    return tuple(Figures(*row) for row in _ask(text, run_id, year, among))


def _ask(select: str, run_id: UUID, year: int, among: Among) -> list[Any]:
    given = {"run": run_id, "year_first": f"{year}-01-01", "year_end": f"{year + 1}-01-01", **among.values()}
    with connection.cursor() as cursor:
        cursor.execute(f"{_CELLS} {select}", given)
        rows: list[Any] = cursor.fetchall()
    return rows
