"""What savings bring, held against days counted one by one, and never more than baseline less agreed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.grants.core.cost_relations import MONTH, month_rows
from styr.kernel.engine import DuckEngine
from styr.kernel.period import Period
from styr.negotiations.core.effects import effect_by_month, full_year
from unit.controls.town import Town
from unit.negotiations.savings import Saved, daily_cost, days_between, load

YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
LONG = Period(date(2024, 1, 1), date(2029, 1, 1))
PRICES = st.decimals(0, 5000, places=2)


@pytest.fixture(scope="module")
def duck() -> DuckEngine:
    return DuckEngine(threads=1)


def months(engine: DuckEngine) -> dict[object, dict[date, int]]:
    found: dict[object, dict[date, int]] = {}
    for row in engine.rows(effect_by_month, key="test saving months"):
        found.setdefault(row["saving_id"], {})[row["month"]] = row["effect_ore"]
    return found


def a_year(engine: DuckEngine) -> dict[object, int]:
    return {row["saving_id"]: row["effect_ore"] for row in engine.rows(full_year, key="test saving full year")}


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    prices=st.tuples(PRICES, PRICES).map(sorted),
    quantity=st.decimals("0.5", 30, places=2),
    per=st.sampled_from(["day", "week", "month"]),
    holds=st.tuples(st.dates(date(2025, 10, 1), date(2026, 11, 30)), st.integers(1, 500) | st.none()),
)
def test_the_effect_is_the_days_at_both_prices(
    duck: DuckEngine, prices: list[Decimal], quantity: Decimal, per: str, holds: tuple[date, int | None]
) -> None:
    starts, length = holds
    town = Town()
    grant = town.grant(town.citizen(), starts=date(2025, 1, 1), ends=date(2026, 12, 15))
    service = town.service(grant, None, unit="hour", per=per, quantity=quantity)
    ends = None if length is None else date.fromordinal(starts.toordinal() + length)
    saved = Saved(1, grant, service, str(prices[1]), str(prices[0]), starts, ends)
    load(duck, town, [saved], YEAR)
    until = min(ends or date(9999, 1, 1), date(2026, 12, 15))
    held = days_between(max(starts, YEAR.start), max(until, YEAR.start))
    before, after = (daily_cost(str(price), str(quantity), per, held) for price in reversed(prices))
    got = {month: ore for month, ore in months(duck).get(saved.id, {}).items() if ore}
    assert got == {month: ore - after[month] for month, ore in before.items() if ore != after[month]}
    duck.load(MONTH, month_rows(LONG))
    twelve = days_between(starts, starts.replace(year=starts.year + 1))
    before, after = (daily_cost(str(price), str(quantity), per, twelve) for price in reversed(prices))
    assert a_year(duck).get(saved.id, 0) == sum(before.values()) - sum(after.values())


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    cuts=st.lists(st.dates(date(2026, 1, 2), date(2026, 12, 30)), min_size=0, max_size=4, unique=True).map(sorted),
    agreed=st.lists(st.decimals(0, 1000, places=2), min_size=5, max_size=5),
)
def test_savings_on_a_grant_never_sum_to_more_than_baseline_less_agreed(
    duck: DuckEngine, cuts: list[date], agreed: list[Decimal]
) -> None:
    """Savings that follow each other on a line, beside one on another line: no krone counts twice."""
    town = Town()
    grant = town.grant(town.citizen(), ends=date(2027, 1, 1))
    base, extra = town.service(grant, None), town.service(grant, None, line_no=2, service="saertakst")
    edges = [date(2026, 1, 1), *cuts, date(2027, 1, 1)]
    chain = [
        Saved(place, grant, base, "1000", str(agreed[place]), first, edges[place + 1])
        for place, first in enumerate(edges[:-1])
    ]
    other = Saved(90, grant, extra, "820.50", "410.25", date(2026, 3, 17))
    load(duck, town, [*chain, other], YEAR)
    summed = sum(sum(one.values()) for one in months(duck).values())
    lowest = min(agreed[: len(chain)])
    at_most = sum(daily_cost(str(1000 - lowest), "1", "day", days_between(edges[0], edges[-1])).values())
    of_other = sum(daily_cost("410.25", "1", "day", days_between(date(2026, 3, 17), edges[-1])).values())
    # Each month of each saving is rounded once: half an øre a month and price.
    assert summed <= at_most + of_other + 12 + len(chain) * 2


def test_fewer_hours_are_a_saving_of_quantities(duck: DuckEngine) -> None:
    town = Town()
    grant = town.grant(town.citizen(), ends=date(2027, 1, 1))
    service = town.service(grant, None, unit="hour", per="week", quantity=Decimal(10))
    saved = Saved(1, grant, service, "420", "420", date(2026, 6, 1), quantities=("14", "10"))
    load(duck, town, [saved], YEAR)
    assert months(duck)[saved.id][date(2026, 6, 1)] == 4 * 30 * 42_000 // 7


def test_a_sum_counts_once_and_comes_not_again(duck: DuckEngine) -> None:
    town = Town()
    grant = town.grant(town.citizen())
    town.service(grant)
    saved = Saved(1, grant, None, "12500.50", "2000", date(2026, 5, 9), date(2026, 6, 1), measure="sum")
    load(duck, town, [saved], YEAR)
    assert months(duck)[saved.id] == {date(2026, 5, 1): 1_050_050}
    assert saved.id not in a_year(duck)


def test_a_saving_given_up_or_on_a_grant_nobody_granted_brings_nothing(duck: DuckEngine) -> None:
    town = Town()
    grant, draft = town.grant(town.citizen()), town.grant(town.citizen(), status="draft")
    lines = town.service(grant, None), town.service(draft, None)
    given_up = Saved(1, grant, lines[0], "900", "800", date(2026, 1, 1), status="dropped")
    load(duck, town, [given_up, Saved(2, draft, lines[1], "900", "800", date(2026, 1, 1))], YEAR)
    assert months(duck) == {}
    assert a_year(duck) == {}
