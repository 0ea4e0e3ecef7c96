"""Every transport control over 1,000,000 trips: in DuckDB, and inside PostgreSQL with the same rows and statements.

    python bench/transport_control.py [--trips 1000000] [--riders 3000] [--rounds 2] [--no-postgres]

The trips are right but for one in a thousand of each flaw; both engines must find as many. PostgreSQL holds them in a
plain table of the relation's name, as the views give them, without the policies that daily work pays for besides. Bars:
under 2 s in DuckDB and under 10 s in PostgreSQL for all controls together, the best of the rounds.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from time import perf_counter

import psycopg

import styr.trips.controls as trip_controls
from styr.config.postgres.bootstrap import admin
from styr.config.postgres.cluster import Cluster
from styr.config.postgres.layout import default_home
from styr.controls.core.focus import WHOLE
from styr.controls.core.registry import REGISTRY
from styr.controls.core.relations import TODAY
from styr.grants.core.relations import ABSENCE, GRANT
from styr.invoices.core.relations import INVOICE
from styr.kernel.calendar import CALENDAR
from styr.kernel.engine import DuckEngine, PostgresEngine, compile_duckdb, compile_postgres
from styr.kernel.relation import Relation
from styr.transport.core.relations import CRITERION, OPERATOR, PRICE_SCHEME, RIDE_GRANT
from styr.trips.core.relations import ATTENDANCE, RIDE_CHANGE, SETTLEMENT, TOLERANCE, TRIP

BAR_DUCKDB, BAR_POSTGRES = 2.0, 10.0
ID = "('00000000-0000-{kind}-8000-' || lpad(hex({number}), 12, '0'))::uuid"
RELATIONS = (
    *(TRIP, SETTLEMENT, ATTENDANCE, RIDE_CHANGE, RIDE_GRANT, CRITERION, OPERATOR, PRICE_SCHEME, GRANT, ABSENCE),
    *(CALENDAR, TODAY, INVOICE, TOLERANCE),
)


def uid(kind: int, number: str) -> str:
    return ID.format(kind=kind, number=number)


def made(engine: DuckEngine, relation: Relation, source: str, **columns: str) -> None:
    """Make a relation from a query: named columns, null for the rest."""
    names, values = ", ".join(columns), ", ".join(columns.values())
    engine.connection.execute(f"INSERT INTO {relation.name} ({names}) SELECT {values} FROM {source}")  # noqa: S608 -- our own text


def fill(engine: DuckEngine, trips: int, riders: int) -> None:
    """Registers, and trips two by two on working days of a year."""
    for relation in RELATIONS:
        engine.load(relation, [])
    engine.load(TODAY, [{"today": date(2026, 11, 21)}])
    fill_registers(engine, riders)
    fill_trips(engine, trips, riders)


def fill_registers(engine: DuckEngine, riders: int) -> None:
    made(engine, OPERATOR, "range(4) r(n)", operator_id=uid(4001, "n"), kind="'movia'", supplier_id=uid(4002, "n"))
    made(
        engine, PRICE_SCHEME, "range(4) r(n)", operator_id=uid(4001, "n"), product="'Kørsel'",
        valid_from="DATE '2025-01-01'", start_ore="4500", km_ore="950", minute_ore="320", waiting_minute_ore="400",
        lift_ore="0", bridge_ore="0", no_show_ore="15000", day_ore="0", fee_percent="5",
    )  # fmt: skip
    made(engine, CRITERION, "range(30) r(n)", criterion_id=uid(4003, "n"), code="'K' || n", area_no="n % 15",
         account_prefix="'53859'")  # fmt: skip
    places = {"home_place_id": uid(4005, "n"), "destination_place_id": uid(4006, "n % 40")}
    made(
        engine, RIDE_GRANT, f"range({riders}) r(n)", grant_id=uid(4004, "n"), citizen_id=uid(4007, "n"),
        criterion_id=uid(4003, "n % 30"), area_no="n % 15", operator_kind="'movia'", calendar_id=uid(4008, "n % 5"),
        weekdays="31", solo="false", companion="false", user_payment_ore="2000", road_km="5 + n % 20",
        starts="DATE '2025-01-01'", **places,
    )  # fmt: skip
    made(engine, GRANT, f"range({riders}) r(n)", grant_id=uid(4004, "n"), number="'B' || n", citizen_id=uid(4007, "n"),
         status="'granted'", starts="DATE '2025-01-01'")  # fmt: skip
    made(engine, ABSENCE, f"range({riders // 3}) r(n)", absence_id=uid(4009, "n"), grant_id=uid(4004, "n * 3"),
         starts="DATE '2026-12-01'", ends="DATE '2026-12-09'")  # fmt: skip
    days = "(SELECT n % 5 AS c, n // 5 AS d FROM range(3650) r(n))"
    made(engine, CALENDAR, days, calendar_id=uid(4008, "c"), day="DATE '2025-01-01' + d::INT",
         open_before="(d // 7) * 5 + least((d + 2) % 7, 5)")  # fmt: skip


def fill_trips(engine: DuckEngine, trips: int, riders: int) -> None:
    """Flaws by the trip's number: km, price, account, solo and user payment; the rest lies in the registers' gaps."""
    day = f"(DATE '2026-01-05' + ((n // {2 * riders}) % 5 + 7 * (n // {10 * riders}))::INT)"
    base = (
        f"(SELECT n, (n // 2) % {riders} AS g, n % 2 AS back, {day} AS d, "  # noqa: S608 -- our own text
        f"5 + ((n // 2) % {riders}) % 20 + CASE WHEN n % 1000 = 1 THEN 9 ELSE 0 END AS km FROM range({trips}) r(n))"
    )
    price = "4500 + km * 950 + 20 * 320 + CASE WHEN n % 1000 = 2 THEN 137 ELSE 0 END"
    home, goal = uid(4005, "g"), uid(4006, "g % 40")
    made(
        engine, TRIP, base, trip_id=uid(4010, "n"), settlement_id=uid(4011, "n % 48"), operator_id=uid(4001, "n % 4"),
        citizen_id=uid(4007, "g"), grant_id=uid(4004, "g"), product="'Kørsel'", external_no="n::text", service_day="d",
        start_minute="480 + 420 * back", elapsed_minutes="20",
        from_place_id=f"CASE WHEN back = 0 THEN {home} ELSE {goal} END",
        to_place_id=f"CASE WHEN back = 0 THEN {goal} ELSE {home} END", km="km", minutes="20", waiting_minutes="0",
        lift="false", bridge="false", companions="0", solo="n % 1000 = 3", no_show="false", cancelled="false",
        cost_ore=price, fee_ore=f"int8div(({price}) * 5 * 2 + 100, 200)",
        user_payment_ore="CASE WHEN n % 1000 = 4 THEN 0 ELSE 2000 END",
        account_string="CASE WHEN n % 1000 = 5 THEN '4555100000000000' ELSE '5385900000000000' END",
    )  # fmt: skip


def timed(run: Callable[[str], int], texts: dict[str, str], rounds: int) -> tuple[float, dict[str, int]]:
    """The best time for all the controls together, and how many rows each gave."""
    best, counts = float("inf"), {}
    for _ in range(rounds):
        total, each = 0.0, {}
        for code, text in texts.items():
            began = perf_counter()
            counts[code] = run(text)
            each[code] = perf_counter() - began
            total += each[code]
        best = min(best, total)
        slow = sorted(each.items(), key=lambda one: -one[1])[:4]
        print("   ", f"{total:6.2f} s;", ", ".join(f"{code} {seconds:.2f}" for code, seconds in slow))
    return best, counts


@contextmanager
def server() -> Iterator[psycopg.Connection]:
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


def in_postgres(engine: DuckEngine, texts: dict[str, str], wanted: dict[str, int], rounds: int) -> None:
    """The same rows as temporary tables; each control's rows are written to another one, as a run writes findings."""
    with server() as connection, connection.transaction(force_rollback=True):
        cursor = connection.cursor()
        for relation in RELATIONS:
            PostgresEngine(cursor).load(relation, [])
            names = ", ".join(relation.columns)
            rows = engine.connection.execute(f"SELECT {names} FROM {relation.name}").fetchall()  # noqa: S608 -- our own names
            with cursor.copy(f"COPY {relation.name} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(f"CREATE INDEX ON {relation.name} ({next(iter(relation.columns))})")
            cursor.execute(f"ANALYZE {relation.name}")

        def run(text: str) -> int:
            cursor.execute("DROP TABLE IF EXISTS found")
            cursor.execute(f"CREATE TEMPORARY TABLE found AS {text}")
            return cursor.rowcount

        print("PostgreSQL")
        best, counts = timed(run, texts, rounds)
        print(f"  {best:.2f} s (bar {BAR_POSTGRES} s at 1,000,000): ratio {best / BAR_POSTGRES:.2f}")
        assert counts == wanted, "the engines disagree"


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--trips", type=int, default=1_000_000)
    words.add_argument("--riders", type=int, default=3_000)
    words.add_argument("--rounds", type=int, default=2)
    words.add_argument("--no-postgres", action="store_true")
    asked = words.parse_args()
    with DuckEngine(threads=2) as engine:
        fill(engine, asked.trips, asked.riders)
        expressions = {code: REGISTRY.control(code).expression(WHOLE) for code in trip_controls.CODES}
        duck = {code: compile_duckdb(built) for code, built in expressions.items()}
        print(f"DuckDB, {asked.trips:,} trips, {len(duck)} controls")
        run = engine.connection.execute
        best, counts = timed(lambda text: len(run(text).fetchall()), duck, asked.rounds)
        print(f"  {best:.2f} s (bar {BAR_DUCKDB} s at 1,000,000): ratio {best / BAR_DUCKDB:.2f}")
        if asked.no_postgres:
            return
        texts = {code: compile_postgres(built) for code, built in expressions.items()}
        in_postgres(engine, texts, counts, asked.rounds)


if __name__ == "__main__":
    main()
