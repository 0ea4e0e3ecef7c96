"""What a plan changes, and what it is worth when somebody stays at home."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from styr.routes.core.effects import ABSENCES, Change, at_absences, saving, total_noticed


def test_ten_minutes_are_noticed_and_nine_are_not() -> None:
    assert not Change(420, 30, 429, 39).noticed
    assert Change(420, 30, 430, 30).noticed
    assert Change(420, 30, 420, 40).noticed
    assert not Change(420, 30, 420, 10).noticed
    assert Change(420, 30, None, None).noticed
    assert not Change(None, None, 420, 30).noticed
    assert (Change(420, 30, 410, 45).earlier, Change(420, 30, 410, 45).longer) == (10, 15)
    assert total_noticed([Change(420, 30, 430, 30), Change(420, 30, 420, 30)]) == 1


def test_a_year_is_its_days_and_the_unknown_is_not_nought() -> None:
    assert saving(now_ore=500_00, plan_ore=300_00, days=200) == 200 * 200_00
    assert saving(now_ore=300_00, plan_ore=500_00, days=200) == -200 * 200_00
    assert saving(now_ore=None, plan_ore=500_00, days=200) is None
    assert saving(now_ore=300_00, plan_ore=500_00, days=None) is None


@given(st.integers(0, 10**7), st.integers(1, 500), st.none() | st.integers(0, 10**7), st.booleans())
def test_each_ride_costs_the_day_over_those_who_ride(cost: int, rides: int, now: int | None, follows: bool) -> None:  # noqa: FBT001 - given by hypothesis
    told = at_absences(cost_ore=cost, rides=rides, now_ore=now, rides_now=rides, follows=follows)
    assert [row.per_cent for row in told] == list(ABSENCES)
    for row in told:
        exact = Fraction(cost * 100, rides * (100 - row.per_cent))
        assert row.plan_ore is not None
        assert abs(row.plan_ore - exact) <= Fraction(1, 2)
        assert (row.now_ore is None) == (now is None)
        assert row.cheaper is (None if row.now_ore is None else row.plan_ore < row.now_ore)


def test_nobody_rides_for_nobody() -> None:
    assert all(row.plan_ore is None for row in at_absences(cost_ore=1, rides=0, now_ore=1, rides_now=0, follows=True))
