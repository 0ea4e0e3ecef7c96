"""Small municipalities of every kind, at random."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from unit.budgets.forecast_reference import Bill, Billed, Booked, Held, Pool, World
from unit.budgets.standing import Standing
from unit.grants_core.cost_reference import ORIGIN, Line
from unit.grants_core.cost_strategies import lines

ACCOUNTS = ("5385214000100140", "5384014000100190", "")
STATUSES = ("granted", "granted", "granted", "stopped", "expected", "awaiting", "draft", "withdrawn")
KINDS = ("payment", "payment", "correction", "other", "user_payment", "refund")
_day = st.integers(0, 420).map(lambda offset: ORIGIN + timedelta(days=offset))
_month = st.integers(-3, 13).map(lambda number: date(2024 + number // 12, number % 12 + 1, 1))


_standing = st.builds(Standing, st.frozensets(st.integers(0, 6), min_size=1), st.integers(0, 1))
_HOLIDAYS = frozenset(date(year, 7, day) for year in (2023, 2024) for day in range(1, 32))
"""What a school is closed on: all of July, told for two years."""


@st.composite
def _grants(draw: st.DrawFn) -> Held:
    """A grant with a line or two; one in three has none, as grants of rides have none."""
    ends = draw(st.none() | _day)
    given = draw(st.lists(lines(), max_size=2))
    clipped = [_clip(_by_calendar_day(line), ends) for line in given]
    return Held(
        citizen=draw(st.integers(0, 2)),
        unit=draw(st.integers(0, 1)),
        section=draw(st.sampled_from(["SEL-107", "SEL-85"])),
        status=draw(st.sampled_from(STATUSES)),
        account=draw(st.sampled_from(ACCOUNTS)),
        starts=min((line.starts for line in clipped), default=draw(_day)),
        ends=ends,
        supplier=draw(st.none() | st.integers(0, 1)),
        follow_up=draw(st.none() | _day),
        lines=tuple(line for line in clipped if line.ends is None or line.starts < line.ends),
        used_on=draw(st.none() | _standing),
    )


def _by_calendar_day(line: Line) -> Line:
    """The calendars of the reference end before the second year does: opening days have tests of their own."""
    return replace(line, unit="hour" if line.unit == "opening_day" else line.unit, dates=())


def _clip(line: Line, ends: date | None) -> Line:
    both = [end for end in (line.ends, ends) if end is not None]
    return replace(line, ends=min(both, default=None))


@st.composite
def _bills(draw: st.DrawFn, grants: int, before: int) -> Bill:
    credited = draw(st.none() | st.integers(0, before - 1)) if before else None
    return Bill(tuple(draw(st.lists(_billed(grants), max_size=3))), credited)


@st.composite
def _billed(draw: st.DrawFn, grants: int) -> Billed:
    start = draw(st.none() | _day)
    length = draw(st.sampled_from([1, 10, 28, 31, 60, 92]))
    return Billed(
        grant=draw(st.integers(0, grants - 1)),
        line=draw(st.none() | st.integers(0, 1)),
        start=start,
        end=None if start is None else start + timedelta(days=length),
    )


@st.composite
def _postings(draw: st.DrawFn, grants: int, bills: int) -> Booked:
    month = draw(_month)
    return Booked(
        grant=draw(st.none() | st.integers(0, grants - 1)),
        unit=draw(st.none() | st.integers(0, 1)),
        month=month,
        posted_on=month + timedelta(days=draw(st.integers(-20, 90))),
        ore=draw(st.sampled_from([100, 5_000_000, -5_000_000]) | st.integers(-1_000, 1_000_000).filter(bool)),
        kind=draw(st.sampled_from(KINDS)),
        account=draw(st.sampled_from(ACCOUNTS[:2])),
        bill=draw(st.none() | st.integers(0, bills - 1)) if bills and draw(st.booleans()) else None,
        citizen=draw(st.none() | st.integers(0, 2)),
        supplier=draw(st.none() | st.integers(0, 1)),
    )


@st.composite
def _pools(draw: st.DrawFn) -> Pool:
    starts = draw(_month)
    ends = draw(st.none() | _month.filter(lambda month: month > starts))
    return Pool(draw(st.none() | st.integers(0, 1)), starts, ends, draw(st.integers(-10_000, 10_000)))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    grants = draw(st.lists(_grants(), min_size=1, max_size=4))
    bills = [draw(_bills(len(grants), before)) for before in range(draw(st.integers(0, 3)))]
    return World(
        grants=tuple(grants),
        bills=tuple(bills),
        postings=tuple(draw(st.lists(_postings(len(grants), len(bills)), max_size=8))),
        pools=tuple(draw(st.lists(_pools(), max_size=2))),
        first_year=2024,
        years=draw(st.integers(1, 2)),
        as_of=draw(st.integers(-60, 500).map(lambda offset: ORIGIN + timedelta(days=offset))),
        percents=draw(
            st.dictionaries(
                st.integers(2024, 2026), st.decimals(-10, 20, places=4) | st.just(Decimal("2.8")), max_size=3
            )
        ),
        closed=(frozenset(), _HOLIDAYS | frozenset(draw(st.lists(_day, max_size=5)))),
    )
