"""Totals (`per` total): one amount before it is some months, so what its windows cost adds up to the rounded total.

A window costs the rounded cost from the service's first day to the window's end, less the rounded cost to the window's
first day.
"""

from __future__ import annotations

import ibis

from styr.grants.core.cost_segments import FULL, cut_by, lost, where
from styr.kernel.exact import (
    Column,
    days_between,
    four_decimals,
    rounded_ore,
    rounded_small,
    small_four_decimals,
    total,
    whole,
)

_ORE_SCALE = 10**14
"""Rate, quantity, factor and share as whole numbers carry four decimals each: this many make one øre."""

_SMALL_SCALE = 100**2
"""The same for a rate, a quantity and a factor of two decimals."""

_SMALL_TOTAL, _SMALL_DAYS = 10**15, 4_000
"""Largest price of a total (in millionths) and days of its service: twice their product fits 64 bits."""


def with_spent(totals: ibis.Table) -> ibis.Table:
    """Add what a total has cost before each of its segments (`spent`, in the unit of `price` times days).

    `odd` counts the segments so far, this one with them, whose numbers may not fit 64 bits.
    """
    fits = totals.small & totals.price.between(-_SMALL_TOTAL, _SMALL_TOTAL) & (totals.parts <= _SMALL_DAYS)
    marked = totals.mutate(known=where(fits, totals.price), odd=ibis.ifelse(fits | totals.amount.isnull(), 0, 1))
    length = where(marked.parts <= _SMALL_DAYS, days_between(marked.seg_from, marked.seg_to))
    stepped = marked.mutate(step=marked.known * length)
    so_far = ibis.window(rows=(None, 0), group_by=stepped.service_id, order_by=stepped.seg_from)  # type: ignore[no-untyped-call] # Ibis'
    return stepped.mutate(
        spent=whole(stepped.step.sum().over(so_far)).cast("int64") - stepped.step,
        odd=whole(stepped.odd.sum().over(so_far)).cast("int64"),
    )


def plain_total(segments: ibis.Table, window: ibis.Table) -> ibis.Table:
    """Windows of totals that lie in one segment, with small numbers and no absence up to there: in 64 bits."""
    part = cut_by(segments, window, _is_plain_total)
    before, here = (
        part.spent + part.known * days_between(part.seg_from, part.part_from),
        days_between(part.part_from, part.part_to),
    )
    scale = part.parts * _SMALL_SCALE
    return part.mutate(
        quantity=small_four_decimals(rounded_small(part.hundredths * here * 100, part.parts)),
        amount_ore=rounded_small(before + part.known * here, scale) - rounded_small(before, scale),
        unpriced_days=ibis.literal(0, type="int64"),
    )


def total_cost(segments: ibis.Table, absence: ibis.Table, window: ibis.Table) -> ibis.Table:
    """Totals: the cost up to the end of each window less the cost up to its first day, each rounded."""
    away = lost(segments, absence)
    asked = _windows_of(segments, window)
    both = segments.select(away.columns).union(away, distinct=False)
    joined = both.join(asked, [both.service_id == asked.asked_id, both.seg_from < asked.end_day])
    before = ibis.greatest(joined.seg_from, ibis.least(joined.seg_to, joined.first_day))
    reached = joined.mutate(
        past=days_between(joined.seg_from, before),
        here=days_between(before, ibis.least(joined.seg_to, joined.end_day)),
        price=whole(joined.quantity) * whole(joined.factor) * whole(joined.amount.fill_null(0)) * whole(joined.weight),
        unknown=(joined.weight == FULL) & joined.amount.isnull(),
    )
    summed = reached.group_by("service_id", "grant_id", "unit", "quantity", "parts", "month_start", "end_day").agg(
        cost_before=(reached.price * whole(reached.past)).sum(),
        cost_here=(reached.price * whole(reached.here)).sum(),
        share=(whole(reached.weight) * whole(reached.here)).sum(),
        unpriced_days=total(ibis.ifelse(reached.unknown, reached.here, 0)),
    )
    scale = whole(summed.parts) * _ORE_SCALE
    return summed.mutate(
        quantity=four_decimals(rounded_ore(whole(summed.quantity) * summed.share, whole(summed.parts) * FULL)),
        amount_ore=rounded_ore(summed.cost_before + summed.cost_here, scale) - rounded_ore(summed.cost_before, scale),
    )


def _is_plain_total(row: ibis.Table, window: ibis.Table) -> Column:
    return (
        row.small
        & (row.odd == 0)
        & (row.seg_from <= ibis.greatest(window.first_day, row.starts))
        & (row.seg_to >= ibis.least(window.end_day, row.ends))
        & (row.away_from >= window.end_day)
    )


def _windows_of(segments: ibis.Table, window: ibis.Table) -> ibis.Table:
    """The windows of totals that are not plain: each is found once, by the segment that its last day lies in."""
    last = ibis.least(segments.ends, window.end_day)
    wanted = [segments.seg_from < last, segments.seg_to >= last, ~_is_plain_total(segments, window)]
    wanted += [segments.starts < window.end_day, segments.ends > window.first_day]
    if "service_id" in window.columns:
        wanted.append(segments.service_id == window.service_id)
    joined = segments.join(window, wanted, rname="{name}_window")
    return joined.select("first_day", "end_day", "month_start", asked_id="service_id")
