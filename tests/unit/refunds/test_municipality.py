"""The refund of a whole municipality equals the pure core's, case by case and to the øre."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from styr.kernel.engine import DuckEngine
from styr.refunds.core.municipality import refund_months
from unit.refunds.refund_tables import MONTHS, RESIDENTIAL, Booked, Somebody, by_the_core, people, tables

KEY = "refund months"


def told(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = (
        "scheme",
        "case_id",
        "month",
        "running_ore",
        "one_off_ore",
        "income_ore",
        "basis_ore",
        "refund_ore",
        "step",
    )
    found = [tuple(str(row[name]) if name == "case_id" else row[name] for name in names) for row in rows]
    return sorted(row for row in found if any(row[3:8]))


def wanted(found: list[Somebody], closed: int, late: int = 0) -> list[tuple[Any, ...]]:
    found_rows = [
        (
            *(scheme, case.key.removeprefix("household:"), row.month, row.running, row.one_off, row.income),
            *(row.basis, row.refund, row.step),
        )
        for scheme, cases in by_the_core(found, closed, late).items()
        for case in cases
        for row in case.months
    ]
    return sorted(row for row in found_rows if any(row[3:8]))


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(people, st.integers(0, 12), st.integers(0, 2))
def test_the_expression_equals_the_core(found: list[Somebody], closed: int, late: int) -> None:
    with DuckEngine(threads=1) as duck:
        for relation, rows in tables(found, closed, late).items():
            duck.load(relation, rows)
        assert told(duck.rows(refund_months, key=KEY)) == wanted(found, closed, late)


def test_a_one_off_that_is_only_planned_reaches_no_booked_month() -> None:
    """60,000 a month is below the limit; 1.2 million planned for November are nothing to claim in January."""
    paid = tuple(Booked(month, 60_000_00, "payment", RESIDENTIAL, granted=False) for month in MONTHS[:6])
    planned = Somebody(
        number=1, birth_date=date(1980, 1, 1), section="SEL-107", paying=None, house=None, covered=None,
        day_rate=1_200_000, once=True, user_payment=0, booked=paid, once_in=11,
    )  # fmt: skip
    with DuckEngine(threads=1) as duck:
        for relation, rows in tables([planned], 6).items():
            duck.load(relation, rows)
        found = sorted(duck.rows(refund_months, key=KEY), key=lambda row: row["month"])
    assert [(row["booked"], row["one_off_ore"], row["refund_ore"]) for row in found[:6]] == [(True, 0, 0)] * 6
    assert [(row["booked"], row["one_off_ore"]) for row in found[6:]] == [(False, 100_000_00)] * 6
