"""Small municipalities with a budget, at random."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from styr.budgets.core.relations import BRIDGE_YEAR
from styr.ledger.core.relations import BUDGET
from unit.budgets.world_tables import CITIZEN, GRANT_ID, UNIT, filled, of
from unit.budgets.worlds import ACCOUNTS, worlds

if TYPE_CHECKING:
    from styr.kernel.relation import Relation
    from unit.budgets.forecast_reference import World

REFUND = "5220722000100140"


@dataclass(frozen=True)
class Line:
    """A month of a line of the budget."""

    unit: int | None
    citizen: int | None
    grant: int | None
    account: str
    month: date
    ore: int


@dataclass(frozen=True)
class BudgetWorld:
    """A world, its budget, and the year whose bridge is asked for."""

    world: World
    budget: tuple[Line, ...]
    year: int


@st.composite
def _lines(draw: st.DrawFn, world: World) -> list[Line]:
    """A line of a grant on its own account, or of anything; for some months."""
    number = draw(st.none() | st.integers(0, len(world.grants) - 1))
    held = None if number is None else world.grants[number]
    own = held is not None and draw(st.booleans())
    about: dict[str, Any] = {
        "unit": held.unit if own and held else draw(st.none() | st.integers(0, 1)),
        "citizen": held.citizen if held else draw(st.none() | st.integers(0, 2)),
        "grant": number if draw(st.booleans()) else None,
        "account": (held.account if own and held else "") or draw(st.sampled_from([*ACCOUNTS[:2], REFUND])),
    }
    ore = draw(st.integers(-100_000, 5_000_000))
    first, last = sorted(draw(st.tuples(st.integers(1, 12), st.integers(1, 12))))
    return [Line(**about, month=date(2024, month, 1), ore=ore) for month in range(first, last + 1)]


@st.composite
def budget_worlds(draw: st.DrawFn) -> BudgetWorld:
    world = draw(worlds())
    lines = [line for some in draw(st.lists(_lines(world), max_size=4)) for line in some]
    return BudgetWorld(world, tuple(lines), 2024)


def budget_tables(given: BudgetWorld) -> dict[Relation, list[dict[str, Any]]]:
    rows = [
        filled(
            BUDGET, budget_line_id=of(0, number), unit_id=of(UNIT, line.unit), citizen_id=of(CITIZEN, line.citizen),
            grant_id=of(GRANT_ID, line.grant), account=line.account, month=line.month, original_ore=0,
            revised_ore=line.ore,
        )
        for number, line in enumerate(given.budget)
    ]  # fmt: skip
    return {
        BUDGET: rows,
        BRIDGE_YEAR: [{"year_first": date(given.year, 1, 1), "year_end": date(given.year + 1, 1, 1)}],
    }
