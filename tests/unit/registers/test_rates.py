from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from styr.contracts.core.rates import Placement, place_rate
from styr.kernel.period import Period

FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def test_a_price_from_a_day_shortens_the_one_that_held() -> None:
    assert place_rate([Period(day(0))], day(10)) == Placement(shortened=0)


def test_a_price_from_the_same_day_replaces_it() -> None:
    assert place_rate([Period(day(0), day(5)), Period(day(5))], day(0)) == Placement(replaced=0, valid_to=day(5))


def test_a_price_holds_until_the_next_begins() -> None:
    assert place_rate([Period(day(20)), Period(day(0), day(10))], day(12)) == Placement(valid_to=day(20))


def test_a_price_within_a_closed_period_ends_with_it() -> None:
    assert place_rate([Period(day(0), day(30))], day(10)) == Placement(shortened=0, valid_to=day(30))
    assert place_rate([Period(day(0), day(30)), Period(day(40))], day(10)).valid_to == day(30)


@given(st.lists(st.integers(0, 60), unique=True, max_size=8), st.integers(0, 60), st.sampled_from([100, None]))
def test_every_day_has_the_price_it_had_or_the_new_one(starts: list[int], new: int, last: int | None) -> None:
    """Before the new price nothing changes; from it on until the next, the new one holds; then nothing changes."""
    ordered = sorted(starts)
    ends = [*(day(start) for start in ordered[1:]), None if last is None else day(last)]
    periods = [Period(day(start), end) for start, end in zip(ordered, ends, strict=True)] if ordered else []
    place = place_rate(periods, day(new))
    after = {
        index: Period(period.start, day(new)) if index == place.shortened else period
        for index, period in enumerate(periods)
    }
    if place.replaced is None:
        after[-1] = Period(day(new), place.valid_to)
    for number in range(120):
        before_holds = [index for index, period in enumerate(periods) if day(number) in period]
        holds = [index for index, period in after.items() if day(number) in period]
        assert len(holds) <= 1
        replaced_to = next((period.end for period in periods if day(new) in period), None)
        later = min((start for start in ordered if start > new), default=1000)
        if replaced_to is not None:
            later = min(later, (replaced_to - FIRST).days)
        if place.replaced is None and new <= number < later:
            assert holds == [-1]
        else:
            assert holds == before_holds
