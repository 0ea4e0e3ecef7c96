from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from styr.kernel.period import Period
from styr.workspace.core.citizen_year import citizen_year, is_closed, months_of, split_by_month

TODAY = date(2026, 11, 21)
MONTHLY = dict.fromkeys(months_of(2026), 100_00)


def test_a_month_closes_thirty_days_after_its_last_day() -> None:
    assert not is_closed(date(2026, 10, 1), date(2026, 11, 30))
    assert is_closed(date(2026, 10, 1), date(2026, 12, 1))


def test_closed_months_count_with_what_was_paid_and_the_rest_with_what_is_expected() -> None:
    paid = {month: 90_00 for month in months_of(2026) if month.month <= 9}
    year = citizen_year(2026, expected=MONTHLY, actual=paid, waiting={}, today=TODAY)
    assert [month.closed for month in year.months] == [True] * 9 + [False] * 3
    assert year.expected_ore == 1200_00
    assert year.actual_ore == 810_00
    assert year.forecast_ore == 9 * 90_00 + 3 * 100_00
    assert year.closed_difference_ore == -90_00


def test_an_open_month_never_counts_with_less_than_what_is_invoiced_and_in_order() -> None:
    year = citizen_year(2026, expected=MONTHLY, actual={date(2026, 11, 1): 150_00}, waiting={}, today=TODAY)
    assert year.months[10].forecast_ore == 150_00
    assert year.months[11].forecast_ore == 100_00


def test_what_waits_is_told_and_does_not_count() -> None:
    year = citizen_year(2026, expected={}, actual={}, waiting={date(2026, 3, 1): 70_00}, today=TODAY)
    assert (year.waiting_ore, year.actual_ore, year.forecast_ore) == (70_00, 0, 0)


def test_a_year_without_anything_costs_nothing() -> None:
    year = citizen_year(2026, expected={}, actual={}, waiting={}, today=TODAY)
    assert (year.expected_ore, year.forecast_ore, len(year.months)) == (0, 0, 12)


def test_a_line_over_two_months_is_divided_by_days() -> None:
    parts = split_by_month(3100, Period(date(2026, 1, 17), date(2026, 2, 17)))
    assert parts == {date(2026, 1, 1): 1500, date(2026, 2, 1): 1600}


@given(
    amount=st.integers(-(10**12), 10**12),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.integers(1, 800),
)
def test_dividing_never_changes_the_total(amount: int, start: date, days: int) -> None:
    period = Period(start, start + timedelta(days=days))
    parts = split_by_month(amount, period)
    assert sum(parts.values()) == amount
    assert len(parts) == len(list(period.months()))
