from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from styr.ui.chart_scale import Scale, round_step, scale_for, unit_of

amounts = st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=24)


@given(amounts)
def test_every_amount_and_nought_lie_within_the_axis(values: list[int]) -> None:
    scale = scale_for(values, start=260, end=20)
    assert scale.low <= min(0, *values) <= max(0, *values) <= scale.high
    assert scale.low < scale.high
    for value in [0, *values]:
        assert 20 <= scale.at(value) <= 260


@given(amounts)
def test_the_ticks_are_even_few_and_hold_nought(values: list[int]) -> None:
    scale = scale_for(values, start=260, end=20)
    steps = {later - earlier for earlier, later in pairwise(scale.ticks)}
    assert len(steps) == 1
    assert 0 in scale.ticks
    assert 2 <= len(scale.ticks) <= 7


@given(st.integers(1, 10**14))
def test_a_step_is_round_and_never_smaller_than_asked(about: int) -> None:
    step = round_step(about)
    assert step >= about
    assert str(step).rstrip("0") in {"1", "2", "3", "5"}


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_lengths_are_proportional_to_amounts(one: int, other: int) -> None:
    scale = scale_for([one, other], start=260, end=20)
    assert abs(scale.length(one) * other - scale.length(other) * one) <= 1e-9 * one * other


def test_a_year_of_a_hundred_thousand_a_month_is_told_in_thousands_by_thirties() -> None:
    scale = scale_for([11_000_000, 8_200_000], start=260, end=20)
    unit = unit_of(scale)
    assert (unit.words, unit.labels(scale)) == ("t.kr.", ["0", "30", "60", "90", "120"])


def test_small_amounts_are_told_in_kroner_and_large_ones_in_millions() -> None:
    assert unit_of(scale_for([75_000], start=1, end=0)).words == "kr."
    high = scale_for([1_450_000_000_00], start=1, end=0)
    assert unit_of(high).words == "mio. kr."
    assert unit_of(high).write(1_450_000_000_00) == "1.450"


def test_nothing_at_all_still_has_an_axis() -> None:
    scale = scale_for([0, 0], start=100, end=0)
    assert scale == Scale(0, 100, 100, 0, (0, 100))
