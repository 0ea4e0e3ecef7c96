"""Prices' level, what a provision comes to, and which figures wait for somebody to look them up."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from styr.budgets.core.assumed_rows import (
    LONGEST_SOURCE,
    is_to_check,
    level,
    month_ore,
    months_ahead,
    with_mark,
    without_mark,
)

PERCENTS = {2026: Decimal(9), 2027: Decimal("2.5"), 2029: Decimal(-1)}


@pytest.mark.parametrize(
    ("year", "times"),
    [
        (2026, Fraction(1)),
        (2027, Fraction(1025, 1000)),
        (2028, Fraction(1025, 1000)),
        (2029, Fraction(1025, 1000) * Fraction(99, 100)),
        (2024, Fraction(1)),
    ],
)
def test_the_level_grows_from_the_year_whose_prices_are_known(year: int, times: Fraction) -> None:
    assert level(PERCENTS, base_year=2026, year=year) == times


@pytest.mark.parametrize(
    ("persons", "price", "ore"), [("2", 75_000_00, 150_000_00), ("0.5", 1, 1), ("-0.5", 1, -1), ("-1.25", 3, -4)]
)
def test_a_month_is_rounded_away_from_nought(persons: str, price: int, ore: int) -> None:
    assert month_ore(Decimal(persons), price) == ore


@pytest.mark.parametrize(
    ("starts", "ends", "year", "months"),
    [
        (date(2026, 1, 1), None, 2026, 3),
        (date(2026, 1, 1), None, 2027, 12),
        (date(2026, 11, 1), date(2027, 3, 1), 2026, 2),
        (date(2026, 11, 1), date(2027, 3, 1), 2027, 2),
        (date(2026, 1, 1), date(2026, 10, 1), 2026, 0),
        (date(2028, 1, 1), None, 2027, 0),
        (date(2026, 1, 1), None, 2025, 0),
    ],
)
def test_a_provision_counts_in_the_months_that_are_not_closed(
    starts: date, ends: date | None, year: int, months: int
) -> None:
    assert months_ahead(starts, ends, year=year, closed_before=date(2026, 10, 1)) == months


def test_a_mark_is_kept_with_the_source_and_taken_off_again() -> None:
    kept = with_mark(" KL ", check=True)
    assert kept == "KL (kontrollér)"
    assert with_mark(kept, check=True) == kept
    assert with_mark(kept, check=False) == without_mark(kept) == "KL"
    assert len(with_mark("x" * LONGEST_SOURCE, check=True)) == 200


@pytest.mark.parametrize(
    ("source", "check"),
    [("", True), ("  ", True), ("KL (kontrollér)", True), ("Kontrollér hos KL", True), ("KL", False)],
)
def test_what_has_no_source_is_to_be_checked(source: str, *, check: bool) -> None:
    assert is_to_check(source) is check
