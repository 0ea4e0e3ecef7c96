"""Nothing of fewer than five persons leaves the house, and nothing that the rest gives away."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.budgets.cost_by_grant import GrantCost
from styr.reports.core.areas import FEWEST, SHARES, Area, areas_for_others, together
from styr.reports.core.coverage import GrantFact, InOrder, count_areas
from styr.reports.core.kept import Kept
from styr.reports.core.small import certain, few, kept_back
from styr.reports.core.story import Standing, UnitStanding, units_for_others
from styr.reports.core.waterfall import Waterfall

ONE, TWO = UUID(int=1), UUID(int=2)
TODAY = date(2026, 11, 21)
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
CELLS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=9)


def person(number: int) -> UUID:
    return UUID(int=1000 + number)


@SOME
@given(CELLS)
def test_cells_kept_back_are_together_about_none_or_five_on_either_side(cells: list[tuple[int, int]]) -> None:
    hidden = kept_back(cells)
    if hidden is None:
        return
    assert not any(few(persons) for place, cell in enumerate(cells) if place not in hidden for persons in cell)
    assert len(hidden) != 1, "one alone is the total less the others"
    for side in (0, 1):
        assert not few(sum(cells[place][side] for place in hidden))


def test_a_share_about_one_is_kept_back_and_the_next_with_it() -> None:
    assert kept_back([(20, 30), (40, 9), (50, 0)]) == frozenset()
    assert kept_back([(20, 1), (40, 9), (50, 60)]) == frozenset({0, 1})
    assert kept_back([(20, 1)]) is None
    assert kept_back([]) == frozenset()


def area(persons: int, sure: int, ore: int, parts: list[tuple[int, int]]) -> Area:
    """A section with shares of its cost, and how many persons each share is about."""
    ores = {f"{name}_ore": ore * share // 100 for name, (share, _) in zip(SHARES, parts, strict=True)}
    people = {name: (min(one, persons), max(persons - one, 0)) for name, (_, one) in zip(SHARES, parts, strict=True)}
    return Area("S", persons, persons, ore, sure=min(sure, persons), people=people, **ores)


AREAS = st.lists(
    st.builds(
        area, st.integers(0, 20), st.integers(0, 20), st.integers(1, 10**9),
        st.lists(st.tuples(st.integers(0, 100), st.integers(0, 20)), min_size=4, max_size=4),
    ),
    max_size=7,
)  # fmt: skip


@SOME
@given(AREAS)
def test_areas_for_others_add_up_and_hide_what_is_about_too_few(given_: list[Area]) -> None:
    areas = [replace(area, section=f"S{place}") for place, area in enumerate(given_)]
    told = areas_for_others(areas)
    assert all(row.persons >= FEWEST or not row.persons for row in told.rows)
    if told.rows:
        assert together(told.rows).cost_ore == together(areas).cost_ore
    for place, row in enumerate(told.rows):
        for what in SHARES:
            shown = (place, what) not in told.hidden
            assert not (shown and any(few(persons) for persons in row.people_of(what)))


def test_one_with_two_grants_is_one_person_of_the_unit_and_of_the_rest() -> None:
    """Ida has two grants in unit 1 and one in unit 2; Bo one in unit 2."""
    ida, bo = person(1), person(2)
    own = [(ONE, "SEL-107", 1, ida), (ONE, "SEL-85", 2, ida), (TWO, "SEL-85", 3, ida), (TWO, "SEL-85", 4, bo)]
    facts = {
        UUID(int=grant): GrantFact(unit, section, whom, "granted", TODAY, None, UUID(int=90 + grant), signed=grant == 1)
        for unit, section, grant, whom in own
    }
    rows = [GrantCost(unit, section, UUID(int=grant), whom, 100) for unit, section, grant, whom in own]
    kept = Kept()
    count_areas(kept, rows, facts, InOrder({UUID(int=92)}, set(), {UUID(int=4)}), today=TODAY)
    told = {(unit, topic, key): (ore, number, persons) for unit, topic, key, ore, number, persons in kept.figures()}
    assert [told[unit, "unit", ""][2] for unit in (ONE, TWO)] == [1, 2]
    assert [told[unit, "unit_sure", ""][2] for unit in (ONE, TWO)] == [1, 1]
    assert told[ONE, "cost", "SEL-107"] == (100, 1, 1)
    assert sum(told[unit, "cost", "SEL-85"][2] for unit in (ONE, TWO)) == 2, "Ida and Bo"
    assert sum(told[one, "sure", key][2] for one, key in ((ONE, "SEL-107"), (ONE, "SEL-85"), (TWO, "SEL-85"))) == 2
    assert (told[ONE, "signed", "SEL-107"], told[ONE, "signed_rest", "SEL-107"]) == ((100, 0, 1), (0, 0, 0))
    assert (told[ONE, "assured", "SEL-85"], told[TWO, "renegotiated", "SEL-85"]) == ((100, 0, 1), (100, 0, 1))


def test_units_put_together_are_of_persons_who_certainly_are_five() -> None:
    def unit(name: str, persons: int, sure: int) -> UnitStanding:
        return UnitStanding(ONE, name, Standing(1, 2, None), persons, sure)

    same = [unit("A", 3, 3), unit("B", 3, 0), unit("C", 9, 7)]
    (alone,) = units_for_others(same)
    assert (alone.name, alone.persons) == ("Alle enheder", 10), "A and B may be the same three"
    apart = units_for_others([unit("A", 3, 3), unit("B", 3, 2), unit("C", 9, 7)])
    assert [one.name for one in apart] == ["C", "Øvrige enheder"]
    assert certain([]) == 0


def test_a_part_about_too_few_goes_back_to_where_it_came_from() -> None:
    whole = Waterfall(100, 90, price_ore=10, negotiation_ore=-15, transport_ore=-4, other_ore=-1)
    told = whole.folded(negotiation=True, transport=True)
    assert (told.price_ore, told.negotiation_ore, told.transport_ore, told.other_ore) == (-5, 0, 0, -5)
    assert told.last_ore + sum(ore for _, ore in told.parts) == told.this_ore
    assert whole.folded(negotiation=False, transport=False) == whole
