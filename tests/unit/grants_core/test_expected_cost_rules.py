"""The rules of the expected cost, one by one, on the smallest example that shows each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import MONTH, month_rows
from styr.grants.core.expected_cost import CostInputs, expected_cost
from styr.kernel.engine import DuckEngine
from styr.kernel.period import Period
from styr.kernel.relation import NARROW
from unit.grants_core.cost_reference import STANDARD, Days, Line
from unit.grants_core.cost_tables import service_id, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

FEBRUARY = Days(date(2024, 2, 1), date(2024, 3, 1))
START = date(2024, 1, 1)


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


def _line(unit: str = "day", per: str = "day", amount: str = "100", **more: object) -> Line:
    line = Line(unit, per, START, rates=((START, None, Decimal(amount)),), calendar=STANDARD)
    return replace(line, **more)


def _month(duck: DuckEngine, line: Line, days: Days = FEBRUARY) -> tuple[Decimal, Decimal, int]:
    for relation, rows in tables([line], days).items():
        duck.load(relation, rows)
    (row,) = duck.rows(expected_cost, key="test rules")
    return row["quantity"], Decimal(row["amount_ore"]).scaleb(-2), row["unpriced_days"]


@pytest.mark.parametrize(
    ("line", "quantity", "amount"),
    [
        (_line(), "29", "2900"),
        (_line("opening_day"), "21", "2100"),
        (_line("hour", "week", quantity=Decimal(5)), "20.7143", "2071.43"),
        (_line("week", "week"), "4.1429", "414.29"),
        (_line("month", "month"), "1", "100"),
        (_line("trip", "month", quantity=Decimal(8)), "8", "800"),
        (_line("km", "total", quantity=Decimal(1000), ends=date(2024, 4, 10)), "290", "29000"),
        (_line("once", starts=date(2024, 2, 5), quantity=Decimal(2)), "2", "200"),
        (_line("day", amount="-100"), "29", "-2900"),
        (_line("day", factor=Decimal("1.25")), "29", "3625"),
        (_line("month", "month", ends=date(2024, 2, 15)), "0.4828", "48.28"),
    ],
)
def test_each_unit_counts_in_its_own_way(duck: DuckEngine, line: Line, quantity: str, amount: str) -> None:
    assert _month(duck, line) == (Decimal(quantity), Decimal(amount), 0)


def test_a_rate_that_changes_inside_a_month_holds_from_its_day(duck: DuckEngine) -> None:
    rates = ((START, date(2024, 2, 11), Decimal(100)), (date(2024, 2, 11), None, Decimal(200)))
    assert _month(duck, _line(rates=rates)) == (Decimal(29), Decimal(10 * 100 + 19 * 200), 0)


def test_shares_of_a_month_are_rounded_once_not_one_by_one(duck: DuckEngine) -> None:
    rates = tuple((date(2024, 2, day), date(2024, 2, day + 1), Decimal("0.145")) for day in range(1, 29))
    line = _line("day", rates=(*rates, (date(2024, 2, 29), None, Decimal("0.145"))))
    assert _month(duck, line)[1] == Decimal("4.21")  # 29 x 0.145 = 4.205; 29 x 0.15 would be 4.35


def test_absence_lowers_what_is_billed(duck: DuckEngine) -> None:
    away = ((date(2024, 1, 20), date(2024, 2, 11), Decimal("0.25")),)
    assert _month(duck, _line(absence=away)) == (Decimal("21.5"), Decimal(2150), 0)
    assert _month(duck, _line("opening_day", absence=away)) == (Decimal("15.75"), Decimal(1575), 0)


@pytest.mark.parametrize(
    ("line", "amount", "unpriced"),
    [
        (_line(rates=()), 0, 29),
        (_line(rates=((date(2024, 2, 3), date(2024, 2, 20), Decimal(100)),)), 1700, 12),
        (_line("km", "total"), 0, 29),
        (_line("opening_day", calendar=None), 0, 29),
        (_line("once", starts=date(2024, 2, 5), rates=()), 0, 1),
    ],
)
def test_days_that_cannot_be_priced_cost_nothing_and_are_counted(
    duck: DuckEngine, line: Line, amount: int, unpriced: int
) -> None:
    assert _month(duck, line)[1:] == (Decimal(amount), unpriced)


def test_a_calendar_that_does_not_reach_leaves_the_days_unpriced(duck: DuckEngine) -> None:
    _month(duck, _line("opening_day"))
    duck.load(CALENDAR, [{"calendar_id": STANDARD, "day": date(2024, 2, 1), "open_before": 0}])
    (row,) = duck.rows(expected_cost, key="test rules")
    assert (row["amount_ore"], row["unpriced_days"]) == (0, 29)


def test_numbers_of_four_decimals_are_exact(duck: DuckEngine) -> None:
    line = _line("day", amount="0.0001", quantity=Decimal("0.0001"), factor=Decimal("0.0001"))
    assert _month(duck, line)[1] == 0
    line = _line("day", amount="1234567.8901", quantity=Decimal("123.4567"), factor=Decimal("1.2345"))
    exact = Decimal("1234567.8901") * Decimal("123.4567") * Decimal("1.2345") * 29
    assert _month(duck, line)[1] == exact.quantize(Decimal("0.01"))


def test_narrowing_keeps_only_the_wanted_services(duck: DuckEngine) -> None:
    for relation, rows in tables(
        [_line(), _line("hour", "week"), _line("once", starts=date(2024, 2, 1))], FEBRUARY
    ).items():
        duck.load(relation, rows)
    duck.load(NARROW, [{"id": service_id(1)}])
    rows = duck.rows(expected_cost(CostInputs().narrowed()))
    assert [row["service_id"] for row in rows] == [service_id(1)]
    duck.load(NARROW, [{"id": row["grant_id"]} for row in rows])
    by_grant = duck.rows(expected_cost(CostInputs().narrowed(by="grant_id", to=NARROW.table())))
    assert by_grant == rows


def test_open_ends_are_cut_by_the_horizon(duck: DuckEngine) -> None:
    _month(duck, _line())
    duck.load(MONTH, month_rows(Period(date(2024, 1, 20), date(2024, 3, 5))))
    rows = {row["month"]: row["quantity"] for row in duck.rows(expected_cost, key="test rules")}
    assert rows == {date(2024, 1, 1): 12, date(2024, 2, 1): 29, date(2024, 3, 1): 4}


def test_the_months_of_a_total_add_up_to_the_rounded_total(duck: DuckEngine) -> None:
    line = _line("km", "total", amount="1", quantity=Decimal(100), ends=date(2024, 12, 31))
    for relation, rows in tables([line], Days(START, date(2025, 1, 1))).items():
        duck.load(relation, rows)
    months = duck.rows(expected_cost, key="test rules")
    assert sum(row["amount_ore"] for row in months) == 100_00
    # One by one the twelve would be rounded to 100,01 kr.
    assert sum(round(100_00 * (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 30)[at] / 365) for at in range(12)) != 100_00


def test_a_total_that_began_before_the_horizon_goes_on_from_what_was_rounded(duck: DuckEngine) -> None:
    line = _line("km", "total", amount="1", quantity=Decimal(100), ends=date(2024, 12, 31))
    whole = 0
    for days in (Days(START, date(2024, 5, 17)), Days(date(2024, 5, 17), date(2025, 1, 1))):
        for relation, rows in tables([line], days).items():
            duck.load(relation, rows)
        whole += sum(row["amount_ore"] for row in duck.rows(expected_cost, key="test rules"))
    assert whole == 100_00
