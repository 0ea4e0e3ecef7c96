"""From how earlier forecasts hit to the range of this one."""

from styr.budgets.core.hits import Confidence, Hit, range_of


def test_the_worst_misses_each_way_are_the_edges_of_what_lies_ahead() -> None:
    hits = [Hit(100_000, 104_000), Hit(200_000, 190_000), Hit(50_000, 50_500)]
    assert range_of(hits, forecast_ore=1_000_000, ahead_ore=400_000) == Confidence(980_000, 1_000_000, 1_016_000, 3, 0)


def test_the_forecast_lies_in_its_own_range_though_earlier_ones_all_missed_the_same_way() -> None:
    hits = [Hit(100, 110)] * 3
    assert range_of(hits, forecast_ore=1_000, ahead_ore=500) == Confidence(1_000, 1_000, 1_050, 3, 0)


def test_fewer_than_three_that_said_something_give_no_range() -> None:
    assert range_of([Hit(100, 110), Hit(100, 90), Hit(0, 50)], forecast_ore=1_000, ahead_ore=500) is None
