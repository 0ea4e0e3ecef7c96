"""Whatever is asked for, and in whatever order: no days of a service are paid for more than they cost."""

from collections.abc import Callable
from dataclasses import dataclass
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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(all_asked=st.lists(asked(), min_size=1, max_size=6), paid=st.sets(st.integers(1, 4), max_size=1))
def test_no_days_are_paid_for_more_than_they_cost(engine: DuckEngine, all_asked: list[Asked], paid: set[int]) -> None:
    settled = _settle(engine, all_asked, paid)
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
    by_number: dict[int, list[Line]] = {}
    for place, one in enumerate(all_asked):
        line = Line(f"{place}", one.start, one.end, "ophold", Decimal(one.quantity), PRICE)
        by_number.setdefault(one.invoice, []).append(line)
    sent = [Invoice(f"F{number}", "nord", number, tuple(lines), KEYS) for number, lines in sorted(by_number.items())]
    load(engine, [GRANT], sent)
    engine.load(FINDING, [])
    for number in paid & set(by_number):
        _change(engine, f"F{number}", {"status": "paid"})
    run_in_duckdb(engine)
    ready = {row["invoice_id"] for row in engine.rows(touchless)}
    return (paid & set(by_number)) | {number for number in by_number if ident("invoice", f"F{number}") in ready}


def _change(engine: DuckEngine, name: str, values: dict[str, Any]) -> None:
    rows = engine.rows(INVOICE.table())
    engine.load(INVOICE, [{**row, **values} if row["invoice_id"] == ident("invoice", name) else row for row in rows])


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
    assert len(engine.rows(touchless)) == 2
    _change(engine, "F2", spoil())
    run_in_duckdb(engine)
    assert engine.rows(touchless) == []


def test_what_we_received_first_came_first_whatever_date_is_written(engine: DuckEngine) -> None:
    lines = [Line(f"{number}", JUNE, JULY, "ophold", Decimal(30), PRICE) for number in (1, 2)]
    load(engine, [GRANT], [Invoice(f"F{place}", "nord", place, (line,), KEYS) for place, line in enumerate(lines, 1)])
    engine.load(FINDING, [])
    later = datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=3)
    _change(engine, "F1", {"received_at": later})
    run_in_duckdb(engine)
    assert [row["invoice_id"] for row in engine.rows(touchless)] == [ident("invoice", "F2")]
