from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random

import holidays as reference
import pytest

from exampletown.days import holidays, is_opening_day, month_start, months_between
from exampletown.phrases import period_text
from exampletown.reckoning import round_ore


@pytest.mark.parametrize("year", range(2010, 2041))
def test_public_holidays_are_those_of_the_danish_calendar(year: int) -> None:
    assert holidays(year) == set(reference.Denmark(years=year))


@pytest.mark.parametrize(
    ("exact", "kroner"),
    [
        ("1/200", "0.01"),
        ("-1/200", "-0.01"),
        ("1/201", "0.00"),
        ("199/200", "1.00"),
        ("1/3", "0.33"),
        ("-2/3", "-0.67"),
    ],
)
def test_half_an_ore_is_rounded_away_from_zero(exact: str, kroner: str) -> None:
    assert round_ore(Fraction(exact)) == Decimal(kroner)


def test_a_calendar_closes_what_it_lists_and_nothing_else() -> None:
    saturday, monday = date(2026, 5, 2), date(2026, 5, 4)
    assert not is_opening_day(saturday, None)
    assert is_opening_day(saturday, frozenset({monday}))
    assert not is_opening_day(monday, frozenset({monday}))


def test_months_are_counted_over_new_year() -> None:
    assert month_start(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert months_between(date(2025, 12, 31), date(2026, 2, 1)) == [date(2025, 12, 1), date(2026, 1, 1)]


def test_weeks_are_named_only_where_the_period_is_whole_weeks() -> None:
    rng = Random(1)  # noqa: S311 - a seeded draw
    assert period_text(rng, "weeks", date(2026, 9, 28), date(2026, 10, 26)) == "uge 40-43 2026"
    assert "uge" not in period_text(rng, "weeks", date(2026, 10, 1), date(2026, 10, 26))
