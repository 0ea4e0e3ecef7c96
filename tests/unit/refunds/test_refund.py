"""The rules of the central refund, one by one, and the two checks of the law's own example years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.refunds.core.ages import Ages, ages_of
from styr.refunds.core.limits import Limits, Step, limits_for
from styr.refunds.core.refund import Entry, Kind, Person, Why, refund_of, year_refund
from styr.refunds.reference.load import rule, shipped_limits, shipped_rules
from unit.refunds.refund_reference import month_by_bands

YEAR = limits_for(shipped_limits(), "SEL-176", 2022)
assert YEAR is not None
ADULT = date(1980, 5, 4)
AGES = ages_of(2022, shipped_rules())


def month(number: int) -> date:
    return date(2022, number, 1)


def monthly(kroner: int, months: range, kind: Kind = Kind.RUNNING) -> tuple[Entry, ...]:
    return tuple(Entry(month(number), Fraction(kroner * 100), kind) for number in months)


def refund(*persons: Person) -> int:
    return sum(case.refund for case in year_refund(persons, YEAR, ages=AGES))


def person(*entries: Entry, **about: object) -> Person:
    return Person("A", entries, **{"birth_date": ADULT, **about})  # type: ignore[arg-type] # the tests' shorthand


def test_two_hundred_thousand_a_month_for_six_months_refunds_317500_kroner_at_the_limits_of_2022() -> None:
    assert refund(person(*monthly(200_000, range(1, 7)))) == 317_500_00


def test_two_million_evenly_over_the_year_refunds_365000_kroner() -> None:
    share = Fraction(2_000_000_00, 12)
    assert refund(person(*(Entry(month(number), share) for number in range(1, 13)))) == 365_000_00


def test_the_same_cost_in_fewer_months_refunds_more_since_each_month_has_its_twelfth() -> None:
    assert refund(person(*monthly(100_000, range(1, 13)))) < refund(person(*monthly(200_000, range(1, 7))))


def test_income_is_deducted_before_the_limits() -> None:
    costs = (*monthly(200_000, range(1, 7)), *monthly(50_000, range(1, 7), Kind.INCOME))
    assert refund(person(*costs)) == refund(person(*monthly(150_000, range(1, 7))))


def test_income_larger_than_the_cost_of_a_month_is_told_and_never_makes_a_negative_refund() -> None:
    (case,) = year_refund(
        [person(*monthly(10_000, range(1, 2)), *monthly(20_000, range(1, 2), Kind.INCOME))], YEAR, ages=AGES
    )
    assert case.refund == 0
    assert Why.INCOME_EXCEEDS in {reason.code for reason in case.reasons}


def test_a_one_off_is_spread_over_the_twelve_months_of_the_year() -> None:
    once = Entry(month(11), Fraction(600_000_00), Kind.ONE_OFF)
    assert refund(person(*monthly(70_000, range(1, 13)), once)) == refund(person(*monthly(120_000, range(1, 13))))


def test_objectively_financed_cost_and_cost_under_other_laws_do_not_count() -> None:
    left_out = (*monthly(300_000, range(1, 13), Kind.OBJECTIVE), *monthly(300_000, range(1, 13), Kind.OTHER_LAW))
    (case,) = year_refund([person(*monthly(1_000, range(1, 2)), *left_out)], YEAR, ages=AGES)
    assert case.refund == 0
    assert {Why.OBJECTIVE, Why.OTHER_LAW} <= {reason.code for reason in case.reasons}


def test_siblings_of_one_household_are_one_case_and_pass_the_limit_together() -> None:
    child = date(2012, 3, 3)
    each = monthly(60_000, range(1, 13))
    apart = [Person(name, each, child) for name in "AB"]
    pooled = [Person(name, each, child, household="H") for name in "AB"]
    assert refund(*apart) == 0
    assert refund(*pooled) == refund(person(*monthly(120_000, range(1, 13))))


def test_a_sibling_is_pooled_until_eighteen_and_with_aftercare_until_twenty_three() -> None:
    turning = date(2004, 6, 15)  # eighteen in the middle of June: June still counts
    each = monthly(60_000, range(1, 13))
    brother = Person("B", each, date(2012, 3, 3), household="H")
    cases = {c.key: c for c in year_refund([Person("A", each, turning, household="H"), brother], YEAR, ages=AGES)}
    assert [row.basis for row in cases["household:H"].months] == [120_000_00] * 6 + [60_000_00] * 6
    assert refund(Person("A", each, turning, household="H", aftercare=True), brother) == refund(
        person(*monthly(120_000, range(1, 13)))
    )


def test_nobody_past_the_age_limit_counts_unless_the_month_before_passed_the_limit() -> None:
    turning = date(1955, 4, 20)  # 67 in April: the last whole month before is March
    dear, cheap = monthly(100_000, range(1, 13)), monthly(50_000, range(1, 4)) + monthly(200_000, range(4, 13))
    assert refund(person(*dear, birth_date=turning)) == refund(person(*dear))
    assert refund(person(*cheap, birth_date=turning)) == refund(person(*monthly(200_000, range(4, 5))))
    assert refund(person(*cheap, birth_date=turning, covered_before=True)) == refund(person(*cheap))


def test_who_turned_sixty_seven_before_2021_is_not_covered_whatever_is_told() -> None:
    assert refund(person(*monthly(200_000, range(1, 13)), birth_date=date(1953, 12, 31), covered_before=True)) == 0


def test_limits_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValueError, match="stige"):
        Limits("SEL-176", 2030, (Step(200, 50), Step(300, 25)))


def test_limits_of_a_year_that_nobody_has_entered_are_missing_and_not_guessed() -> None:
    assert limits_for(shipped_limits(), "SEL-176", 2025) is None


def test_the_ages_of_the_code_are_those_of_the_dated_rules() -> None:
    assert rule("age_limit", date(2026, 1, 1)) == 67
    assert (rule("pooled_children_below", date(2026, 1, 1)), rule("pooled_young_below", date(2026, 1, 1))) == (18, 23)


amounts = st.integers(-5_000_000_00, 5_000_000_00).map(Fraction)
kinds = st.sampled_from([Kind.RUNNING, Kind.ONE_OFF, Kind.INCOME, Kind.OBJECTIVE])
entries = st.lists(st.builds(Entry, st.integers(1, 12).map(month), amounts, kinds), min_size=1, max_size=12)


@given(entries.map(tuple))
def test_the_months_add_up_to_the_year_computed_by_bands(found: tuple[Entry, ...]) -> None:
    (case,) = year_refund([person(*found)], YEAR, ages=AGES)
    once = sum((e.amount for e in found if e.kind is Kind.ONE_OFF), Fraction(0)) / 12
    exact = Fraction(0)
    for number in range(1, 13):
        own = [e for e in found if e.month == month(number)]
        running = sum((e.amount for e in own if e.kind is Kind.RUNNING), Fraction(0))
        income = sum((e.amount for e in own if e.kind is Kind.INCOME), Fraction(0))
        exact += month_by_bands(running + once - income, YEAR)
    assert abs(case.refund - exact) <= Fraction(1, 2)
    assert sum(row.refund for row in case.months) == case.refund


@given(amounts)
def test_the_steps_added_up_equal_the_bands(basis: Fraction) -> None:
    assert refund_of(basis, YEAR) == month_by_bands(basis, YEAR)


@given(st.integers(0, 400_000_00), st.integers(0, 400_000_00))
def test_more_cost_never_refunds_less_and_never_more_than_the_cost(basis: int, more: int) -> None:
    less, larger = refund_of(Fraction(basis), YEAR), refund_of(Fraction(basis + more), YEAR)
    assert 0 <= larger - less <= more * Fraction(75, 100)


def test_the_ages_are_the_dated_rules_of_the_first_of_the_year() -> None:
    from_2021 = rule_row("pooled_children_below")["valid_from"]
    assert from_2021 == rule_row("pooled_young_below")["valid_from"] == date(2021, 1, 1)
    assert Ages(67, 18, 23, from_2021) == AGES
    assert ages_of(2020, shipped_rules()) == Ages(67, 0, 0, None)
    raised = [*shipped_rules(), rule_row("age_limit") | {"value": 68, "valid_from": date(2030, 1, 1)}]
    raised[0] = raised[0] | {"valid_to": date(2030, 1, 1)}
    assert [ages_of(year, raised).limit for year in (2029, 2030)] == [67, 68]
    with pytest.raises(LookupError):
        ages_of(1990, shipped_rules())


def test_who_was_covered_before_counts_from_the_first_of_the_years_in_which_it_has_held_since() -> None:
    """An own word that holds on what the program's leaves is the same rule; a break in it begins it anew."""
    shipped = rule_row("covered_after_age_limit")
    later, last = date(2024, 1, 1), date(2026, 1, 1)
    others = [row for row in shipped_rules() if row is not shipped]

    def since(value: int) -> list[date | None]:
        rows = [shipped | {"valid_to": later}, shipped | {"valid_from": later, "valid_to": last, "value": value}]
        rules = [*others, *rows, shipped | {"valid_from": last}]
        return [ages_of(year, rules).covered_from for year in (2020, 2022, 2025, 2026)]

    assert since(1) == [None, *[shipped["valid_from"]] * 3]
    assert since(0) == [None, shipped["valid_from"], None, last]


def test_an_age_limit_that_is_raised_lets_people_count_a_year_longer() -> None:
    old = person(*monthly(200_000, range(1, 13)), birth_date=date(1955, 1, 1), covered_before=False)
    (before,) = year_refund([old], YEAR, ages=AGES)
    (after,) = year_refund([old], YEAR, ages=replace(AGES, limit=68))
    assert (before.refund, after.refund > 0) == (0, True)


def test_before_2021_siblings_are_cases_of_their_own() -> None:
    limits_2020 = Limits("SEL-176a", 2020, (Step(830_000_00, 25),))
    each = tuple(Entry(date(2020, number, 1), Fraction(60_000_00)) for number in range(1, 13))
    cases = year_refund(
        [Person(name, each, date(2010, 1, 1), household="H") for name in "AB"],
        limits_2020,
        ages=ages_of(2020, shipped_rules()),
    )
    assert [(case.key, case.refund) for case in cases] == [("A", 0), ("B", 0)]


def rule_row(name: str) -> dict[str, Any]:
    (found,) = (row for row in shipped_rules() if row["rule"] == name)
    return found
