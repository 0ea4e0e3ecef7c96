"""Control of 1,000,000 invoice lines against 100,000 grants: our expressions and a hand-written query on the same data.

    python bench/control_lines.py [--lines 1000000] [--grants 100000] [--threads 2] [--rounds 3]

Both find the grant by the number on the invoice, take its service, price exactly the invoiced month with rate changes
and absence, look for other invoices on the same days, and give each line a verdict. The hand-written query is what one
would write for this data alone: one key kind, whole months, daily rates. Ours does the whole waterfall and every unit.
"""

import argparse
from collections.abc import Callable
from statistics import median
from time import perf_counter, process_time

from styr.contracts.core.relations import CALENDAR, CONTRACT
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE, STOP
from styr.invoices.core.pipeline import Step, comparing, matching
from styr.invoices.core.relations import (
    BILL_DEADLINE,
    INVOICE,
    INVOICE_KEY,
    INVOICE_LINE,
    MANUAL_MATCH,
    SETTLED_INVOICE,
)
from styr.kernel.engine import DuckEngine, compile_duckdb
from styr.kernel.relation import Relation
from styr.people.core.relations import CITIZEN

ID = "('00000000-0000-{kind}-8000-' || lpad(hex({number}), 12, '0'))::uuid"


def uid(kind: str, number: str) -> str:
    return ID.format(kind=kind, number=number)


def made(engine: DuckEngine, relation: Relation, source: str, **columns: str) -> None:
    """Make a relation from a query: named columns, null for the rest."""
    engine.load(relation, [])
    names, values = ", ".join(columns), ", ".join(columns.values())
    engine.connection.execute(f"INSERT INTO {relation.name} ({names}) SELECT {values} FROM {source}")  # noqa: S608 -- our own text


def fill(engine: DuckEngine, lines: int, grants: int) -> None:
    fill_grants(engine, grants)
    fill_services(engine, grants)
    fill_invoices(engine, lines, grants)


def fill_grants(engine: DuckEngine, grants: int) -> None:
    made(
        engine,
        CITIZEN,
        f"range({grants}) r(n)",
        citizen_id=uid("4001", "n"),
        cpr_index="md5(n::text)",
        name_key="md5('n' || n)",
    )
    made(
        engine,
        CONTRACT,
        f"range({grants}) r(n)",
        contract_id=uid("4002", "n"),
        number="'K-2024-' || lpad(n::text, 6, '0')",
        supplier_id=uid("4003", "n % 500"),
        status="'signed'",
        starts="DATE '2024-01-01'",
    )
    made(
        engine,
        GRANT,
        f"range({grants}) r(n)",
        grant_id=uid("4004", "n"),
        number="'B' || n",
        citizen_id=uid("4001", "n"),
        status="'granted'",
        starts="DATE '2024-06-01'",
        contract_id=uid("4002", "n"),
        supplier_id=uid("4003", "n % 500"),
    )


def fill_services(engine: DuckEngine, grants: int) -> None:
    made(
        engine,
        SERVICE,
        f"range({grants}) r(n)",
        service_id=uid("4005", "n"),
        grant_id=uid("4004", "n"),
        line_no="1",
        service="'ophold'",
        unit="'day'",
        per="'day'",
        quantity="1",
        factor="1",
        starts="DATE '2024-06-01'",
    )
    made(
        engine,
        RATE,
        f"range({2 * grants}) r(n)",
        service_id=uid("4005", "n // 2"),
        valid_from="CASE n % 2 WHEN 0 THEN DATE '2024-01-01' ELSE DATE '2025-04-11' END",
        valid_to="CASE n % 2 WHEN 0 THEN DATE '2025-04-11' END",
        amount="1000 + (n // 2) % 700 + (n % 2) * 25",
    )
    made(
        engine,
        SERVICE_ABSENCE,
        f"range({grants // 5}) r(n)",
        service_id=uid("4005", "n * 5"),
        starts="DATE '2025-03-05'",
        ends="DATE '2025-03-12'",
        billable="0.5",
    )
    engine.load(CALENDAR, [])
    engine.load(MANUAL_MATCH, [])
    engine.load(SETTLED_INVOICE, [])
    engine.load(BILL_DEADLINE, [])
    engine.load(STOP, [])


