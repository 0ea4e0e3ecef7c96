"""How fast the cost mapping of five million postings is, and what keeping its sums costs the postings.

Run: python bench/transport_costs.py [POSTINGS]. Three years of postings of 400 suppliers, each in a few units and on a
few of 300 accounts, all of them transport's: that comes to 170,000 sums. The postings are written by one statement
without and with the program's own triggers; the mapping of one year is read from the sums and, for those who are kept
from a case, from the postings themselves: both must come to the same øre. The bar is held against processor time. The
tables are bare (no row-level security, no history), in a schema of this measurement alone.
"""

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from styr.config.postgres.bootstrap import admin
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.layout import default_home
from styr.kernel.engine import compile_postgres
from styr.transport.core.booked_cost import PLANNED, booked_cost

ROUNDS = 5
BAR_MATRIX = 0.300
FIRST, UNTIL = date(2026, 1, 1), date(2027, 1, 1)
_TABLES = """
CREATE TABLE ledger_posting (id uuid, municipality_id uuid, unit_id uuid, month date, account_string text,
    supplier_id uuid, amount_ore bigint);
CREATE TABLE transport_postingsum (id uuid, municipality_id uuid, unit_id uuid, month date, account_string text,
    supplier_id uuid, amount_ore bigint, postings bigint,
    CONSTRAINT posting_sum_once
        UNIQUE NULLS NOT DISTINCT (municipality_id, month, account_string, supplier_id, unit_id));
CREATE VIEW rel_posting AS SELECT id AS posting_id, unit_id, NULL::uuid AS citizen_id, NULL::uuid AS grant_id,
    supplier_id, NULL::uuid AS invoice_id, account_string AS account, month AS posted_on, month, amount_ore,
    'payment' AS kind, '' AS voucher FROM ledger_posting;
CREATE TABLE transport_area AS SELECT md5(n || 'area')::uuid AS id, n AS number FROM generate_series(1, 15) n;
CREATE TABLE transport_areaaccount AS
    SELECT md5((n % 15 + 1) || 'area')::uuid AS area_id, lpad((32200 + n)::text, 5, '0') AS prefix,
           '' AS operator_kind, n % 20 = 0 AS is_admin, DATE '2007-01-01' AS valid_from, NULL::date AS valid_to
    FROM generate_series(1, 60) n;
CREATE TABLE rel_operator AS SELECT md5(n || 'operator')::uuid AS operator_id,
    (ARRAY['private', 'movia', 'own'])[1 + n % 3] AS kind, md5(n || 'supplier')::uuid AS supplier_id
    FROM generate_series(1, 300) n;
CREATE TABLE rel_contract AS SELECT md5(n || 'supplier')::uuid AS supplier_id, 'signed' AS status,
    DATE '2025-06-01' AS starts, CASE WHEN n % 4 = 0 THEN DATE '2026-07-01' END AS ends FROM generate_series(1, 350) n;
"""
_WRITE = """
INSERT INTO ledger_posting
SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000001', md5((s + c %% 3) %% 20 || 'unit')::uuid,
       (DATE '2024-01-01' + make_interval(months => (i * 7 %% 36)::int))::date,
       (32201 + (s * 7 + b %% 4) %% 60)::text || lpad((s %% 5)::text, 11, '0'),
       CASE WHEN s > 0 THEN md5(s || 'supplier')::uuid END, (i * 37 %% 100000)::bigint
FROM (SELECT i, abs(hashint8(i)) %% 401 AS s, abs(hashint8(i + 1)) AS b, abs(hashint8(i + 2)) AS c
      FROM generate_series(1::bigint, %s) i) made
"""


def main() -> None:
    """Write, read, compare and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000_000
    with _postgres() as connection:
        connection.execute(_TABLES)
        bare = _timed(lambda: connection.execute(_WRITE, [count]))
        connection.execute("TRUNCATE ledger_posting")
        triggers = importlib.import_module("styr.transport.migrations.0004_posting_sums")._made()  # noqa: SLF001 -- the program's own
        connection.execute(triggers.replace("pg_catalog, public", "pg_catalog, bench_transport"))
        kept = _timed(lambda: connection.execute(_WRITE, [count]))
        connection.execute("ANALYZE")
        (sums,) = connection.execute("SELECT count(*) FROM transport_postingsum").fetchone() or (0,)
        print(
            f"{count:,} postings written: {bare:.1f} s bare, {kept:.1f} s with {sums:,} sums kept ({kept / bare:.2f})"
        )
        from_sums, quick = _matrix(connection, prepared=True)
        from_postings, slow = _matrix(connection, prepared=False, rounds=1)
        print(f"matrix from the sums: {quick * 1000:.0f} ms ({quick / BAR_MATRIX:.2f} of the bar)")
        print(f"matrix from the postings: {slow * 1000:.0f} ms; the same figures: {from_sums == from_postings}")
        if from_sums != from_postings:
            raise SystemExit("the sums differ from the postings")


def _matrix(connection: psycopg.Connection, *, prepared: bool, rounds: int = ROUNDS) -> tuple[list[Any], float]:
    text = compile_postgres(lambda: booked_cost(FIRST, UNTIL, prepared=prepared))
    found: list[Any] = []
    for name, value in PLANNED.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    times = []
    for _ in range(rounds):
        at = _processor(connection)
        found[:] = connection.execute(text).fetchall()
        times.append(_processor(connection) - at)
    return sorted(found, key=str), min(times)


def _processor(connection: psycopg.Connection) -> float:
    """Processor seconds of the server's process so far, so that other work on the machine does not count."""
    stat = Path(f"/proc/{connection.info.backend_pid}/stat")
    if not stat.exists():
        return time.perf_counter()
    ticks = stat.read_text("ascii").rsplit(")", 1)[1].split()
    return (int(ticks[11]) + int(ticks[12])) / 100


def _timed(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _postgres() -> Iterator[psycopg.Connection]:
    """A database of our own on a server that is stopped again when it was not running."""
    cluster = Cluster(default_home("bench"), safe=False)
    was_running = cluster.status().running
    address = cluster.start()
    try:
        with admin(address) as connection:
            connection.execute("DROP SCHEMA IF EXISTS bench_transport CASCADE")
            connection.execute("CREATE SCHEMA bench_transport")
            connection.execute("SET search_path = bench_transport, public")
            try:
                yield connection
            finally:
                connection.execute("DROP SCHEMA bench_transport CASCADE")
    finally:
        if not was_running:
            cluster.stop()


if __name__ == "__main__":
    main()
