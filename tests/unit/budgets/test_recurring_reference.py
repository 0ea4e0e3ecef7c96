"""What recurs without a grant, or on one without a price, against the obvious reference.

Three months in a row, the average of half a year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.budgets.core.booked import booked_cost
from styr.budgets.core.forecast import forecast
from styr.budgets.core.recurring import recurring_cost
from styr.budgets.core.relations import BOOKED, FRAME
from styr.budgets.core.stages import Staged
from styr.grants.core.relations import GRANT
from styr.kernel.engine import DuckEngine, compile_duckdb
from styr.ledger.core.relations import POSTING
from unit.budgets.forecast_reference import Booked, World
from unit.budgets.recurring_reference import carried_of, month_before, recurring_of
from unit.budgets.world_tables import keyed, rows_of, world_tables
from unit.budgets.worlds import ACCOUNTS, worlds

if TYPE_CHECKING:
    from collections.abc import Iterator

_STAGE = (BOOKED, booked_cost(POSTING.table(), GRANT.table(), FRAME.table()))
TEXT = Staged((_STAGE,), recurring_cost()).text(compile_duckdb)


@st.composite
def recurring_worlds(draw: st.DrawFn) -> World:
    """Worlds in which some bookings come again every month or nearly."""
    world = draw(worlds())
    postings = list(world.postings)
    for _ in range(draw(st.integers(1, 3))):
        citizen, unit = draw(st.none() | st.integers(0, 3)), draw(st.none() | st.integers(0, 1))
        account = draw(st.sampled_from((*ACCOUNTS[:2], "5385014000100999")))
        for ago in range(-1, 8):
            if draw(st.integers(0, 5)):
                month = month_before(world.closed_before, ago)
                ore = draw(st.sampled_from([1_000_00, 333_33, -5_00]) | st.integers(1, 10**7))
                postings.append(Booked(None, unit, month, world.as_of, ore, "payment", account, None, citizen))
    return replace(world, postings=tuple(postings))


@st.composite
def worlds_without_prices(draw: st.DrawFn) -> World:
    """Worlds in which grants have lost their prices, some of them in part, and are booked on every month or nearly."""
    world = draw(worlds())
    postings, grants = list(world.postings), []
    for number, held in enumerate(world.grants):
        starts = world.closed_before - timedelta(days=draw(st.integers(-40, 250)))
        days = draw(st.none() | st.integers(20, 500))
        ends = None if days is None else starts + timedelta(days=days)
        lines = tuple(
            replace(line, rates=() if draw(st.integers(0, 4)) else line.rates, starts=starts, ends=ends)
            for line in held.lines
        )
        status = draw(st.sampled_from(["granted", "granted", held.status]))
        grants.append(replace(held, lines=lines, status=status, starts=starts, ends=ends))
        for ago in range(-1, 8):
            if draw(st.integers(0, 6)):
                ore = draw(st.sampled_from([1_000_00, 333_33, -5_00]) | st.integers(1, 10**7))
                month = month_before(world.closed_before, ago)
                postings.append(Booked(number, held.unit, month, world.as_of, ore, "payment", held.account, None))
    return replace(world, grants=tuple(grants), postings=tuple(postings))


@pytest.fixture(scope="module")
def duck() -> Iterator[DuckEngine]:
    with DuckEngine(threads=1) as engine:
        yield engine


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=recurring_worlds())
def test_duckdb_equals_the_reference(duck: DuckEngine, world: World) -> None:
    for relation, rows in world_tables(world).items():
        duck.load(relation, rows)
    found = duck.connection.sql(TEXT)
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    got = keyed(rows)
    assert len(got) == len(rows)
    assert got == recurring_of(world)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds_without_prices())
def test_what_is_carried_without_a_price_equals_the_reference(duck: DuckEngine, world: World) -> None:
    for relation, rows in world_tables(world).items():
        duck.load(relation, rows)
    got = [row for row in rows_of(duck, forecast) if row["basis"] == "carried"]
    assert keyed(got) == carried_of(world)
    assert len(keyed(got)) == len(got)
