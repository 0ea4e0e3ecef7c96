from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styr.kernel.money import Money, round_half_away

WHOLE = st.integers(-(10**20), 10**20)


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"), [(5, 2, 3), (-5, 2, -3), (1, 3, 0), (2, 3, 1), (-2, 3, -1), (0, 7, 0)]
)
def test_a_half_goes_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert round_half_away(numerator, denominator) == rounded


@given(WHOLE, st.integers(1, 10**9))
def test_rounding_is_never_more_than_a_half_off_and_symmetric(numerator: int, denominator: int) -> None:
    rounded = round_half_away(numerator, denominator)
    assert abs(Fraction(numerator, denominator) - rounded) <= Fraction(1, 2)
    assert round_half_away(-numerator, denominator) == -rounded


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_kroner_round_as_decimals_do_half_up(kroner: Decimal) -> None:
    assert Money.from_kroner(kroner).kroner == kroner.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("denominator", [0, -1])
def test_a_denominator_that_is_not_positive_is_refused(denominator: int) -> None:
    with pytest.raises(ValueError, match="Nævneren"):
        round_half_away(1, denominator)


@pytest.mark.parametrize("bad", ["NaN", "Infinity"])
def test_an_amount_must_be_a_number(bad: str) -> None:
    with pytest.raises(ValueError, match="ikke et tal"):
        Money.from_kroner(Decimal(bad))


@given(WHOLE, st.integers(1, 400))
def test_parts_sum_to_the_whole_and_differ_by_an_ore_at_most(ore: int, parts: int) -> None:
    split = Money(ore).split(parts)
    assert sum(part.ore for part in split) == ore
    assert max(split).ore - min(split).ore <= 1
    assert [abs(part.ore) for part in split] == sorted((abs(part.ore) for part in split), reverse=True)


def test_a_split_needs_a_part() -> None:
    with pytest.raises(ValueError, match="mindst én"):
        Money(1).split(0)


@given(WHOLE, WHOLE)
def test_amounts_add_and_compare_as_their_ore(one: int, other: int) -> None:
    assert Money(one) + Money(other) == Money(one + other)
    assert Money(one) - Money(other) == Money(one) + -Money(other)
    assert (Money(one) < Money(other)) == (one < other)
    assert bool(Money(one)) == (one != 0)


def test_a_factor_is_exact_and_rounded_once() -> None:
    assert Money(10_001).times(Fraction(1, 2)) == Money(5_001)
    assert Money(-10_001).times(Decimal("0.5")) == Money(-5_001)
    assert Money(7).times(3) == Money(21)
