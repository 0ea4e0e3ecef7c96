"""The relation equals the day-by-day reference to the øre, whatever the service line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.kernel.engine import DuckEngine
from unit.grants_core.cost_reference import Days, Line, expected, four_decimals
from unit.grants_core.cost_strategies import horizons, lines
from unit.grants_core.cost_tables import service_id, tables, with_dates

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(given_lines=st.lists(lines(), min_size=1, max_size=12), days=horizons())
def test_duckdb_equals_the_reference(duck: DuckEngine, given_lines: list[Line], days: Days) -> None:
    for relation, rows in tables(given_lines, days).items():
        duck.load(relation, rows)
    wanted = {
        (service_id(number), first): (four_decimals(month.quantity), month.ore, month.unpriced_days)
        for number, line in enumerate(given_lines)
        for first, month in expected(line, days).items()
    }
    got = {
        (row["service_id"], row["month"]): (row["quantity"], row["amount_ore"], row["unpriced_days"])
        for row in duck.rows(with_dates, key="test expected cost")
    }
    assert got == wanted
