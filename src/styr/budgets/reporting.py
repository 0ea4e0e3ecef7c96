"""A year's forecast in all, by unit, month and basis, worked out now from the registers: for the command."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.budgets.assumptions import index_percents
from styr.budgets.core.codes import Basis
from styr.budgets.counting import asked, counted
from styr.budgets.learning import learned
from styr.budgets.services import planned_for_all

if TYPE_CHECKING:
    from datetime import date

    from styr.budgets.core.frame import Frame

_BUDGET: Final = """
SELECT unit_id, month, sum(revised_ore)::bigint FROM rel_budget
WHERE month >= %(first_day)s AND month < %(end_day)s AND substr(account, 6, 1) <> '2' GROUP BY 1, 2"""
_UNITS: Final = "SELECT id, number, name FROM access_unit"
_NOBODY: Final = ("", "Uden enhed")


@dataclass
class Sums:
    """A budget and a forecast by basis, øre."""

    budget_ore: int = 0
    by_basis: dict[str, int] = field(default_factory=lambda: dict.fromkeys(Basis.values(), 0))

    def as_json(self) -> dict[str, Any]:
        """As written to machines; amounts in øre."""
        forecast = sum(self.by_basis.values())
        return {
            "budget_ore": self.budget_ore,
            "forecast_ore": forecast,
            "deviation_ore": forecast - self.budget_ore,
            **{f"{basis}_ore": ore for basis, ore in self.by_basis.items()},
        }


@dataclass
class Report:
    """The sums of a year: in all, by unit (number, name), by month, and by unit and month."""

    frame: Frame
    unindexed_years: list[int]
    total: Sums = field(default_factory=Sums)
    units: dict[tuple[str, str], Sums] = field(default_factory=lambda: defaultdict(Sums))
    months: dict[date, Sums] = field(default_factory=lambda: defaultdict(Sums))
    cells: dict[tuple[tuple[str, str], date], Sums] = field(default_factory=lambda: defaultdict(Sums))

    def touched(self, unit: tuple[str, str], month: date) -> tuple[Sums, ...]:
        """Every sum that an amount of that unit and month belongs to."""
        return self.total, self.units[unit], self.months[month], self.cells[unit, month]

    def as_json(self) -> dict[str, Any]:
        """As written to machines."""
        return {
            "year": self.frame.first_year,
            "as_of": self.frame.as_of.isoformat(),
            "closed_before": self.frame.closed_before.isoformat(),
            "unindexed_years": self.unindexed_years,
            "total": self.total.as_json(),
            "units": [
                {
                    "number": unit[0],
                    "name": unit[1],
                    **sums.as_json(),
                    "months": [
                        {"month": month.isoformat()[:7], **cell.as_json()}
                        for (of_unit, month), cell in sorted(self.cells.items())
                        if of_unit == unit
                    ],
                }
                for unit, sums in sorted(self.units.items())
            ],
            "months": [
                {"month": month.isoformat()[:7], **sums.as_json()} for month, sums in sorted(self.months.items())
            ],
        }


def year_report(frame: Frame) -> Report:
    """Work out the forecast of the frame's one year, and put the budget beside it. Six statements."""
    percents = index_percents()
    report = Report(frame, frame.unindexed(percents))
    sums = f"SELECT unit_id, month, basis, sum(amount_ore)::bigint FROM ({counted()}) AS rows GROUP BY 1, 2, 3"  # noqa: S608 - compiled by us
    with connection.cursor() as cursor:
        cursor.execute(_UNITS)
        units = {key: (number, name) for key, number, name in cursor.fetchall()}
        with planned_for_all(cursor):
            given = asked(frame, percents, learned(frame))
            cursor.execute(sums, given)
            rows = cursor.fetchall()
        for unit_id, month, basis, ore in rows:
            for touched in report.touched(units.get(unit_id, _NOBODY), month):
                touched.by_basis[basis] += ore
        cursor.execute(_BUDGET, given)
        for unit_id, month, ore in cursor.fetchall():
            for touched in report.touched(units.get(unit_id, _NOBODY), month):
                touched.budget_ore += ore
    return report
