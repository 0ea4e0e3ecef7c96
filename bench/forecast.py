"""How fast a forecast is: 50,000 grants over 24 months in DuckDB and PostgreSQL, and one citizen.

Run: python bench/forecast.py [GRANTS]. Six of the 24 months are closed; four in five grants have them booked, half of
those through invoices whose lines tell their days (one in ten bills half a month), one in eight on the citizen alone.
Each of 40 units has five bookings a month that recur without a grant. Prices are indexed in the second year, one grant
in twenty has an overdue follow-up. One in 25 has no price and is carried on, half of those by the weekdays of rides.
Both engines must give the same rows and sum. PostgreSQL's time is of the statement that the program runs, and of what
it learns from those who came and went. The bars are held against processor time, the best of several rounds, so that
other work on the machine does not count. One citizen is told on a connection's first call, which plans the statement,
and on those after it.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg

from styr.budgets.core.forecast import forecast
from styr.budgets.core.frame import Frame
from styr.budgets.core.relations import FORECAST, FRAME, INDEX, PROVISION, STANDING_DAYS
from styr.budgets.counting import PLANNED_FOR_ALL, asked, counted, counted_of_citizens
from styr.budgets.moving import asked_about, moved
from styr.config.postgres.bootstrap import admin
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.layout import default_home
from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.invoices.core.relations import INVOICE, INVOICE_LINE, LINE_MATCH
from styr.kernel.calendar import open_before
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_duckdb
from styr.kernel.period import Period
from styr.kernel.relation import Relation
from styr.ledger.core.relations import POSTING

ROUNDS = 3
ONE_ROUNDS = 10
BAR_DUCKDB, BAR_POSTGRES, BAR_CITIZEN = 1.0, 4.0, 0.030
CALENDAR_ID = UUID(int=1)
WORLD = Frame.of(first_year=2026, years=2, as_of=date(2026, 7, 15))
PERCENTS = {2027: Decimal("2.8")}

_BASE = """
CREATE TABLE base AS
SELECT i, md5(i::VARCHAR || 'g')::UUID AS grant_id, md5((i // 2)::VARCHAR || 'c')::UUID AS citizen_id,
       md5((i % 40)::VARCHAR || 'u')::UUID AS unit_id, DATE '2024-06-01' + (hash(i) % 900)::INT AS starts,
       CASE WHEN hash(i * 7) % 3 = 0
            THEN DATE '2024-06-01' + (hash(i) % 900 + 400 + hash(i * 11) % 400)::INT END AS ends
FROM range({grants}) AS numbers(i)"""
_TABLES = {
    GRANT: """
SELECT grant_id, NULL, citizen_id, unit_id, 'SEL-107', CASE WHEN i % 12 = 0 THEN 'expected' ELSE 'granted' END, starts,
       ends, NULL, NULL, NULL, NULL, '53852140001' || lpad((i % 100)::VARCHAR, 5, '0'),
       CASE WHEN i % 20 = 0 THEN DATE '2026-05-01' ELSE DATE '2027-05-01' END FROM base""",
    SERVICE: """
SELECT md5(i::VARCHAR || 's')::UUID, grant_id, unit_id, 1, 'ophold',
       (['day', 'opening_day', 'hour', 'week', 'month'])[1 + (i % 5)],
       (['day', 'day', 'week', 'week', 'month'])[1 + (i % 5)], 1 + hash(i) % 3, 1, starts, ends, NULL,
       '00000000-0000-0000-0000-000000000001' FROM base WHERE i % 25 <> 3
UNION ALL
SELECT md5(i::VARCHAR || 't')::UUID, grant_id, unit_id, 2, 'saertakst', 'day', 'day', 1, 1.25, starts, ends, NULL,
       '00000000-0000-0000-0000-000000000001' FROM base WHERE i % 5 = 0""",
    STANDING_DAYS: """
SELECT grant_id, '00000000-0000-0000-0000-000000000001', 31, DATE '2026-12-31' FROM base WHERE i % 50 = 3""",
    RATE: """
SELECT service_id, DATE '2024-01-01', DATE '2026-01-01', (hash(service_id) % 500000) / 100.0 FROM rel_service
UNION ALL
SELECT service_id, DATE '2026-01-01', NULL, (hash(service_id) % 510000) / 100.0 FROM rel_service""",
    SERVICE_ABSENCE: """
SELECT service_id, DATE '2026-01-01' + (hash(service_id) % 500)::INT, DATE '2026-01-11' + (hash(service_id) % 500)::INT,
       0.5 FROM rel_service WHERE hash(service_id) % 5 = 0""",
    POSTING: """
SELECT md5(i::VARCHAR || m::VARCHAR || 'p')::UUID, unit_id, citizen_id,
       CASE WHEN i % 10 <> 7 THEN grant_id END, NULL,
       CASE WHEN i % 2 = 0 THEN md5(i::VARCHAR || m::VARCHAR || 'i')::UUID END,
       '53852140001' || lpad((i % 100)::VARCHAR, 5, '0'), DATE '2026-01-20' + to_months(m::INT),
       DATE '2026-01-01' + to_months(m::INT), 1000000 + (hash(i) % 9000000)::BIGINT, 'payment', ''
FROM base CROSS JOIN range(6) AS months(m) WHERE i % 5 <> 4
UNION ALL
SELECT md5(n::VARCHAR || m::VARCHAR || 'r')::UUID, md5((n % 40)::VARCHAR || 'u')::UUID, NULL, NULL, NULL, NULL,
       '64521100000' || lpad((n // 40)::VARCHAR, 5, '0'), DATE '2026-01-20' + to_months(m::INT),
       DATE '2026-01-01' + to_months(m::INT), 2000000 + (hash(n + m) % 4000000)::BIGINT, 'correction', ''
FROM range(200) AS shared(n) CROSS JOIN range(6) AS months(m)""",
    INVOICE: """
SELECT invoice_id, NULL, unit_id, NULL, NULL, 'invoice', NULL, posted_on, NULL, 'DKK', amount_ore, 0, amount_ore, NULL,
       NULL, NULL, 'paid', NULL FROM rel_posting WHERE invoice_id IS NOT NULL""",
    INVOICE_LINE: """
SELECT md5(p.invoice_id::VARCHAR || 'l')::UUID, p.invoice_id, 1, 1, 'day', 1, p.amount_ore, p.month,
       CASE WHEN hash(p.invoice_id) % 10 = 0 THEN p.month + 15 ELSE p.month + to_months(1) END, NULL, NULL, NULL, NULL
FROM rel_posting p WHERE p.invoice_id IS NOT NULL""",
    LINE_MATCH: """
SELECT md5(p.invoice_id::VARCHAR || 'l')::UUID, p.invoice_id, p.grant_id, s.service_id, NULL, 'number', 1, false, 1,
       false FROM rel_posting p JOIN rel_service s ON s.grant_id = p.grant_id AND s.line_no = 1
WHERE p.invoice_id IS NOT NULL""",
    CONTRACT: "SELECT * FROM rel_contract",
    PROVISION: """
SELECT md5('v')::UUID, NULL, 'SEL-107', '', 'waiting_list', DATE '2026-01-01', NULL, 15000000""",
}  # fmt: skip
_KEYS = ("service_id", "grant_id", "citizen_id", "invoice_id", "invoice_line_id", "contract_id")


def main() -> None:
    grants = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with DuckEngine() as duck, _postgres() as connection:
        _make(duck, grants)
        _copy(duck, connection)
        rows, seconds, used = _in_duckdb(duck)
        print(f"{grants:,} grants x 24 months: {rows[0]:,} rows, {rows[1] / 100:,.2f} kr.")
        print(f"{'':14}{'seconds':>10}{'cpu s':>10}{'of bar':>10}")
        _line("DuckDB", seconds, used, BAR_DUCKDB)
        same, seconds, used = _in_postgres(connection)
        assert same == rows, f"the engines disagree: {same} {rows}"
        _line("PostgreSQL", seconds, used, BAR_POSTGRES)
        _one_citizen(connection)


def _line(name: str, seconds: float, used: float, bar: float) -> None:
    print(f"{name:14}{seconds:10.3f}{used:10.3f}{used / bar:10.2f}")


def _make(duck: DuckEngine, grants: int) -> None:
    days = open_before(Period(date(2020, 1, 1), date(2032, 1, 1)))
    duck.load(CALENDAR, [{"calendar_id": CALENDAR_ID, "day": day, "open_before": count} for day, count in days])
    duck.load(MONTH, month_rows(WORLD.period))
    duck.load(FRAME, [WORLD.row()])
    duck.load(INDEX, WORLD.index_rows(PERCENTS))
    duck.connection.execute(_BASE.format(grants=grants))
    for relation, select in _TABLES.items():
        duck.load(relation, [])
        duck.connection.execute(f"INSERT INTO {relation.name} {select}")


def _in_duckdb(duck: DuckEngine) -> tuple[tuple[int, int], float, float]:
    text = f"CREATE OR REPLACE TEMP TABLE counted AS {forecast().text(compile_duckdb)}"
    seconds, used = _best(lambda: duck.connection.execute(text), time.process_time)
    rows, ore = duck.connection.execute("SELECT count(*), sum(amount_ore) FROM counted").fetchall()[0]
    return (rows, int(ore)), seconds, used


def _in_postgres(connection: psycopg.Connection) -> tuple[tuple[int, int], float, float]:
    for name, value in PLANNED_FOR_ALL.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    engine = PostgresEngine(connection.cursor())
    _make_table(engine, connection, FORECAST, "counted")

    def run() -> None:
        connection.execute("TRUNCATE pg_temp.counted")
        connection.execute(moved(), asked_about(WORLD))
        connection.execute(f"INSERT INTO counted {counted()}", asked(WORLD, PERCENTS))

    stat = Path(f"/proc/{connection.info.backend_pid}/stat")

    def processor() -> float:
        if not stat.exists():
            return time.perf_counter()
        ticks = stat.read_text().rsplit(")", 1)[1].split()
        return (int(ticks[11]) + int(ticks[12])) / 100

    seconds, used = _best(run, processor)
    rows, ore = connection.execute("SELECT count(*), sum(amount_ore) FROM counted").fetchall()[0]
    for name in PLANNED_FOR_ALL:
        connection.execute(f"RESET {name}")
    return (rows, int(ore)), seconds, used


def _one_citizen(connection: psycopg.Connection) -> None:
    """What a page asks: one citizen's forecast from the registers as they are."""
    keys = connection.execute("SELECT DISTINCT citizen_id FROM rel_grant ORDER BY 1 LIMIT %s", [ONE_ROUNDS]).fetchall()
    times, text = [], counted_of_citizens()
    for (key,) in keys:
        with connection.transaction():
            connection.execute("SET LOCAL plan_cache_mode = force_generic_plan")
            given = {**asked(WORLD, PERCENTS), "citizens": [key]}
            started = time.perf_counter()
            connection.execute(text, given, prepare=True).fetchall()
            times.append(time.perf_counter() - started)
    first, then = times[0], sorted(times[1:])[len(times) // 2]
    told = [f"{seconds * 1000:.1f} ms ({seconds / BAR_CITIZEN:.2f} of the bar)" for seconds in (first, then)]
    print(f"one citizen: first {told[0]}, then {told[1]}")


def _best(work: Callable[[], Any], processor: Callable[[], float]) -> tuple[float, float]:
    """The best wall time and the best processor time of the rounds."""
    walls, used = [], []
    for _ in range(ROUNDS):
        started, at = time.perf_counter(), processor()
        work()
        walls.append(time.perf_counter() - started)
        used.append(max(processor() - at, 0.01))
    return min(walls), min(used)


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


def _copy(duck: DuckEngine, connection: psycopg.Connection) -> None:
    engine = PostgresEngine(connection.cursor())
    with tempfile.TemporaryDirectory() as folder:
        for relation in (CALENDAR, MONTH, FRAME, INDEX, *_TABLES):
            _make_table(engine, connection, relation)
            path = Path(folder) / f"{relation.name}.csv"
            duck.connection.execute(f"COPY {relation.name} TO '{path}'")
            with connection.cursor().copy(f"COPY pg_temp.{relation.name} FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write(path.read_text("utf-8"))
            for key in _KEYS:
                if key in relation.columns:
                    connection.execute(f"CREATE INDEX ON pg_temp.{relation.name} ({key})")
            connection.execute(f"ANALYZE pg_temp.{relation.name}")


def _make_table(engine: PostgresEngine, connection: psycopg.Connection, relation: Relation, name: str = "") -> None:
    """A relation's temporary table that outlives the transaction."""
    with connection.transaction():
        engine.load(relation, [])
        connection.execute(f"CREATE TEMP TABLE kept AS TABLE pg_temp.{relation.name}")
    connection.execute(f"ALTER TABLE pg_temp.kept RENAME TO {name or relation.name}")


if __name__ == "__main__":
    main()
