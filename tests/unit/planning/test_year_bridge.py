"""From this year's forecast to next year's budget: each grant by its causes, which add up."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from styr.planning.core.year_bridge import Cause, GrantYears, of_grants

GRANT = UUID(int=1)


def causes(before: int, after: int, starts: date, ends: date | None = None, percent: str = "0") -> dict[Cause, int]:
    grant = GrantYears(GRANT, before * 100, after * 100, starts, ends)
    return {one.cause: one.ore // 100 for one in of_grants([grant], year=2027, percent=Decimal(percent))}


def test_a_grant_that_runs_both_years_differs_by_index_and_price() -> None:
    assert causes(100_000, 104_000, date(2025, 3, 1), percent="2.9") == {Cause.INDEX: 2_900, Cause.PRICE: 1_100}
    assert causes(100_000, 100_000, date(2025, 3, 1), date(2028, 1, 1)) == {}


def test_one_that_began_this_year_costs_a_whole_year_in_the_next() -> None:
    assert causes(184_000, 365_000, date(2026, 7, 1)) == {Cause.BEGUN: 181_000}
    assert causes(184_000, 375_585, date(2026, 7, 1), percent="2.9") == {Cause.BEGUN: 181_000, Cause.INDEX: 10_585}


def test_one_that_ends_costs_its_days_and_one_without_a_budget_nothing() -> None:
    assert causes(365_000, 90_000, date(2025, 1, 1), date(2027, 4, 1)) == {Cause.ENDED: -275_000}
    assert causes(365_000, 0, date(2025, 1, 1), date(2026, 12, 1)) == {Cause.ENDED: -365_000}


def test_one_that_begins_next_year_is_new_and_a_few_days_tell_no_price() -> None:
    assert causes(0, 200_000, date(2027, 3, 1)) == {Cause.NEW: 200_000}
    assert causes(50, 365_000, date(2026, 12, 20)) == {Cause.BEGUN: 364_950}


def test_what_goes_on_past_its_end_runs_as_long_as_it_is_budgeted() -> None:
    grant = GrantYears(GRANT, 365_00, 365_00, date(2025, 1, 1), date(2026, 12, 1), date(2028, 1, 1))
    assert list(of_grants([grant], year=2027, percent=Decimal(0))) == []


_DAYS = st.integers(0, 1500).map(lambda days: date(2024, 1, 1) + timedelta(days=days))


@settings(max_examples=60, deadline=None)
@given(
    before=st.integers(-(10**9), 10**11), after=st.integers(-(10**9), 10**11), starts=_DAYS,
    ends=st.none() | _DAYS, percent=st.decimals(-5, 10, places=2),
)  # fmt: skip
def test_the_causes_add_up_to_the_difference(
    before: int, after: int, starts: date, ends: date | None, percent: Decimal
) -> None:
    found = list(of_grants([GrantYears(GRANT, before, after, starts, ends)], year=2027, percent=percent))
    assert sum(one.ore for one in found) == after - before
    assert all(one.ore for one in found)
    assert len({one.cause for one in found}) == len(found)
