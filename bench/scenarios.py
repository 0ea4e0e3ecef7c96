"""How fast a scenario is worked out: 50,000 grants over 60 months, each kind of change, and several at once.

Run: python bench/scenarios.py [SERVICES]. The services are those of bench/expected_cost.py (every unit, rates that
change, absence, totals), reckoned to go on after their end so that the months are full. A scenario without a change
must be the expected cost to the øre; the bars are held against processor time, the best of several rounds.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "bench")]

from expected_cost import _make  # noqa: E402 - after the path is set
from styr.contracts.core.relations import CALENDAR  # noqa: E402 - the same
from styr.grants.core.cost_relations import MONTH, month_rows  # noqa: E402 - the same
from styr.grants.core.expected_cost import expected_cost  # noqa: E402 - the same
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE  # noqa: E402 - the same
from styr.kernel.calendar import open_before  # noqa: E402 - the same
from styr.kernel.engine import DuckEngine, compile_duckdb  # noqa: E402 - the same
from styr.kernel.period import Period  # noqa: E402 - the same
from styr.planning.core.changes import Change, ChangeKind, Touches  # noqa: E402 - the same
from styr.planning.core.relations import GRANT_END, LINE  # noqa: E402 - the same
from styr.planning.core.workbench import Workbench  # noqa: E402 - the same

HORIZON = Period(date(2026, 1, 1), date(2031, 1, 1))
FROM = date(2027, 1, 1)
BAR_SECONDS = 1.0
ROUNDS = 4
_LINES = """
SELECT (row_number() OVER () - 1)::INTEGER AS line_no, -1 AS born, -1 AS group_no, service_id, grant_id,
       grant_id AS citizen_id, md5((hash(service_id) % 20)::VARCHAR)::UUID AS unit_id,
       'SEL-' || (100 + hash(service_id) % 12) AS section,
       CASE WHEN hash(service_id) % 10 = 0 THEN 'saertakst' ELSE service END AS service, unit AS measure,
       md5('s' || (hash(service_id) % 300))::UUID AS supplier_id,
       md5('p' || (hash(service_id) % 300))::UUID AS provider_unit_id, hash(service_id) % 10 = 0 AS special,
       DATE '2027-01-01' AS priced_from
FROM rel_service"""
_ENDS = "SELECT grant_id, max(ends) AS ends, true AS goes_on FROM rel_service GROUP BY 1"

SUPPLIER = UUID(int=7)
KINDS = {
    "takster +3 %": Change(ChangeKind.RATE, FROM, percent=Decimal(3)),
    "fremskrivning 2,6 %": Change(ChangeKind.INDEX, FROM, percent=Decimal("2.6")),
    "særtakster aftrappes": Change(ChangeKind.SPECIAL, FROM, months=12),
    "timer -10 %": Change(ChangeKind.HOURS, FROM, percent=Decimal(-10)),
    "bevillinger stoppes": Change(ChangeKind.END, FROM, Touches(section="SEL-101")),
    "flytning": Change(
        ChangeKind.MOVE, FROM, Touches(section="SEL-102"), price=Decimal("1234.50"), to_supplier_id=SUPPLIER
    ),
    "nye borgere": Change(
        ChangeKind.ARRIVALS, FROM, Touches(section="SEL-103"), price=Decimal(40_000), count=2, until=date(2028, 1, 1)
    ),
}


def main() -> None:
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    started = time.perf_counter()
    tables = _tables(services)
    made = time.perf_counter()
    bench = Workbench(tables, horizon=HORIZON, goes_on=True)
    rows = bench.result([]).rows
    print(f"{services:,} services x {len(bench.months)} months; made up in {made - started:.1f} s")
    print(f"copied and priced in {time.perf_counter() - made:.2f} s, {rows.num_rows:,} groups x months")
    _is_expected(tables, services)
    slow = [name for name, changes in _scenarios().items() if _timed(bench, name, changes) > BAR_SECONDS]
    print("every scenario under the bar" if not slow else f"over {BAR_SECONDS} s: {', '.join(slow)}")
    sys.exit(bool(slow))


def _scenarios() -> dict[str, list[Change]]:
    kinds = list(KINDS.values())
    return {"uden ændringer": [], **{name: [change] for name, change in KINDS.items()}, "alle syv": kinds}


def _timed(bench: Workbench, name: str, changes: list[Change]) -> float:
    wall, used = _best(lambda: bench.result(changes))
    result = bench.result(changes)
    more = pc.sum(result.rows[f"ore_{len(changes)}"]).as_py() - pc.sum(result.rows["ore_0"]).as_py()
    print(f"{name:24}{wall:8.3f} s{used:8.3f} cpu s{more / 100:22,.2f} kr.")
    return used


def _best(work: Callable[[], object]) -> tuple[float, float]:
    walls, used = [], []
    for _ in range(ROUNDS):
        wall, processor = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - wall)
        used.append(time.process_time() - processor)
    return min(walls), min(used)


def _tables(services: int) -> dict[object, pa.Table]:
    with DuckEngine() as duck:
        _make(duck, services)
        days = open_before(Period(date(2015, 1, 1), date(2040, 1, 1)))
        calendar = [{"calendar_id": UUID(int=1), "day": day, "open_before": count} for day, count in days]
        duck.load(CALENDAR, calendar)
        asked = {
            SERVICE: "FROM rel_service",
            RATE: "FROM rel_rate",
            SERVICE_ABSENCE: "FROM rel_service_absence",
            CALENDAR: "FROM rel_calendar",
            LINE: _LINES,
            GRANT_END: _ENDS,
        }
        return {relation: duck.connection.sql(text).to_arrow_table() for relation, text in asked.items()}


def _is_expected(tables: dict[object, pa.Table], services: int) -> None:
    """A scenario without a change is the one expected-cost relation over the same rows, to the øre."""
    bench = Workbench(tables, horizon=HORIZON)  # type: ignore[arg-type]  # keyed by relations
    with DuckEngine() as duck:
        for relation in (SERVICE, RATE, SERVICE_ABSENCE, CALENDAR):
            duck.load(relation, tables[relation])
        duck.load(MONTH, month_rows(HORIZON))
        duck.connection.execute(f"CREATE TABLE cost AS {compile_duckdb(expected_cost)}")
        expected = duck.connection.sql("SELECT sum(amount_ore) FROM cost").fetchall()[0][0]
    found = pc.sum(bench.result([]).rows["ore_0"]).as_py()
    assert found == expected, (found, expected)
    print(f"without a change: {found / 100:,.2f} kr., the expected cost of {services:,} services to the øre")


if __name__ == "__main__":
    main()
