"""Service lines of every kind, at random."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import strategies as st

from unit.grants_core.cost_reference import ORIGIN, OWN, STANDARD, Days, Line

_day = st.integers(0, 420).map(lambda offset: ORIGIN + timedelta(days=offset))
_amount = st.decimals(-2_000, 50_000, places=4) | st.sampled_from([Decimal("0.005"), Decimal("-0.005"), Decimal(1)])


def _share(top: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(0, top, places=4) | st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("1.25")])


@st.composite
def _periods(draw: st.DrawFn, values: st.SearchStrategy[Decimal]) -> tuple[tuple[date, date | None, Decimal], ...]:
    """Periods that do not overlap; some gaps, the last one perhaps open."""
    cuts = sorted(draw(st.sets(_day, min_size=0, max_size=5)))
    rows: list[tuple[date, date | None, Decimal]] = [
        (start, end, draw(values)) for start, end in pairwise(cuts) if draw(st.integers(0, 4))
    ]
    if cuts and draw(st.booleans()):
        rows.append((cuts[-1], None, draw(values)))
    return tuple(rows)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    starts = draw(_day)
    ends = draw(st.none() | st.integers(1, 400).map(lambda days: starts + timedelta(days=days)))
    return Line(
        unit=draw(st.sampled_from(["day", "opening_day", "hour", "week", "month", "once", "trip", "km"])),
        per=draw(st.sampled_from(["day", "week", "month", "total"])),
        starts=starts,
        ends=ends,
        quantity=draw(st.decimals(0, 500, places=4) | st.just(Decimal(1))),
        factor=draw(_share(3)),
        rates=draw(_periods(_amount)) or ((ORIGIN, None, draw(_amount)),),
        absence=draw(_periods(st.decimals(0, 1, places=4))),
        dates=tuple(draw(st.sets(_day, max_size=4))),
        calendar=draw(st.sampled_from([STANDARD, OWN, None])),
    )


@st.composite
def horizons(draw: st.DrawFn) -> Days:
    start = draw(_day)
    return Days(start, start + timedelta(days=draw(st.integers(1, 200))))
