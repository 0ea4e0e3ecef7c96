"""What a plan changes, and what it is worth when somebody stays at home."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from styr.routes.core.codes import Way
from styr.routes.core.day import Terms
from styr.routes.core.effects import ABSENCES, Change, at_absences, break_even, saving, total_noticed
from styr.routes.core.service_level import Planned, levels


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


@given(st.integers(0, 10**6), st.integers(1, 60), st.integers(0, 10**6), st.integers(1, 60))
def test_the_break_even_is_the_first_share_at_which_the_plan_is_no_cheaper(
    cost: int, rides: int, now: int, rides_now: int
) -> None:
    """Slow: the price of a ride at each per cent, in fractions."""
    slow = next(
        (one for one in range(100) if Fraction(cost * 100, rides * (100 - one)) >= Fraction(now, rides_now)), None
    )
    assert break_even(cost_ore=cost, rides=rides, now_ore=now, rides_now=rides_now) == slow
    assert break_even(cost_ore=cost, rides=rides, now_ore=None, rides_now=rides_now) is None
    assert break_even(cost_ore=cost, rides=0, now_ore=now, rides_now=rides_now) is None


def test_the_service_is_shown_with_the_ride_that_comes_nearest_to_each_limit() -> None:
    terms = Terms(early=20, late=15, longest=60, bell=30)
    rides = [
        Planned(Way.OUT, 480, 450, 495, None, solo=False, wheelchair=True),
        Planned(Way.OUT, 480, 440, 508, 75, solo=True, wheelchair=False),
        Planned(Way.BACK, 840, 880, 910, 40, solo=False, wheelchair=False),
    ]
    early, late, usual, own, solo, wheels = levels(rides, terms)
    assert (early.most, early.worst, early.rides, early.slack) == (20, 15, 2, 5)
    assert (late.most, late.worst, late.rides) == (15, 10, 1)
    assert (usual.most, usual.worst, usual.rides) == (60, 45, 1)
    assert (own.most, own.worst, own.slack, own.rides) == (75, 68, 7, 2)
    assert (solo.rides, wheels.rides, solo.slack) == (1, 1, None)
    assert all(one.worst is None and one.slack is None for one in levels([], terms))
