"""What the council budgeted for rides: those that ran when the budget was made by grant, and a pool for the rest."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.ledger_budget import OCTOBER, Row, thousands
from exampletown.ledger_files import BUDGET_COLUMNS
from exampletown.sheets import write_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exampletown.model import Town
    from exampletown.transport_state import Ride, Transport

INDEXED = Decimal("0.97")
"""The budget was made before the operators' prices rose."""
POOL = Decimal("0.85")
"""A guess at what nobody had asked for yet, and a little too low."""


def write_budget(place: Path, town: Town, made: Transport) -> None:
    """One file for this year and the last."""
    write_csv(place / "budget befordring.csv", BUDGET_COLUMNS, budget_rows(town, made))


def budget_rows(town: Town, made: Transport) -> Iterator[Row]:
    """Rows as the care's budget has them, for each year that has trips; a year is budgeted for the months driven."""
    monthly, driven = driven_months(made)
    for year in (town.today.year - 1, town.today.year):
        known_on = date(year - 1, OCTOBER, 1)
        months = [date(year, month, 1) for month in range(1, 13)]
        if year < town.today.year:
            months = [month for month in months if month in driven]
        pools: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
        for ride in made.rides:
            cost = monthly.get(ride.number, Decimal(0)) * sum(runs(ride, month) for month in months) * INDEXED
            if cost and ride.start < known_on:
                said = (ride.citizen.number, ride.number, ride.unit.number, None)
                yield year, None, "oprindelig", ride.account, thousands(cost), *said
            else:
                pools[ride.unit.number, ride.account] += cost * POOL
        for (unit, account), amount in sorted(pools.items()):
            if thousands(amount):
                yield year, None, "oprindelig", account, thousands(amount), None, None, unit, "Pulje til ny befordring"


def driven_months(made: Transport) -> tuple[dict[str, Decimal], set[date]]:
    """What a grant's rides cost in a month on average, kroner, and the months that have trips."""
    ore: defaultdict[str, int] = defaultdict(int)
    months: defaultdict[str, set[date]] = defaultdict(set)
    for settlement in made.settlements:
        for trip in settlement.trips:
            if trip.ride is not None:
                ore[trip.ride.number] += trip.cost + trip.fee - trip.user_payment
                months[trip.ride.number].add(settlement.month)
    means = {number: Decimal(whole) / 100 / len(months[number]) for number, whole in ore.items()}
    return means, set().union(*months.values())


def runs(ride: Ride, month: date) -> bool:
    """The grant has a day in the month."""
    return ride.start < month_start(month, 1) and (ride.end is None or ride.end > month)
