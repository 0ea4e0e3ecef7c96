"""How fast the expected cost is computed: a municipality's services in DuckDB and PostgreSQL, and one rate change.

Run: python bench/expected_cost.py [SERVICES]. Every rule is in: all units, per day, week, month and total, opening
days, absence on every fifth service, three rates of which one changes inside a month, part months, open ends,
factors. Both engines must give the same sum, and a sample of services the same øre as the slow reference of the tests.
The bars are held against processor time, the best of several rounds, so that other work on the machine does not count.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from styr.config.postgres.bootstrap import admin  # noqa: E402 - after the path is set
from styr.config.postgres.cluster import Cluster  # noqa: E402 - the same
from styr.config.postgres.layout import default_home  # noqa: E402 - the same
from styr.contracts.core.relations import CALENDAR  # noqa: E402 - the same
from styr.grants.core.cost_relations import MONTH, month_rows  # noqa: E402 - the same
from styr.grants.core.expected_cost import CostInputs, expected_cost  # noqa: E402 - the same
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE  # noqa: E402 - the same
from styr.kernel.calendar import open_before  # noqa: E402 - the same
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_duckdb, compile_postgres  # noqa: E402 - the same
from styr.kernel.period import Period  # noqa: E402 - the same
from styr.kernel.relation import NARROW, Relation  # noqa: E402 - the same
from unit.grants_core.cost_reference import Days, Line, expected  # noqa: E402 - the tests are no package

ROUNDS = 5
HORIZON = Period(date(2026, 1, 1), date(2028, 1, 1))
CALENDAR_ID = UUID(int=1)
CHANGED = 1_000
SAMPLE = 150

# Design, section 6: measured on OS2bos with the same kind of data.
BAR_DUCKDB, BAR_POSTGRES, BAR_CHANGE_SECONDS, BAR_CHANGE_QUERIES = 2_000_000, 500_000, 0.3, 20
OS2BOS_FIXED, OS2BOS_RATES, OS2BOS_CHANGE_SECONDS, OS2BOS_CHANGE_QUERIES = 3_645, 733, 261, 123_003

_SERVICES = """
INSERT INTO rel_service
SELECT id, md5((i // 2)::VARCHAR || 'g')::UUID, NULL, 1, 'ophold', unit, per, (1 + hash(i) % 5)::DECIMAL(14, 4),
       CASE WHEN hash(i * 3) % 4 = 0 THEN 1.25 ELSE 1 END, starts,
       CASE WHEN per = 'total' OR hash(i * 7) % 3 = 0 THEN starts + 400 + (hash(i * 11) % 400)::INT END, NULL,
       '00000000-0000-0000-0000-000000000001'
FROM base"""
_BASE = """
CREATE TABLE base AS
SELECT i, md5(i::VARCHAR)::UUID AS id,
       (['day', 'opening_day', 'hour', 'week', 'month', 'trip', 'km', 'day', 'day', 'once'])[1 + (i % 10)] AS unit,
       (['day', 'day', 'week', 'week', 'month', 'month', 'total', 'day', 'day', 'total'])[1 + (i % 10)] AS per,
       DATE '2024-06-01' + (hash(i) % 900)::INT AS starts
FROM range({services}) AS numbers(i)"""
_RATES = """
INSERT INTO rel_rate
SELECT id, DATE '2024-01-01', DATE '2026-01-01', ((hash(i) % 500000) / 100.0)::DECIMAL(14, 4) FROM base
UNION ALL
SELECT id, DATE '2026-01-01', DATE '2027-01-01' + (hash(i) % 30)::INT, ((hash(i) % 510000) / 100.0)::DECIMAL(14, 4)
FROM base
UNION ALL
SELECT id, DATE '2027-01-01' + (hash(i) % 30)::INT, NULL, ((hash(i) % 520000) / 100.0)::DECIMAL(14, 4) FROM base"""
_ABSENCE = """
INSERT INTO rel_service_absence
SELECT id, DATE '2026-01-01' + (hash(i * 5) % 500)::INT, DATE '2026-01-11' + (hash(i * 5) % 500)::INT, 0.5
FROM base WHERE i % 5 = 0"""
_TABLES = (SERVICE, RATE, SERVICE_ABSENCE, CALENDAR, MONTH)


def main() -> None:
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with DuckEngine() as duck, _postgres() as connection:
        _make(duck, services)
        rows, total, seconds, processor = _in_duckdb(duck)
        _print(f"{services:,} services, {rows:,} rows (service x month), {total / 100:,.2f} kr.")
        _line("DuckDB", rows / seconds, rows / processor, BAR_DUCKDB)
        _copy(duck, connection)
        same, pg_seconds, pg_processor = _in_postgres(connection)
        assert same == (rows, total), "the engines disagree"
        _line("PostgreSQL", rows / pg_seconds, rows / pg_processor, BAR_POSTGRES)
        _reference(duck, rows / seconds)
        _rate_change(connection)


def _print(text: str) -> None:
    print(text)
    print(f"{'':22}{'rows/s':>12}{'per cpu s':>12}{'x bar':>8}{'x OS2bos fixed':>16}{'x OS2bos rates':>16}")


def _line(name: str, rate: float, per_processor: float, bar: int | None) -> None:
    against = f"{per_processor / bar:8.2f}" if bar else f"{'':8}"
    print(
        f"{name:22}{rate:12,.0f}{per_processor:12,.0f}{against}{rate / OS2BOS_FIXED:16,.1f}{rate / OS2BOS_RATES:16,.1f}"
    )


@contextmanager
def _postgres() -> Iterator[psycopg.Connection]:
    """A server of our own, stopped again when it was not running; everything is in temporary tables."""
    cluster = Cluster(default_home("bench"), safe=False)
    was_running = cluster.status().running
    address = cluster.start()
    try:
        with admin(address) as connection:
            yield connection
    finally:
        if not was_running:
            cluster.stop()


def _make(duck: DuckEngine, services: int) -> None:
    days = open_before(Period(date(2015, 1, 1), date(2040, 1, 1)))
    duck.load(CALENDAR, [{"calendar_id": CALENDAR_ID, "day": day, "open_before": count} for day, count in days])
    duck.load(MONTH, month_rows(HORIZON))
    for relation in (SERVICE, RATE, SERVICE_ABSENCE):
        duck.load(relation, [])
    for statement in (_BASE.format(services=services), _SERVICES, _RATES, _ABSENCE):
        duck.connection.execute(statement)


def _in_duckdb(duck: DuckEngine) -> tuple[int, int, float, float]:
    text = f"CREATE OR REPLACE TEMP TABLE cost AS {compile_duckdb(expected_cost)}"
    seconds, processor = _best(lambda: duck.connection.execute(text), time.process_time)
    rows, total = duck.connection.execute("SELECT count(*), sum(amount_ore) FROM cost").fetchall()[0]
    return rows, int(total), seconds, processor


def _in_postgres(connection: psycopg.Connection) -> tuple[tuple[int, int], float, float]:
    text = f"CREATE TEMP TABLE cost AS {compile_postgres(expected_cost)}"

    def run() -> None:
        connection.execute("DROP TABLE IF EXISTS pg_temp.cost")
        connection.execute(text)

    stat = Path(f"/proc/{connection.info.backend_pid}/stat")

    def processor() -> float:
        if not stat.exists():
            return time.perf_counter()
        ticks = stat.read_text().rsplit(")", 1)[1].split()
        return (int(ticks[11]) + int(ticks[12])) / 100

    seconds, used = _best(run, processor)
    rows, total = connection.execute("SELECT count(*), sum(amount_ore) FROM cost").fetchall()[0]
    return (rows, int(total)), seconds, used


def _best(work: Callable[[], Any], processor: Callable[[], float]) -> tuple[float, float]:
    """The best wall time and the best processor time of the rounds."""
    walls, used = [], []
    for _ in range(ROUNDS):
        started, at = time.perf_counter(), processor()
        work()
        walls.append(time.perf_counter() - started)
        used.append(max(processor() - at, 0.01))
    return min(walls), min(used)


def _copy(duck: DuckEngine, connection: psycopg.Connection) -> None:
    engine = PostgresEngine(connection.cursor())
    with tempfile.TemporaryDirectory() as folder:
        for relation in _TABLES:
            _make_table(engine, connection, relation)
            path = Path(folder) / f"{relation.name}.csv"
            duck.connection.execute(f"COPY {relation.name} TO '{path}'")
            with connection.cursor().copy(f"COPY pg_temp.{relation.name} FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write(path.read_text("utf-8"))
            if "service_id" in relation.columns:
                connection.execute(f"CREATE INDEX ON pg_temp.{relation.name} (service_id)")
            connection.execute(f"ANALYZE pg_temp.{relation.name}")


def _make_table(engine: PostgresEngine, connection: psycopg.Connection, relation: Relation) -> None:
    """A relation's temporary table that outlives the transaction."""
    with connection.transaction():
        engine.load(relation, [])
        connection.execute(f"CREATE TEMP TABLE kept AS TABLE pg_temp.{relation.name}")
    connection.execute(f"ALTER TABLE pg_temp.kept RENAME TO {relation.name}")


def _reference(duck: DuckEngine, rate: float) -> None:
    """A sample of services by the slow reference: the same øre, and how much slower."""
    sample = _lines(duck)
    days = Days(HORIZON.start, HORIZON.until)
    started = time.process_time()
    slow = {(key, month): cost.ore for key, line in sample.items() for month, cost in expected(line, days).items()}
    seconds = time.process_time() - started
    fast = duck.connection.execute(
        "SELECT service_id, month, amount_ore FROM cost WHERE service_id IN (SELECT unnest(?::UUID[]))", [list(sample)]
    )
    assert slow == {(key, month): ore for key, month, ore in fast.fetchall()}, "the reference disagrees"
    slow_rate = len(slow) / seconds
    _line("day-by-day reference", slow_rate, slow_rate, None)
    print(f"{'DuckDB to reference':22}{rate / slow_rate:12,.0f} x; {len(slow):,} rows agree to the øre")


def _lines(duck: DuckEngine) -> dict[UUID, Line]:
    """Every unit but opening days, whose calendar here is the bench's own."""
    lines = {}
    ask = duck.connection.execute
    asked = "unit, per, starts, ends, quantity, factor FROM rel_service WHERE unit <> 'opening_day'"
    for key, *facts in ask(f"SELECT service_id, {asked} ORDER BY service_id LIMIT ?", [SAMPLE]).fetchall():
        rates = ask("SELECT valid_from, valid_to, amount FROM rel_rate WHERE service_id = ?", [key]).fetchall()
        away = ask("SELECT starts, ends, billable FROM rel_service_absence WHERE service_id = ?", [key]).fetchall()
        lines[key] = Line(*facts, tuple(rates), tuple(away))
    return lines


class _Counted:
    """A cursor that counts what it is asked."""

    def __init__(self, cursor: psycopg.Cursor) -> None:
        self._cursor = cursor
        self.asked = 0

    @property
    def description(self) -> Any:
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        return self._cursor.rowcount

    def execute(self, query: Any, params: Any = None, /) -> object:
        self.asked += str(query).count(";") + 1
        return self._cursor.execute(query, params)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()


def _rate_change(connection: psycopg.Connection) -> None:
    """A new price for 1,000 services: the stored rows of those, and no others, are replaced in one transaction."""
    connection.execute("CREATE INDEX ON pg_temp.cost (service_id)")
    connection.execute("ANALYZE pg_temp.cost")
    query = "SELECT service_id FROM pg_temp.rel_service WHERE unit <> 'once' AND ends IS NULL ORDER BY 1 LIMIT %s"
    ids = [row[0] for row in connection.execute(query, [CHANGED]).fetchall()]
    compile_postgres(_narrowed, key="bench narrowed")
    best, queries, rows = 9e9, 0, 0
    for _ in range(ROUNDS):
        cursor = _Counted(connection.cursor())
        engine = PostgresEngine(cursor)
        started = time.perf_counter()
        with connection.transaction():
            engine.load(NARROW, ({"id": each} for each in ids))
            cursor.execute(
                "UPDATE pg_temp.rel_rate SET amount = amount + 1 WHERE service_id IN (SELECT id FROM rel_narrow)"
            )
            cursor.execute("DELETE FROM pg_temp.cost WHERE service_id IN (SELECT id FROM rel_narrow)")
            columns = ["grant_id", "service_id", "month", "quantity", "unit", "amount_ore", "unpriced_days"]
            rows = engine.insert_select("cost", columns, _narrowed, key="bench narrowed")
        best = min(best, time.perf_counter() - started)
        queries = cursor.asked
    print(
        f"rate change, {CHANGED:,} services, {rows:,} rows: {best:.3f} s ({best / BAR_CHANGE_SECONDS:.2f} of the bar, "
        f"{OS2BOS_CHANGE_SECONDS / best:,.0f} x OS2bos), {queries} queries ({queries / BAR_CHANGE_QUERIES:.2f} of the "
        f"bar, OS2bos {OS2BOS_CHANGE_QUERIES:,})"
    )
    one = _one_service(connection, ids[0])
    print(f"one service, {one[1]} months: {one[0] * 1000:.1f} ms")


def _narrowed() -> Any:
    return expected_cost(CostInputs().narrowed())


def _one_service(connection: psycopg.Connection, key: UUID) -> tuple[float, int]:
    best, rows = 9e9, 0
    for _ in range(ROUNDS):
        with connection.transaction():
            engine = PostgresEngine(connection.cursor())
            engine.load(NARROW, [{"id": key}])
            started = time.perf_counter()
            rows = len(engine.rows(_narrowed, key="bench narrowed"))
            best = min(best, time.perf_counter() - started)
    return best, rows


if __name__ == "__main__":
    main()