def fill_invoices(engine: DuckEngine, lines: int, grants: int) -> None:
    month = f"(DATE '2025-01-01' + to_months((n // {grants})::INT))::DATE"
    g = f"(n % {grants})"
    billed = f"(SELECT n, {g} AS g, {month} AS m FROM range({lines}) r(n))"  # noqa: S608 -- our own text
    days = "date_diff('day', m, (m + INTERVAL 1 MONTH)::DATE)"
    raised = "CASE WHEN m >= DATE '2025-05-01' THEN 25 ELSE 0 END"
    price = f"(1000 + g % 700 + {raised} + CASE WHEN n % 97 = 0 THEN 30 ELSE 0 END)"
    quantity = f"({days} + CASE WHEN n % 89 = 0 THEN 1 ELSE 0 END)"
    made(
        engine,
        INVOICE,
        billed,
        invoice_id=uid("4006", "n"),
        supplier_id=uid("4003", "g % 500"),
        kind="'invoice'",
        number="n::text",
        issue_date="(m + INTERVAL 33 DAY)::DATE",
        currency="'DKK'",
        net_ore=f"100 * {price} * {quantity}",
        tax_ore="0",
        payable_ore=f"100 * {price} * {quantity}",
        status="'received'",
        received_at="TIMESTAMPTZ '2026-01-01'",
    )
    fill_lines(engine, billed, quantity, price)


def fill_lines(engine: DuckEngine, billed: str, quantity: str, price: str) -> None:
    made(
        engine,
        INVOICE_LINE,
        billed,
        invoice_line_id=uid("4007", "n"),
        invoice_id=uid("4006", "n"),
        line_no="1",
        quantity=quantity,
        unit="'day'",
        unit_price=price,
        net_ore=f"100 * {price} * {quantity}",
        period_start="m",
        period_end="(m + INTERVAL 1 MONTH)::DATE",
        service="'ophold'",
    )
    made(
        engine,
        INVOICE_KEY,
        billed,
        invoice_id=uid("4006", "n"),
        kind="'grant_number'",
        value="'B' || g",
        place="'order'",
    )


