from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from db.ledger.conftest import ACCOUNT, NOW
from db.registers.registers import Registers
from styr.ledger.bulk import upsert_budget_lines
from styr.ledger.core.booking import months_of_year
from styr.ledger.core.rows import BudgetRow

pytestmark = pytest.mark.django_db

Ask = Callable[..., list[tuple[Any, ...]]]


def line(kind: str, amount: str, **given: Any) -> BudgetRow:
    told = {"year": 2026, "account_string": ACCOUNT, "kind": kind, "amount": Decimal(amount)}
    return BudgetRow(**{**told, **given})


ROWS = (
    line("original", "1000000.01"),
    line("supplementary", "-25000", text="Omplacering marts"),
    line("supplementary", "700.07", month=5),
    line("original", "120", citizen_source_id="1001"),
    line("revised", "-99.99", citizen_source_id="1001"),
    line("revised", "0.05", citizen_source_id="1001", month=12),
    line("original", "365", grant_number="B0000017-9"),
    line("original", "77", unit_source_id="12"),
)


def slowly(rows: tuple[BudgetRow, ...]) -> dict[date, tuple[int, int]]:
    """Original and revised by month, with fractions, one line at a time."""

    def spread(row: BudgetRow) -> list[int]:
        if row.month:
            return [int(row.amount * 100) if n == row.month else 0 for n in range(1, 13)]
        sums = [round_away(Fraction(int(row.amount * 100)) * n / 12) for n in range(13)]
        return [sums[n] - sums[n - 1] for n in range(1, 13)]

    def group(row: BudgetRow) -> tuple[object, ...]:
        return row.citizen_source_id, row.grant_number, row.unit_source_id

    revised = {group(row) for row in rows if row.kind == "revised"}
    totals: dict[date, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        for n, ore in enumerate(spread(row), 1):
            was = totals[date(row.year, n, 1)]
            counts = row.kind == "revised" or group(row) not in revised
            totals[date(row.year, n, 1)] = (was[0] + ore * (row.kind == "original"), was[1] + ore * counts)
    return dict(totals)


def round_away(value: Fraction) -> int:
    down = int(abs(value) * 2)
    return (1 if value > 0 else -1) * ((down + 1) // 2)


def test_the_relation_is_as_the_slow_reference_month_by_month(registers: Registers, query: Ask) -> None:
    told = upsert_budget_lines(ROWS, municipality_id=registers.municipality_id, now=NOW)
    assert (told.inserted, told.errors) == (len(ROWS), ())
    found = query("SELECT month, sum(original_ore)::bigint, sum(revised_ore)::bigint FROM rel_budget GROUP BY 1")
    assert {month: (original, revised) for month, original, revised in found} == slowly(ROWS)


def test_months_sum_to_the_year_and_are_those_that_python_gives(registers: Registers, query: Ask) -> None:
    upsert_budget_lines([line("original", "-1000.01")], municipality_id=registers.municipality_id, now=NOW)
    found = query("SELECT month, original_ore FROM rel_budget ORDER BY month")
    assert found == months_of_year(-100_001, 2026)
    assert sum(ore for _, ore in found) == -100_001


def test_a_line_is_known_by_all_but_its_amount(registers: Registers) -> None:
    to = {"municipality_id": registers.municipality_id, "now": NOW}
    upsert_budget_lines(ROWS, **to)
    assert upsert_budget_lines(ROWS, **to).unchanged == len(ROWS)
    changed = upsert_budget_lines([line("original", "5", citizen_source_id="1001")], **to)
    assert (changed.inserted, changed.changed) == (0, 1)


def test_wrong_rows_are_told_with_their_column(registers: Registers) -> None:
    rows = [
        line("original", "1"),
        line("original", "2"),
        line("original", "1", year=2006),
        line("original", "1", month=13),
        line("original", "1", unit_source_id="99"),
        line("original", "1", account_string="9999914000100140"),
    ]
    told = upsert_budget_lines(rows, municipality_id=registers.municipality_id, now=NOW)
    assert [(error.row, error.column) for error in told.errors] == [
        (1, "konto"),
        (2, "år"),
        (3, "måned"),
        (4, "enhed_nr"),
        (5, "konto"),
    ]


def test_a_line_belongs_to_the_unit_of_what_it_names(registers: Registers, query: Ask) -> None:
    upsert_budget_lines(ROWS, municipality_id=registers.municipality_id, now=NOW)
    found = query(
        "SELECT DISTINCT b.unit_number, b.citizen_number, b.grant_number, u.number FROM ledger_budgetline b "
        "LEFT JOIN access_unit u ON u.id = b.unit_id ORDER BY 1, 2, 3"
    )
    assert found == [("", "", "", None), ("", "", "B0000017-9", "11"), ("", "1001", "", "11"), ("12", "", "", "12")]
