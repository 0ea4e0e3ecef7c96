from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa
import pytest

from styr.kernel import engine as engines
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_postgres
from styr.kernel.relation import NARROW, Relation

if TYPE_CHECKING:
    import ibis

THING = Relation("rel_thing", {"id": "uuid", "day": "date", "amount": "decimal(14, 4)", "name": "string"})
ROWS = [
    {"id": UUID(int=1), "day": date(2026, 1, 1), "amount": Decimal("1.5"), "name": "æ", "more": 1},
    {"id": UUID(int=2), "day": None, "amount": None, "name": 'x"y', "more": 2},
]


class _Cursor:
    """Remembers what it is asked."""

    description = (("id",), ("name",))
    rowcount = 7

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Any]] = []

    def execute(self, query: Any, params: Any = None, /) -> None:
        self.asked.append((query, params))

    def fetchall(self) -> list[Any]:
        return [(1, "a")]


def test_rows_come_back_as_they_were_loaded() -> None:
    with DuckEngine() as engine:
        engine.load(THING, ROWS)
        wanted = [{name: row[name] for name in THING.columns} for row in ROWS]
        assert engine.rows(THING.table().order_by("id")) == wanted
        engine.load(THING, [])
        assert engine.rows(THING.table) == []


def test_instants_come_back_in_utc() -> None:
    seen = Relation("rel_seen", {"id": "uuid", "at": "timestamp('UTC')"})
    rows = [{"id": UUID(int=1), "at": datetime(2026, 3, 29, 1, 30, 0, 250, tzinfo=UTC)}, {"id": None, "at": None}]
    with DuckEngine() as engine:
        engine.load(seen, rows)
        assert engine.rows(seen.table().order_by("id")) == rows


def test_arrow_goes_in_and_out() -> None:
    with DuckEngine(threads=1) as engine:
        engine.load(NARROW, pa.table({"id": [str(UUID(int=1))]}))
        assert engine.arrow(NARROW.table(), key="test arrow").to_pylist() == [{"id": str(UUID(int=1))}]


def test_a_keyed_expression_is_built_once() -> None:
    built = []

    def build() -> ibis.Table:
        built.append(1)
        return THING.table().select("id")

    texts = {compile_postgres(build, key="test once") for _ in range(3)}
    assert texts == {'SELECT "t0"."id" FROM "rel_thing" AS "t0"'}
    assert built == [1]


def test_postgres_runs_on_the_callers_cursor() -> None:
    cursor = _Cursor()
    engine = PostgresEngine(cursor)
    assert engine.rows(THING.table().select("id", "name")) == [{"id": 1, "name": "a"}]
    assert engine.insert_select("finding", ["id"], THING.table, suffix="ON CONFLICT DO NOTHING") == 7
    assert cursor.asked[-1][0].startswith('INSERT INTO "finding" ("id") SELECT "id" FROM (SELECT ')
    assert cursor.asked[-1][0].endswith("AS source ON CONFLICT DO NOTHING")


def test_postgres_loads_a_relation_as_a_temporary_table() -> None:
    cursor = _Cursor()
    PostgresEngine(cursor).load(THING, ROWS)
    texts = [text for text, _ in cursor.asked]
    assert (
        'CREATE TEMPORARY TABLE "rel_thing" ("id" UUID, "day" DATE, "amount" DECIMAL(14, 4), "name" VARCHAR)'
        in texts[0]
    )
    assert "unnest(%s::UUID[], %s::DATE[], %s::DECIMAL(14, 4)[], %s::VARCHAR[])" in texts[1]
    assert cursor.asked[1][1][1] == [date(2026, 1, 1), None]


def test_duckdb_fetches_nothing_from_the_network() -> None:
    with DuckEngine() as engine, pytest.raises(Exception, match="httpfs"):
        engine.connection.execute("SELECT * FROM 'https://localhost/x.parquet'")


def test_names_are_quoted() -> None:
    assert engines._quoted('a"b') == '"a""b"'
