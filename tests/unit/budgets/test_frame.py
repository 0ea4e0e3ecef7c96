"""The frame of a forecast: closed months, and how prices are carried forward."""

from datetime import date
from decimal import Decimal

from styr.budgets.core.frame import Frame, months_before


def test_the_month_of_the_day_is_the_first_that_is_open() -> None:
    frame = Frame.of(first_year=2026, as_of=date(2026, 4, 15))
    assert frame.closed_before == date(2026, 4, 1)
    assert frame.row()["grace_from"] == date(2026, 1, 1)


def test_prices_are_indexed_from_the_year_after_the_one_they_are_known_for_up_and_down() -> None:
    frame = Frame.of(first_year=2026, years=3, as_of=date(2026, 4, 15))
    rows = {(row["known_year"], row["index_from"].year): row["factor"]
            for row in frame.index_rows({2027: Decimal("2.8"), 2028: Decimal("-1.5")})}  # fmt: skip
    assert rows == {
        (2026, 1): 100_000_000,
        (2026, 2027): 102_800_000,
        (2026, 2028): 101_258_000,
        (2027, 1): 100_000_000,
        (2027, 2028): 98_500_000,
        (2028, 1): 100_000_000,
    }
    assert frame.unindexed({2027: Decimal("2.8")}) == [2028]


def test_a_year_that_has_passed_is_not_indexed() -> None:
    frame = Frame.of(first_year=2025, as_of=date(2026, 4, 15))
    assert [row["factor"] for row in frame.index_rows({2026: Decimal(3)})] == [100_000_000]
    assert frame.unindexed({}) == []


def test_months_are_counted_back_over_the_turn_of_a_year() -> None:
    assert months_before(date(2026, 2, 1), 3) == date(2025, 11, 1)