BY_HAND = """
CREATE OR REPLACE TABLE by_hand AS
WITH matched AS (
    SELECT l.invoice_line_id, l.invoice_id, g.grant_id, s.service_id, l.quantity, l.unit_price, l.net_ore,
           l.period_start, l.period_end, s.factor, i.issue_date
    FROM rel_invoice_line l
    JOIN rel_invoice i ON i.invoice_id = l.invoice_id AND i.status <> 'rejected'
    JOIN rel_invoice_key k ON k.invoice_id = l.invoice_id AND k.kind = 'grant_number'
    JOIN rel_grant g ON g.number = k.value
    JOIN rel_service s ON s.grant_id = g.grant_id AND s.starts < l.period_end
),
priced AS (
    SELECT m.invoice_line_id, min(r.amount) AS low_rate, max(r.amount) AS high_rate,
           sum(date_diff('day', greatest(m.period_start, r.valid_from),
                         least(m.period_end, coalesce(r.valid_to, m.period_end)))
               * r.amount * 100 * m.factor) AS gross_ore,
           sum(date_diff('day', greatest(m.period_start, r.valid_from),
                         least(m.period_end, coalesce(r.valid_to, m.period_end)))) AS days
    FROM matched m
    JOIN rel_rate r ON r.service_id = m.service_id AND r.valid_from < m.period_end
                   AND coalesce(r.valid_to, m.period_end) > m.period_start
    GROUP BY 1
),
away AS (
    SELECT m.invoice_line_id,
           sum(date_diff('day', greatest(m.period_start, a.starts, r.valid_from),
                         least(m.period_end, a.ends, coalesce(r.valid_to, m.period_end)))
               * (1 - a.billable) * r.amount * 100) AS lost_ore
    FROM matched m
    JOIN rel_service_absence a ON a.service_id = m.service_id AND a.starts < m.period_end AND a.ends > m.period_start
    JOIN rel_rate r ON r.service_id = m.service_id AND r.valid_from < least(m.period_end, a.ends)
                   AND coalesce(r.valid_to, m.period_end) > greatest(m.period_start, a.starts)
    GROUP BY 1
),
twice AS (
    SELECT a.invoice_line_id
    FROM matched a JOIN matched b ON b.service_id = a.service_id AND b.invoice_id <> a.invoice_id
     AND a.period_start < b.period_end AND b.period_start < a.period_end AND b.issue_date < a.issue_date
    GROUP BY 1
)
SELECT m.*, p.gross_ore - coalesce(w.lost_ore, 0) AS expected_ore,
       CASE WHEN t.invoice_line_id IS NOT NULL THEN 'duplicate'
            WHEN round(p.gross_ore - coalesce(w.lost_ore, 0)) = m.net_ore THEN 'as_expected'
            WHEN m.unit_price NOT IN (p.low_rate, p.high_rate) THEN
                 CASE WHEN m.unit_price > p.high_rate THEN 'rate_high' ELSE 'rate_low' END
            WHEN w.lost_ore IS NOT NULL AND m.quantity <= p.days THEN 'absence_not_deducted'
            WHEN m.quantity = p.days THEN CASE WHEN m.net_ore > p.gross_ore THEN 'rate_high' ELSE 'rate_low' END
            ELSE 'quantity' END AS verdict
FROM matched m JOIN priced p USING (invoice_line_id) LEFT JOIN away w USING (invoice_line_id)
LEFT JOIN twice t USING (invoice_line_id)
"""


Spent = tuple[float, float]
"""Seconds of processors, which other work on the machine does not lengthen much, and on the clock."""


def timed(work: Callable[[], object]) -> Spent:
    used, started = process_time(), perf_counter()
    work()
    return process_time() - used, perf_counter() - started


def run(engine: DuckEngine, steps: list[Step]) -> None:
    for step in steps:
        text = compile_duckdb(step.build, key=step.key)
        engine.connection.execute(f"CREATE OR REPLACE TABLE {step.target.name} AS {text}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--grants", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    engine = DuckEngine(threads=given.threads)
    fill(engine, given.lines, given.grants)
    steps = [*matching(), *comparing()]
    for step in steps:
        compile_duckdb(step.build, key=step.key)
    hand, own = [], []
    for _ in range(given.rounds):
        hand.append(timed(lambda: engine.connection.execute(BY_HAND)))
        own.append(timed(lambda: run(engine, steps)))
    for step in steps:
        used, clock = timed(lambda step=step: run(engine, [step]))
        print(f"  {step.target.name:20} {used:6.2f} cpu s {clock:6.2f} s")
    same = engine.connection.execute(
        "SELECT count(*) FROM by_hand h JOIN rel_claim c ON c.claim_id = h.invoice_line_id WHERE c.verdict = h.verdict"
    ).fetchone()
    print(f"lines {given.lines:,}, grants {given.grants:,}, threads {given.threads}; same verdict on {same[0]:,}")
    print(engine.connection.execute("SELECT verdict, count(*) FROM rel_claim GROUP BY 1 ORDER BY 2 DESC").fetchall())
    for place, name in enumerate(("processor", "clock")):
        by_hand, ours = (median(spent[place] for spent in rounds) for rounds in (hand, own))
        print(f"{name:10} hand-written SQL {by_hand:.2f} s, ours {ours:.2f} s, ratio {ours / by_hand:.2f}")


if __name__ == "__main__":
    main()
