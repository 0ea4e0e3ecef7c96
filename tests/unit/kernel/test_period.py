from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.kernel.period import InvalidPeriodError, Period, next_month

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
PERIODS = st.builds(lambda start, days: Period(start, start + timedelta(days=days)), DAYS, st.integers(1, 900))
ANY = PERIODS | DAYS.map(Period)


def test_the_end_is_not_in() -> None:
    period = Period(date(2026, 1, 1), date(2026, 2, 1))
    assert date(2026, 1, 31) in period
    assert date(2026, 2, 1) not in period
    assert "2026-01-31" not in period
    assert period.days == 31
    assert period.last == date(2026, 1, 31)
    assert period == Period.through(date(2026, 1, 1), date(2026, 1, 31)) == Period.month_of(date(2026, 1, 17))


def test_an_open_end_has_neither_last_day_nor_length() -> None:
    period = Period.through(date(2026, 1, 1), None)
    assert period.last is None
    assert date.max in period
    with pytest.raises(ValueError, match="åben"):
        _ = period.days
    with pytest.raises(ValueError, match="åben"):
        list(period.months())


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_that_ends_before_it_begins_is_refused(days: int) -> None:
    start = date(2026, 1, 1)
    with pytest.raises(InvalidPeriodError, match="01-01-2026"):
        Period(start, start + timedelta(days=days))


@given(ANY, ANY, DAYS)
def test_a_day_is_in_the_intersection_when_it_is_in_both(one: Period, other: Period, day: date) -> None:
    both = one.intersection(other)
    assert (both is not None and day in both) == (day in one and day in other)
    assert (both is not None) == one.overlaps(other) == other.overlaps(one)


@given(PERIODS)
def test_splitting_a_period_into_months_never_changes_its_days(period: Period) -> None:
    parts = list(period.months())
    assert sum(part.days for part in parts) == period.days
    assert all(part.until <= next_month(part.start) for part in parts)
    assert [part.start for part in parts[1:]] == [part.until for part in parts[:-1]]
