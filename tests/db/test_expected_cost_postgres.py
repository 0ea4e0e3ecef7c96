"""The same expression gives the same rows in PostgreSQL as in DuckDB, to the øre."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.grants.core.cost_relations import SERVICE_DATE
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.kernel.engine import DuckEngine, PostgresEngine
from styr.kernel.relation import NARROW
from unit.grants_core.cost_strategies import horizons, lines
from unit.grants_core.cost_tables import service_id, tables, with_dates

if TYPE_CHECKING:
    import ibis

    from unit.grants_core.cost_reference import Days, Line

KEY = "test expected cost"


def _in_order(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("service_id", "month", "grant_id", "quantity", "unit", "amount_ore", "unpriced_days")
    return sorted(tuple(row[name] for name in names) for row in rows)


def narrowed() -> ibis.Table:
    return expected_cost(CostInputs(once_date=SERVICE_DATE.table()).narrowed())


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(given_lines=st.lists(lines(), min_size=1, max_size=12), days=horizons())
def test_postgresql_equals_duckdb(given_lines: list[Line], days: Days) -> None:
    with connection.cursor() as cursor, DuckEngine(threads=1) as duck:
        postgres = PostgresEngine(cursor)
        for relation, rows in tables(given_lines, days).items():
            postgres.load(relation, rows)
            duck.load(relation, rows)
        wanted = _in_order(duck.rows(with_dates, key=KEY))
        assert _in_order(postgres.rows(with_dates, key=KEY)) == wanted
        changed = {service_id(number) for number in range(0, len(given_lines), 2)}
        postgres.load(NARROW, [{"id": each} for each in changed])
        narrow = postgres.rows(narrowed, key=f"{KEY} narrowed")
        assert {type(row["amount_ore"]) for row in narrow} <= {int}
        assert _in_order(narrow) == [row for row in wanted if row[0] in changed]
