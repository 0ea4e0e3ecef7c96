"""The forecast equals the day-by-day reference to the øre, whatever the municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from styr.budgets.core.forecast import citizen_forecast, forecast
from styr.kernel.engine import DuckEngine
from unit.budgets.forecast_reference import World, forecast_of
from unit.budgets.recurring_reference import carried_of, recurring_of
from unit.budgets.world_tables import keyed, rows_of, world_tables
from unit.budgets.worlds import worlds

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_duckdb_equals_the_reference(duck: DuckEngine, world: World) -> None:
    for relation, rows in world_tables(world).items():
        duck.load(relation, rows)
    rows = rows_of(duck, forecast)
    got = keyed(rows)
    assert len(got) == len(rows)
    wanted = forecast_of(world) | recurring_of(world) | carried_of(world)
    assert got == wanted
    of_citizens = keyed(rows_of(duck, citizen_forecast))
    assert of_citizens == {key: ore for key, ore in wanted.items() if key[-1] != "provision"}
