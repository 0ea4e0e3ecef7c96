"""Whatever is asked for, and in whatever order: no days of a service are paid for more than they cost."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.controls.core.relations import FINDING
from styr.invoices.core.approval import FOUR_EYES, touchless
from styr.invoices.core.pipeline import run_in_duckdb
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.engine import DuckEngine
from unit.invoices import slow_reference as slow
from unit.invoices.slow_reference import Grant, Invoice, Line
from unit.invoices.small_town import ident, load

JUNE, MIDDLE, JULY = date(2026, 6, 1), date(2026, 6, 16), date(2026, 7, 1)
PRICE = Decimal(100)
GRANT = Grant("B1", "ane", "nord", "K", date(2026, 1, 1), None, "ophold", ((date(2020, 1, 1), None, PRICE),))
KEYS = frozenset({("grant", "B1")})


@dataclass(frozen=True)
class Asked:
    start: date
    end: date
    quantity: int
    invoice: int


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    made = DuckEngine(threads=1)
    made.load(FOUR_EYES, [])
    return made


edges = st.sampled_from([JUNE, date(2026, 6, 11), MIDDLE, date(2026, 6, 21), JULY, date(2026, 7, 31)])


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    start, end = sorted(draw(st.lists(edges, min_size=2, max_size=2, unique=True)))
    days = (end - start).days
    return Asked(start, end, draw(st.sampled_from([days, days, days // 2, 0, -days])), draw(st.integers(1, 4)))


# Many towns beside each other, each with its own grant, are matched at once: what costs is the asking, not the rows.
towns = st.lists(
    st.tuples(st.lists(asked(), min_size=1, max_size=6), st.sets(st.integers(1, 4), max_size=1)), min_size=8, max_size=8
)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(towns=towns)
def test_no_days_are_paid_for_more_than_they_cost(
    engine: DuckEngine, towns: list[tuple[list[Asked], set[int]]]
) -> None:
    for (all_asked, paid), settled in zip(towns, _settled(engine, towns), strict=True):
        _held(all_asked, paid, settled)


def _held(all_asked: list[Asked], paid: set[int], settled: set[int]) -> None:
    right = [one for one in all_asked if one.invoice in settled - paid]
    if not right:
        return
    granted = [one for one in all_asked if one.invoice in settled]
    for start in {one.start for one in right}:
        for end in {one.end for one in right if one.end > start}:
            inside = [one for one in granted if start <= one.start and one.end <= end]
            if not any(one.invoice not in paid and one.quantity > 0 for one in inside):
                continue
            already = sum(int(one.quantity * PRICE * 100) for one in inside if one.invoice in paid)
            total = sum(int(one.quantity * PRICE * 100) for one in inside)
            assert total <= max(slow.expected(GRANT, start, end), already) + len(inside)


def _settle(engine: DuckEngine, all_asked: list[Asked], paid: set[int]) -> set[int]:
    """The numbers of the invoices that are paid or would be without a person."""
    (settled,) = _settled(engine, [(all_asked, paid)])
    return settled


def _settled(engine: DuckEngine, towns: list[tuple[list[Asked], set[int]]]) -> list[set[int]]:
    """The same of each town: a citizen, a supplier and a grant of its own."""
    grants, sent = [], []
    for town, (all_asked, _) in enumerate(towns):
        name = f"B{town}"
        grants.append(replace(GRANT, name=name, citizen=f"ane{town}", supplier=f"nord{town}", contract=f"K{town}"))
        by_number: dict[int, list[Line]] = {}
        for place, one in enumerate(all_asked):
            line = Line(f"{town}-{place}", one.start, one.end, "ophold", Decimal(one.quantity), PRICE)
            by_number.setdefault(one.invoice, []).append(line)
        keys = frozenset({("grant", name)})
        sent += [
            Invoice(_named(town, number), f"nord{town}", number, tuple(lines), keys)
            for number, lines in sorted(by_number.items())
        ]
    load(engine, grants, sent)
    engine.load(FINDING, [])
    gone = {_named(town, number) for town, (_, paid) in enumerate(towns) for number in paid} & {
        one.name for one in sent
    }
    _change(engine, gone, {"status": "paid"})
    run_in_duckdb(engine)
    ready = {row["invoice_id"] for row in engine.rows(touchless, key="test.touchless")}
    there = {one.name for one in sent if one.name in gone or ident("invoice", one.name) in ready}
    return [{number for number in range(1, 5) if _named(town, number) in there} for town in range(len(towns))]


def _named(town: int, number: int) -> str:
    return f"F{town}-{number}"


def _change(engine: DuckEngine, names: set[str], values: dict[str, Any]) -> None:
    changed = {ident("invoice", name) for name in names}
    rows = engine.rows(INVOICE.table(), key="test.invoice")
    engine.load(INVOICE, [{**row, **values} if row["invoice_id"] in changed else row for row in rows])


WHOLE, FIRST, SECOND = (JUNE, JULY, 30), (JUNE, MIDDLE, 15), (MIDDLE, JULY, 15)


@pytest.mark.parametrize(
    ("claims", "paid", "ready"),
    [
        ([(*WHOLE, 1), (*FIRST, 1), (*SECOND, 1)], set(), set()),
        ([(*FIRST, 1), (*SECOND, 1)], set(), {1}),
        ([(*FIRST, 1), (*SECOND, 2)], set(), {1, 2}),
        ([(*WHOLE, 1), (*FIRST, 2)], set(), {1}),
        ([(*WHOLE, 1), (*WHOLE, 2), (JUNE, date(2026, 7, 31), 0, 3)], set(), {1, 3}),
        ([(*WHOLE, 1), (*WHOLE, 2)], {2}, {2}),
    ],
)
def test_days_are_asked_for_once(
    engine: DuckEngine, claims: list[tuple[date, date, int, int]], paid: set[int], ready: set[int]
) -> None:
    assert _settle(engine, [Asked(*claim) for claim in claims], paid) == paid | ready


def _line(quantity: int, ore: int) -> Line:
    class Charged(Line):
        @property
        def ore(self) -> int:
            return ore

    return Charged("1", JUNE, JULY, "ophold", Decimal(quantity), PRICE)


def test_a_charge_hidden_in_a_line_is_not_as_expected(engine: DuckEngine) -> None:
    load(engine, [GRANT], [Invoice("F1", "nord", 1, (_line(30, 350_000),), KEYS)])
    run_in_duckdb(engine)
    assert [row["verdict"] for row in engine.rows(CLAIM.table())] == ["uncontracted_extra"]


@pytest.mark.parametrize(
    "spoil", [lambda: {"currency": "EUR"}, lambda: {"payable_ore": 0}, lambda: {"tax_ore": 5, "payable_ore": 5}]
)
def test_an_invoice_waits_for_a_credit_note_that_is_not_in_order(
    engine: DuckEngine, spoil: Callable[[], dict[str, Any]]
) -> None:
    lines = [Line(f"{number}", JUNE, JULY, "ophold", Decimal(days), PRICE) for number, days in ((1, 40), (2, -10))]
    load(engine, [GRANT], [Invoice(f"F{place}", "nord", place, (line,), KEYS) for place, line in enumerate(lines, 1)])
    engine.load(FINDING, [])
    run_in_duckdb(engine)
    assert len(engine.rows(touchless, key="test.touchless")) == 2
    _change(engine, {"F2"}, spoil())
    run_in_duckdb(engine)
    assert engine.rows(touchless, key="test.touchless") == []


def test_what_we_received_first_came_first_whatever_date_is_written(engine: DuckEngine) -> None:
    lines = [Line(f"{number}", JUNE, JULY, "ophold", Decimal(30), PRICE) for number in (1, 2)]
    load(engine, [GRANT], [Invoice(f"F{place}", "nord", place, (line,), KEYS) for place, line in enumerate(lines, 1)])
    engine.load(FINDING, [])
    later = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=3)
    _change(engine, {"F1"}, {"received_at": later})
    run_in_duckdb(engine)
    assert [row["invoice_id"] for row in engine.rows(touchless, key="test.touchless")] == [ident("invoice", "F2")]
