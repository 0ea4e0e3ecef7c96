"""Scenarios beside each other: each column adds up to its scenario, whatever rows the others have."""

from styr.planning.core.outcome import Pair, Row
from styr.planning.web.scenario import NamedRow, beside


def named(key: str, name: str, before: int, after: int) -> NamedRow:
    pair = Pair(before, after)
    return NamedRow(name, Row(key, (pair,)), pair)


def test_a_row_of_one_scenario_alone_is_beside_the_others_dash() -> None:
    today, moved = [named("a", "A", 100, 90)], [named("a", "A", 100, 100), named("b", "B", 0, 50)]
    assert beside([today, moved], most=9) == [
        ("B", [None, Pair(0, 50)]),
        ("A", [Pair(100, 90), Pair(100, 100)]),
    ]


def test_two_of_one_name_stay_two_and_what_has_no_room_is_one_row() -> None:
    table = [named("a", "Hus", 10, 40), named("b", "Hus", 10, 20), named("c", "C", 5, 5), named("d", "D", 7, 7)]
    rows = beside([table], most=2)
    assert rows == [("Hus", [Pair(10, 40)]), ("Hus", [Pair(10, 20)]), ("2 andre", [Pair(12, 12)])]
    assert sum((pair or Pair() for _, (pair,) in rows), Pair()) == Pair(32, 72)
