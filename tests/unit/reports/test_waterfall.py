"""The waterfall's parts sum to the change, whatever the grants cost; areas of few persons are told to nobody else."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from styr.reports.core.areas import FEWEST, OTHERS, Area, for_others, together
from styr.reports.core.story import (
    Standing,
    UnitStanding,
    moved_words,
    since_day,
    units_for_others,
    waterfall_words,
)
from styr.reports.core.waterfall import GrantYears, Waterfall, waterfall_by_unit

ADULTS, CHILDREN = UUID(int=1), UUID(int=2)
_ORE = st.integers(-(10**9), 10**12)
_DAYS = st.integers(0, 366)
ROWS = st.lists(
    st.builds(
        GrantYears,
        unit_id=st.sampled_from([ADULTS, CHILDREN, None]),
        section=st.sampled_from(["SEL-107", "SEL-85", ""]),
        grant_id=st.one_of(st.none(), st.uuids()),
        last_ore=_ORE, this_ore=_ORE, last_days=_DAYS, this_days=_DAYS, transport=st.booleans(),
        saved_ore=st.integers(0, 10**9),
    ),
    max_size=12,
)  # fmt: skip


def grant(number: int, a: int, b: int, da: int, db: int, **more: object) -> GrantYears:
    return GrantYears(ADULTS, "SEL-107", UUID(int=100 + number), a, b, da, db, **more)  # type: ignore[arg-type]  # as named


@given(ROWS)
def test_last_year_and_the_parts_are_this_year(rows: list[GrantYears]) -> None:
    by_unit = waterfall_by_unit(rows)
    for unit_id, found in by_unit.items():
        own = [row for row in rows if row.unit_id == unit_id]
        assert found.last_ore == sum(row.last_ore for row in own)
        assert found.this_ore == sum(row.this_ore for row in own)
        assert found.last_ore + sum(ore for _, ore in found.parts) == found.this_ore
        assert found.negotiation_ore == -sum(row.saved_ore for row in own if not row.transport)


def test_each_cause_lands_in_its_own_part() -> None:
    dearer = waterfall_by_unit([grant(1, 36_500, 40_150, 365, 365)])[ADULTS]
    assert (dearer.price_ore, dearer.change_ore) == (3_650, 3_650)
    longer = waterfall_by_unit([grant(1, 10_000, 20_000, 100, 200)])[ADULTS]
    assert (longer.volume_ore, longer.price_ore, longer.mix_ore) == (10_000, 0, 0)
    new = waterfall_by_unit([grant(1, 10_000, 10_000, 100, 100), grant(2, 0, 30_000, 0, 100)])[ADULTS]
    assert (new.volume_ore, new.mix_ore, new.price_ore) == (10_000, 20_000, 0)
    over = waterfall_by_unit([grant(1, 10_000, 0, 100, 0), grant(2, 30_000, 30_000, 100, 100)])[ADULTS]
    assert (over.volume_ore, over.mix_ore) == (-20_000, 10_000)
    unknown = waterfall_by_unit([grant(1, 0, 5_000, 0, 10)])[ADULTS]
    assert unknown.volume_ore == 5_000
    agreed = waterfall_by_unit([grant(1, 36_500, 30_000, 365, 365, saved_ore=8_000)])[ADULTS]
    assert (agreed.negotiation_ore, agreed.price_ore) == (-8_000, 1_500)
    ride = waterfall_by_unit([grant(1, 100, 900, 365, 365, transport=True)])[ADULTS]
    assert (ride.transport_ore, ride.price_ore) == (800, 0)
    loose = waterfall_by_unit([GrantYears(ADULTS, "", None, 100, 900)])[ADULTS]
    assert loose.other_ore == 800


def test_the_waterfall_tells_what_moved_most() -> None:
    told = waterfall_words(Waterfall(100_000_000, 200_000_000, price_ore=120_000_000, volume_ore=-20_000_000))
    assert told == "Udgiften er 1 mio. kr. mere end sidste år. Størst betydning har priserne: 1,2 mio. kr. mere."
    assert waterfall_words(Waterfall()) == ""
    even = Waterfall(10**8, 10**8, price_ore=2_000_000, negotiation_ore=-2_000_000)
    assert waterfall_words(even).startswith("Størst betydning har priserne")


def test_what_changed_since_a_day_is_a_sentence() -> None:
    then = date(2026, 10, 1)
    told = moved_words(Standing(None, 200_000_000, 100_000_000), then)
    assert told == "Prognosen er steget 1 mio. kr. siden 1. okt. 2026"
    assert "faldet" in moved_words(Standing(10, 100_000_000, 200_000_000), then)
    assert moved_words(Standing(None, 5, 6), then) == "Prognosen er som 1. okt. 2026"
    assert "ikke gemt" in moved_words(Standing(None, 5, None), then)
    assert Standing(None, 5, None).over_ore is None
    assert Standing(2, 5, None).over_ore == 3


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 10**9)), max_size=8))
def test_no_row_for_others_is_of_fewer_than_five_and_sums_hold(given_: list[tuple[int, int]]) -> None:
    areas = [Area(f"S{at}", persons, 1, ore) for at, (persons, ore) in enumerate(given_)]
    told = for_others(areas)
    assert all(area.persons >= FEWEST or not area.persons for area in told)
    if told:
        assert together(told).cost_ore == together(areas).cost_ore
    folded = [area for area in told if area.section == OTHERS]
    assert len(folded) <= 1


def test_shares_are_of_what_is_spent() -> None:
    assert Area("SEL-85", 5, 5, 200, assured_ore=50).share("assured") == 0.25
    assert Area("SEL-85").share("own") is None


def test_changes_are_told_from_the_first_of_a_month_that_lies_some_days_back() -> None:
    assert since_day(date(2026, 11, 22)) == date(2026, 11, 1)
    assert since_day(date(2026, 11, 10)) == date(2026, 10, 1)
    assert since_day(date(2026, 1, 3)) == date(2025, 12, 1)


def test_small_units_are_put_together_for_others() -> None:
    def unit(name: str, persons: int, budget: int | None = 10) -> UnitStanding:
        return UnitStanding(ADULTS, name, Standing(budget, 20, None), persons, persons)

    told = units_for_others([unit("A", 9), unit("B", 3), unit("C", 7), unit("D", 0, None)])
    assert [(one.name, one.standing.forecast_ore) for one in told] == [("D", 20), ("A", 20), ("Øvrige enheder", 40)]
    assert told[-1].persons == 10
    (alone,) = units_for_others([unit("A", 1), unit("B", 2, None)])
    assert (alone.name, alone.standing.budget_ore, alone.unit_id) == ("Alle enheder", 10, None)
    assert [one.name for one in units_for_others([unit("A", 5)])] == ["A"]
    assert units_for_others([]) == ()
