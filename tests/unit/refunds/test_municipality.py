"""The refund of a whole municipality equals the pure core's, case by case and to the øre."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from styr.kernel.engine import DuckEngine
from styr.refunds.core.municipality import refund_months
from unit.refunds.refund_tables import AGES, MONTHS, RESIDENTIAL, Booked, Somebody, by_the_core, people, tables

if TYPE_CHECKING:
    from styr.refunds.core.ages import Ages

KEY = "refund months"
RULES = (AGES, replace(AGES, spread=False), replace(AGES, covered_from=None))
"""The program's rules of the year, and what a municipality of its own may say."""


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


def wanted(found: list[Somebody], closed: int, late: int, ages: Ages) -> list[tuple[Any, ...]]:
    found_rows = [
        (
            *(scheme, case.key.removeprefix("household:"), row.month, row.running, row.one_off, row.income),
            *(row.basis, row.refund, row.step),
        )
        for scheme, cases in by_the_core(found, closed, late, ages).items()
        for case in cases
        for row in case.months
    ]
    return sorted(row for row in found_rows if any(row[3:8]))


@settings(max_examples=8, deadline=None, phases=[Phase.generate])
@given(people, st.integers(0, 12), st.integers(0, 2), st.sampled_from(RULES))
def test_the_expression_equals_the_core(found: list[Somebody], closed: int, late: int, ages: Ages) -> None:
    with DuckEngine(threads=1) as duck:
        for relation, rows in tables(found, closed, late, ages).items():
            duck.load(relation, rows)
        assert told(duck.rows(refund_months, key=KEY)) == wanted(found, closed, late, ages)


def test_a_one_off_that_is_not_spread_counts_in_its_own_month() -> None:
    """800,000 kr. in March: spread it is 66,667 a month, at the limit; in its own month it is far above."""
    paid = (Booked(MONTHS[2], 800_000_00, "payment", RESIDENTIAL, granted=True),)
    bought = Somebody(
        number=1, birth_date=date(1980, 1, 1), section="SEL-107", paying=None, house=None, covered=None,
        day_rate=0, once=True, user_payment=0, booked=paid, once_in=3,
    )  # fmt: skip
    got = {}
    for ages in (AGES, replace(AGES, spread=False)):
        with DuckEngine(threads=1) as duck:
            for relation, rows in tables([bought], 12, 0, ages).items():
                duck.load(relation, rows)
            got[ages.spread] = {row["month"].month: row["refund_ore"] for row in duck.rows(refund_months, key=KEY)}
    assert not any(got[True].values())
    # 25 % above 66,666.67, 50 % above 125,000 and 75 % above 166,666.67: 14,583.33 + 20,833.33 + 475,000
    assert {month: ore for month, ore in got[False].items() if ore} == {3: 510_416_67}


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
