"""The bridge equals the reference to the øre and always adds up, whatever the municipality and its budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from styr.budgets.core.bridge import PARTS, bridge
from styr.budgets.core.forecast import forecast
from styr.budgets.core.relations import FORECAST
from styr.kernel.engine import DuckEngine
from unit.budgets.bridge_reference import About, bridge_of
from unit.budgets.bridge_worlds import BudgetWorld, budget_tables, budget_worlds
from unit.budgets.world_tables import CITIZEN, GRANT_ID, UNIT, number_of, rows_of, world_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = ("budget_ore", "forecast_ore", *PARTS, "budget_days", "forecast_days")


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


def _about(row: dict[str, Any]) -> About:
    unit, citizen, grant = (
        number_of(kind, row[name])
        for kind, name in ((UNIT, "unit_id"), (CITIZEN, "citizen_id"), (GRANT_ID, "grant_id"))
    )
    return unit, row["section"], row["account"], citizen, grant


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(given_world=budget_worlds())
def test_duckdb_equals_the_reference_and_the_parts_add_up(duck: DuckEngine, given_world: BudgetWorld) -> None:
    for relation, rows in (world_tables(given_world.world) | budget_tables(given_world)).items():
        duck.load(relation, rows)
    duck.load(FORECAST, rows_of(duck, forecast))
    rows = duck.rows(bridge, key="test bridge")
    assert {_about(row): tuple(row[name] for name in COLUMNS) for row in rows} == bridge_of(given_world)
    for row in rows:
        assert row["budget_ore"] + sum(row[part] for part in PARTS) == row["forecast_ore"]
