"""What a page shows of a scenario: months, years, one row a section, unit or supplier, and each change's effect."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import pyarrow.compute as pc  # type: ignore[import-untyped] # it ships no types

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from styr.planning.core.workbench import Result

By = Literal["section", "unit_id", "supplier_id"]
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Pair:
    """An amount as expected today and in the scenario, øre."""

    before_ore: int = 0
    after_ore: int = 0

    @property
    def more_ore(self) -> int:
        """What the scenario costs more; negative where it saves."""
        return self.after_ore - self.before_ore

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.before_ore + other.before_ore, self.after_ore + other.after_ore)


@dataclass(frozen=True)
class Row:
    """One section, unit or supplier: its id or code, and a pair for each year."""

    key: str | UUID | None
    years: tuple[Pair, ...]

    @property
    def total(self) -> Pair:
        """All years."""
        return sum(self.years, Pair())


@dataclass(frozen=True)
class Outcome:
    """A scenario worked out: `years` of the horizon, pairs by month and year, and each change's effect by year, øre.

    The effects of a year add up to what the scenario costs more in it.
    """

    years: tuple[int, ...]
    by_month: tuple[tuple[date, Pair], ...]
    by_year: tuple[Pair, ...]
    effects: tuple[tuple[int, ...], ...]
    result: Result

    @property
    def total(self) -> Pair:
        """All years."""
        return sum(self.by_year, Pair())

    def rows(self, by: By) -> tuple[Row, ...]:
        """One row a section, unit or supplier; those that change most first, then the dearest."""
        names = _keys(self.result, by)
        sums: dict[object, list[Pair]] = defaultdict(lambda: [Pair()] * len(self.years))
        for group, year, before, after in _by_group_and_year(self.result):
            key = names[group]
            sums[key][year] += Pair(before, after)
        found = (Row(key, tuple(years)) for key, years in sums.items())  # type: ignore[arg-type] # the columns' types
        return tuple(sorted(found, key=lambda row: (-abs(row.total.more_ore), -row.total.before_ore, str(row.key))))


def outcome_of(result: Result, months: Sequence[date]) -> Outcome:
    """Add a result up; `months` are the first days of the horizon's months, whole years of them."""
    last = result.rows.num_columns - 3
    names = [f"ore_{number}" for number in range(last + 1)]
    summed = result.rows.group_by("month_no").aggregate([(name, "sum") for name in names])
    amounts = [[0] * len(months) for _ in names]
    columns = [summed[f"{name}_sum"].to_pylist() for name in names]
    for at, number in enumerate(summed["month_no"].to_pylist()):
        for place, column in enumerate(columns):
            amounts[place][number] = int(column[at])
    pairs = [Pair(before, after) for before, after in zip(amounts[0], amounts[-1], strict=True)]
    starts = range(0, len(months), MONTHS_A_YEAR)
    yearly = [[sum(row[start : start + MONTHS_A_YEAR]) for start in starts] for row in amounts]
    return Outcome(
        years=tuple(months[start].year for start in starts),
        by_month=tuple(zip(months, pairs, strict=True)),
        by_year=tuple(sum(pairs[start : start + MONTHS_A_YEAR], Pair()) for start in starts),
        effects=tuple(
            tuple(after - before for before, after in zip(yearly[place], yearly[place + 1], strict=True))
            for place in range(last)
        ),
        result=result,
    )


def _keys(result: Result, by: By) -> list[Any]:
    """What each group is called; DuckDB hands ids over as words."""
    words = result.groups[by].to_pylist()
    return words if by == "section" else [None if word is None else UUID(str(word)) for word in words]


def _by_group_and_year(result: Result) -> list[tuple[int, int, int, int]]:
    """(group_no, year's place, before, after): at most a row a group and year."""
    last = f"ore_{result.rows.num_columns - 3}"
    year = pc.divide(result.rows["month_no"], MONTHS_A_YEAR)
    table = result.rows.select(["group_no"]).append_column("year", year)
    table = table.append_column("before", result.rows["ore_0"]).append_column("after", result.rows[last])
    summed = table.group_by(["group_no", "year"]).aggregate([("before", "sum"), ("after", "sum")])
    wanted = (summed[name].to_pylist() for name in ("group_no", "year", "before_sum", "after_sum"))
    return list(zip(*wanted, strict=True))


def effect_by_supplier(result: Result, place: int) -> dict[tuple[UUID | None, UUID | None], dict[int, int]]:
    """Return what the change in that place does, øre: (supplier, unit) → the horizon's year (0, 1 …) → amount."""
    year = pc.divide(result.rows["month_no"], MONTHS_A_YEAR)
    table = result.rows.select(["group_no"]).append_column("year", year)
    table = table.append_column("before", result.rows[f"ore_{place}"])
    table = table.append_column("after", result.rows[f"ore_{place + 1}"])
    summed = table.group_by(["group_no", "year"]).aggregate([("before", "sum"), ("after", "sum")])
    suppliers, units = _keys(result, "supplier_id"), _keys(result, "unit_id")
    found: dict[tuple[UUID | None, UUID | None], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    columns = (summed[name].to_pylist() for name in ("group_no", "year", "before_sum", "after_sum"))
    for group, at, before, after in zip(*columns, strict=True):
        if before != after:
            found[suppliers[group], units[group]][at] += after - before
    return found
