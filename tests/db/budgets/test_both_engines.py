"""The same expressions give the same rows in PostgreSQL as in DuckDB, to the øre."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings

from styr.budgets.core.bridge import bridge
from styr.budgets.core.forecast import forecast
from styr.budgets.core.relations import FORECAST
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_postgres
from unit.budgets.bridge_worlds import BudgetWorld, budget_tables, budget_worlds
from unit.budgets.world_tables import rows_of, world_tables

pytestmark = pytest.mark.django_db


@cache
def _texts() -> tuple[str, str]:
    return forecast().text(compile_postgres), compile_postgres(bridge)


def _in_order(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in sorted(row)) for row in rows), key=str)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(given_world=budget_worlds())
def test_postgresql_equals_duckdb(given_world: BudgetWorld) -> None:
    in_postgres, bridge_in_postgres = _texts()
    with connection.cursor() as cursor, DuckEngine(threads=1) as duck:
        postgres = PostgresEngine(cursor)
        for relation, rows in (world_tables(given_world.world) | budget_tables(given_world)).items():
            postgres.load(relation, rows)
            duck.load(relation, rows)

        def same(wanted: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
            cursor.execute(text)
            names = [column[0] for column in cursor.description]
            got = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
            assert {type(value) for row in got for name, value in row.items() if name.endswith("_ore")} <= {int}
            assert _in_order(got) == _in_order(wanted)
            return wanted

        rows = same(rows_of(duck, forecast), in_postgres)
        postgres.load(FORECAST, rows)
        duck.load(FORECAST, rows)
        same(duck.rows(bridge, key="test bridge"), bridge_in_postgres)
