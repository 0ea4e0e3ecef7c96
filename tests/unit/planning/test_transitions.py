"""Who turns an age, from which month, and what becomes of the cost; and how a year is spread over its months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.planning.core.transitions import Rule, default_rules, pension_months, transition, turning_day
from styr.planning.core.versions import spread

ADULT = Rule("BL-43", "18", "SEL-107", 50, date(2024, 1, 1), None, "")
PENSION = Rule("SEL-83", "pension", "ÆL-9", 100, date(2025, 7, 1), None, "")
MONTHS = [100_01] * 12


def become(rule: Rule, born: date, year: int = 2027) -> tuple[int, ...] | None:
    found = transition([rule], section=rule.from_section, born=born, year=year, months_ore=MONTHS)
    return None if found is None else found.in_ore


def test_the_first_month_that_begins_on_the_birthday_or_later_is_the_first_of_the_new_help() -> None:
    assert become(ADULT, date(2009, 3, 1)) == (0, 0, *[50_01] * 10)
    assert become(ADULT, date(2009, 3, 2)) == (0, 0, 0, *[50_01] * 9)
    assert become(ADULT, date(2009, 12, 2)) is None
    assert become(ADULT, date(2001, 5, 5)) == (50_01,) * 12


def test_what_goes_out_is_the_whole_cost_and_what_comes_in_is_the_share() -> None:
    found = transition([ADULT], section="BL-43", born=date(2009, 7, 1), year=2027, months_ore=MONTHS)
    assert found is not None
    assert found.out_ore == (*[0] * 6, *[-100_01] * 6)
    assert found.from_month == 6


def test_help_under_another_section_and_help_that_has_ended_stay_as_they_are() -> None:
    assert transition([ADULT], section="SEL-107", born=date(2009, 1, 1), year=2027, months_ore=MONTHS) is None
    ended = [1, 1, 1, *[0] * 9]
    assert transition([ADULT], section="BL-43", born=date(2009, 4, 1), year=2027, months_ore=ended) is None


@pytest.mark.parametrize(
    ("born", "months"),
    [
        (date(1953, 12, 31), 65 * 12),
        (date(1955, 6, 30), 66 * 12 + 6),
        (date(1955, 7, 1), 67 * 12),
        (date(1962, 12, 31), 67 * 12),
        (date(1963, 1, 1), 68 * 12),
        (date(1971, 1, 1), 70 * 12),
    ],
)
def test_the_age_of_pension_follows_the_day_of_birth(born: date, months: int) -> None:
    assert pension_months(born) == months


def test_help_goes_over_at_pension_but_not_before_the_law_did() -> None:
    assert turning_day(date(1960, 2, 29), PENSION) == date(2027, 3, 1)
    assert turning_day(date(1960, 2, 15), PENSION) == date(2027, 2, 15)
    assert become(PENSION, date(1950, 1, 1), 2026) == (100_01,) * 12
    assert become(PENSION, date(1950, 1, 1), 2025) == (0, 0, 0, 0, 0, 0, *[100_01] * 6)


def test_every_rule_that_comes_with_the_program_is_marked_to_be_checked() -> None:
    assert all("kontrollér" in rule.source for rule in default_rules())
    assert len({(rule.from_section, rule.age, rule.valid_from) for rule in default_rules()}) == len(default_rules())


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12))
def test_a_year_is_spread_to_the_ore(total: int, before: list[int]) -> None:
    months = spread(total, before)
    assert len(months) == 12
    assert sum(months) == total


def test_a_year_keeps_its_shape_and_a_year_of_nothing_is_even() -> None:
    assert spread(24_00, [0, 2, *[1] * 10]) == [0, 4_00, *[2_00] * 10]
    assert spread(12, [0] * 12) == [1] * 12


def test_whoever_turns_an_age_on_a_day_that_the_month_lacks_has_turned_it_by_the_first_of_the_next() -> None:
    """Born 31 May 1955, the age is 66½: on 1 December, so December is the first month of the new help."""
    rule = Rule("SEL-83", "pension", "ÆL-9", 100, date(2000, 1, 1), None, "")
    assert turning_day(date(1955, 5, 31), rule) == date(2021, 12, 1)
    assert turning_day(date(1954, 4, 30), rule) == date(2019, 10, 30)
    assert become(rule, date(1955, 5, 31), 2021) == (*[0] * 11, 100_01)


@given(
    st.lists(st.integers(-10_000_00, 10_000_00), min_size=12, max_size=12),
    st.integers(-1_000_000_00, 1_000_000_00),
)
def test_a_spread_never_makes_a_month_larger_than_the_year_and_the_months_before(months: list[int], total: int) -> None:
    after = spread(total, months)
    assert sum(after) == total
    bound = max(abs(ore) for ore in months) + abs(total) + abs(sum(months)) + 1
    assert all(abs(ore) <= bound for ore in after)
