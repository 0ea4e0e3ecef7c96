"""A year's sums as they are added and told."""

from datetime import date

from styr.budgets.core.picture import (
    MonthSums,
    Sums,
    UnitYear,
    YearPicture,
    about,
    added,
    full_years,
    pool_words,
    range_words,
    verdict,
)
from styr.budgets.month_report import Report, report_data

KR = 100
MILLION = 1_000_000 * KR


def test_a_budget_that_nobody_laid_adds_none() -> None:
    assert added([Sums(), Sums(forecast_ore=5)]) == Sums(forecast_ore=5)
    assert added([Sums(1, 2, 3, 4, 7, 1), Sums(forecast_ore=5)]) == Sums(1, 2, 3, 4, 12, 1)
    assert added([]).over_ore is None


def test_the_verdict_says_which_way_and_how_much() -> None:
    assert verdict(Sums(budget_ore=100 * MILLION, forecast_ore=103_200_000 * KR)) == (
        "Året ventes at ende 3,2 mio. kr. over budgettet (3,2 %)."
    )
    assert verdict(Sums(budget_ore=MILLION, forecast_ore=950_000 * KR)) == (
        "Året ventes at ende 50.000 kr. under budgettet (5,0 %)."
    )
    assert verdict(Sums(budget_ore=MILLION, forecast_ore=MILLION)) == "Året ventes at ende på budgettet."
    assert verdict(Sums(forecast_ore=5)) == ""


def test_amounts_are_told_as_in_a_meeting() -> None:
    assert [about(ore * KR) for ore in (950, 12_345, 999_999, 1_049_000, -3_250_000)] == [
        "950 kr.", "12.000 kr.", "1.000.000 kr.", "1 mio. kr.", "3,3 mio. kr.",
    ]  # fmt: skip


def test_a_range_is_of_deviations_where_there_is_a_budget() -> None:
    assert range_words(104 * MILLION, 106 * MILLION, 100 * MILLION) == "formentlig +4 til +6 mio. kr."
    assert range_words(99 * MILLION, 100_500_000 * KR, 100 * MILLION) == "formentlig −1 mio. kr. til +500.000 kr."
    assert range_words(4 * MILLION, 6 * MILLION, None) == "formentlig 4 til 6 mio. kr."


def test_a_picture_adds_its_units_month_by_month() -> None:
    months = [date(2026, number, 1) for number in range(1, 13)]
    one = UnitYear(None, "A", tuple(MonthSums(month, Sums(1, 1, 2, 0, 2), month.month < 3) for month in months))
    both = YearPicture(2026, (one, one))
    assert both.sums == Sums(24, 24, 48, 0, 48)
    assert both.to_date == Sums(4, 4, 8, 0, 8)
    assert both.last_closed == date(2026, 2, 1)
    assert YearPicture(2026, ()).empty


def test_a_bridge_tells_where_a_budget_on_no_citizen_is() -> None:
    assert pool_words(8_295_000 * KR).startswith("8,3 mio. kr. af budgettet er lagt på konti")
    assert pool_words(0) == pool_words(-5) == ""


def test_a_report_of_a_year_that_is_over_says_how_it_ended() -> None:
    unit = UnitYear(
        None, "A", (MonthSums(date(2025, 1, 1), Sums(MILLION, MILLION, 2 * MILLION, 0, 2 * MILLION), closed=True),)
    )
    told = report_data(Report(municipality="By", picture=YearPicture(2025, (unit,)), computed="", year_over=True))
    assert told["verdict"] == "Året endte 1 mio. kr. over budgettet (100,0 %)."


def test_days_are_full_year_persons_of_their_year() -> None:
    assert full_years(366, 2024) == "1"
    assert full_years(365 * 2 + 183, 2026) == "2,5"
