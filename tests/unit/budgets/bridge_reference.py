"""The slow, obvious reference of the bridge: key by key, in fractions, rounded where the text of the bridge says so."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from unit.budgets.forecast_reference import days_of, forecast_of, next_month
from unit.budgets.recurring_reference import carried_of, recurring_of

if TYPE_CHECKING:
    from unit.budgets.bridge_worlds import BudgetWorld

About = tuple[int | None, str, str, int | None, int | None]
"""Unit, section, account, citizen, grant (numbers)."""


@dataclass
class Sums:
    """What is known of a key."""

    budget: int = 0
    forecast: int = 0
    beside: int = 0
    budget_days: int = 0
    forecast_days: int = 0
    own: bool = False


def bridge_of(given: BudgetWorld) -> dict[About, tuple[int, ...]]:
    """Return budget, forecast, price, volume, mix, timing, unplaced, budget days and forecast days of each key."""
    rows = _rows(given)
    averages: dict[tuple[int | None, str], list[int]] = defaultdict(lambda: [0, 0])
    for about, sums in rows.items():
        if sums.own and sums.budget_days:
            averages[about[0], about[1]][0] += sums.budget
            averages[about[0], about[1]][1] += sums.budget_days
    return {about: _parts(sums, *averages[about[0], about[1]]) for about, sums in rows.items()}


def _parts(sums: Sums, price: int, price_days: int) -> tuple[int, ...]:
    ends = (sums.budget_days, sums.forecast_days)
    if not sums.own:
        return (sums.budget, sums.forecast, 0, 0, 0, 0, sums.forecast - sums.budget, *ends)
    within = sums.forecast - sums.beside
    if sums.budget_days and sums.forecast_days:
        at_budget = _rounded(Fraction(sums.forecast_days * sums.budget, sums.budget_days))
        dearer, more = within - at_budget, at_budget - sums.budget
    else:
        dearer, more = 0, within - sums.budget
    unbudgeted = not sums.budget_days and price_days
    volume = _rounded(Fraction(sums.forecast_days * price, price_days)) if unbudgeted else more
    return (sums.budget, sums.forecast, dearer, volume, more - volume, sums.beside, 0, *ends)


def _rows(given: BudgetWorld) -> dict[About, Sums]:
    world, year = given.world, given.year
    runs = _runs(given)
    rows: dict[About, Sums] = defaultdict(Sums)
    forecast = forecast_of(world) | recurring_of(world) | carried_of(world)
    for (citizen, grant, unit, section, account, month, _), ore in forecast.items():
        if month.year == year:
            sums = rows[unit, section, account, citizen, grant]
            sums.forecast += ore
            run = runs.get(grant)
            sums.beside += 0 if run and run[0] < next_month(month) and run[1] > month else ore
    for about, by_month in _budget(given).items():
        sums = rows[about]
        sums.budget = sum(by_month.values())
        sums.budget_days = sum((next_month(month) - month).days for month, ore in by_month.items() if ore)
    for about, sums in rows.items():
        unit, _, account, _, grant = about
        held = None if grant is None else world.grants[grant]
        sums.own = (
            held is not None
            and held.status not in {"draft", "withdrawn"}
            and (held.unit, held.account) == (unit, account)
        )
        run = runs.get(grant)
        sums.forecast_days = (run[1] - run[0]).days if sums.own and run else 0
        if not sums.own:
            sums.budget_days = 0
    return rows


def _runs(given: BudgetWorld) -> dict[int | None, tuple[date, date]]:
    """The days of the year on which a grant runs."""
    world, year = given.world, given.year
    runs: dict[int | None, tuple[date, date]] = {}
    for number, held in enumerate(world.grants):
        if held.status in {"draft", "withdrawn"}:
            continue
        starts, ends = days_of(world, held, held.lines)
        first = max(starts, date(year, 1, 1))
        if held.status in {"expected", "awaiting"}:
            first = max(first, world.closed_before)
        last = min(ends, date(year + 1, 1, 1))
        if first < last:
            runs[number] = (first, last)
    return runs


def _budget(given: BudgetWorld) -> dict[About, dict[date, int]]:
    world = given.world
    rows: dict[About, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for line in given.budget:
        if line.month.year != given.year or line.account[5] == "2":
            continue
        grant = line.grant
        if grant is None and line.citizen is not None:
            held = [
                number
                for number, one in enumerate(world.grants)
                if (one.citizen, one.unit, one.account) == (line.citizen, line.unit, line.account)
                and one.status not in {"draft", "withdrawn"}
            ]
            grant = held[0] if len(held) == 1 else None
        known = None if grant is None else world.grants[grant]
        citizen = line.citizen if line.citizen is not None or known is None else known.citizen
        rows[line.unit, known.section if known else "", line.account, citizen, grant][line.month] += line.ore
    return rows


def _rounded(number: Fraction) -> int:
    whole, rest = divmod(abs(number.numerator), number.denominator)
    return (whole + (2 * rest >= number.denominator)) * (1 if number >= 0 else -1)
