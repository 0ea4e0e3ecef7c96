from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.kernel.calendar import danish_holidays, easter, is_banking_day, is_opening_day, open_before, opening_days
from styr.kernel.period import Period


def test_store_bededag_is_a_holiday_until_2023_and_none_from_2024() -> None:
    assert not is_opening_day(date(2023, 5, 5))
    assert is_opening_day(date(2024, 4, 26))
    assert is_opening_day(date(2026, 5, 1))


@pytest.mark.parametrize("year", range(1990, 2100))
def test_easter_agrees_with_the_holidays(year: int) -> None:
    moving = (easter(year) + timedelta(days=offset) for offset in (-3, -2, 1, 39, 50))
    assert all(day in danish_holidays(year) for day in moving)


@pytest.mark.parametrize(
    ("day", "opening", "banking"),
    [
        (date(2026, 6, 5), True, False),  # Constitution Day
        (date(2026, 12, 24), True, False),
        (date(2026, 12, 31), True, False),
        (date(2026, 5, 15), True, False),  # the Friday after Ascension Day
        (date(2026, 12, 25), False, False),
        (date(2026, 11, 21), False, False),  # a Saturday
        (date(2026, 11, 23), True, True),
    ],
)
def test_banks_are_closed_on_four_days_more(day: date, *, opening: bool, banking: bool) -> None:
    assert (is_opening_day(day), is_banking_day(day)) == (opening, banking)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400), st.data())
def test_opening_days_are_the_difference_of_two_rows(start: date, length: int, data: st.DataObject) -> None:
    period = Period(start, start + timedelta(days=length))
    rows = dict(open_before(period))
    assert len(rows) == length + 1
    first = data.draw(st.integers(0, length - 1))
    last = data.draw(st.integers(first + 1, length))
    part = Period(start + timedelta(days=first), start + timedelta(days=last))
    assert rows[part.until] - rows[part.start] == opening_days(part)


def test_days_closed_besides_are_no_opening_days() -> None:
    week = Period(date(2026, 11, 23), date(2026, 11, 28))
    closed = frozenset({date(2026, 11, 24)})
    assert [count for _, count in open_before(week, closed=closed)] == [0, 1, 1, 2, 3, 4]
