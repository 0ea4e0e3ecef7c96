"""The segments of a service: the periods in which it has one price, or none, and what absence takes away again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis

from styr.kernel.exact import days_between, ten_thousandths
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from styr.kernel.exact import Column

FAR = date(9999, 12, 31)
"""Stands for an open end in comparisons."""

FULL = 10_000
"""Shares carry four decimals; a day that is billed whole weighs this."""

SEGMENT = (
    "service_id",
    "grant_id",
    "unit",
    "parts",
    "by_opening",
    "by_total",
    "calendar_id",
    "quantity",
    "factor",
    "amount",
    "weight",
    "seg_from",
    "seg_to",
    "starts",
    "ends",
)


def lines(service: ibis.Table) -> ibis.Table:
    """Running services (all but `once`) with an end always.

    From here on `quantity`, `factor` and `amount` are whole numbers of ten-thousandths. `parts` tells into how many
    parts a quantity is split to give a day's: 1, 7 or the days of the whole service; null: the days of the month.
    `by_opening` is true where only opening days count, `by_total` where the quantity is for the whole service.
    """
    running = service.filter(service.unit != Unit.ONCE.value)
    priceable = (running.per != Per.TOTAL.value) | running.ends.notnull()
    return running.select(
        "service_id",
        "grant_id",
        "unit",
        "calendar_id",
        "starts",
        quantity=ibis.ifelse(priceable, ten_thousandths(running.quantity), 0),
        factor=ten_thousandths(running.factor),
        ends=running.ends.fill_null(FAR),
        parts=ibis.cases(
            (running.per == Per.WEEK.value, whole_number(7)),
            (running.per == Per.MONTH.value, ibis.null("int64")),
            (running.per == Per.TOTAL.value, days_between(running.starts, running.ends.fill_null(FAR))),
            else_=whole_number(1),
        ),
        by_opening=(running.unit == Unit.OPENING_DAY.value) & (running.per == Per.DAY.value),
        by_total=running.per == Per.TOTAL.value,
        priceable=priceable,
    )


def priced(line: ibis.Table, rate: ibis.Table) -> ibis.Table:
    """The periods in which one rate holds."""
    whole = rate.select("service_id", "valid_from", "valid_to", amount=ten_thousandths(rate.amount))
    joined = line.filter(line.priceable).join(whole, "service_id")
    clipped = joined.mutate(
        seg_from=ibis.greatest(joined.starts, joined.valid_from),
        seg_to=ibis.least(joined.ends, joined.valid_to.fill_null(FAR)),
        weight=whole_number(FULL),
    )
    return clipped.filter(clipped.seg_from < clipped.seg_to).select(*SEGMENT)


def gaps(line: ibis.Table, held: ibis.Table) -> ibis.Table:
    """The periods that no rate covers, `amount` null: from the start or a rate's end to the next rate or the end."""
    uncovered = _uncovered(line, held)
    rated = held.semi_join(uncovered, "service_id").select("service_id", "seg_from", "seg_to", "ends")
    start = uncovered.select("service_id", "ends", seg_from=uncovered.starts, seg_to=uncovered.starts)
    marks = rated.union(start.select(rated.columns), distinct=False)
    next_from = marks.seg_from.lead().over(group_by=marks.service_id, order_by=[marks.seg_from, marks.seg_to])
    following = marks.mutate(next_from=next_from)
    after = following.select(
        "service_id", seg_from=following.seg_to, seg_to=following.next_from.fill_null(following.ends)
    )
    empty = after.filter(after.seg_from < after.seg_to).join(uncovered, "service_id")
    return empty.mutate(amount=ibis.null("int64"), weight=whole_number(FULL)).select(*SEGMENT)


def _uncovered(line: ibis.Table, held: ibis.Table) -> ibis.Table:
    """The services whose rates hold for fewer days than they run; looking here first spares sorting all the others."""
    length = held.mutate(length=days_between(held.seg_from, held.seg_to).cast("int32"))
    covered = length.group_by(covered_id=length.service_id).agg(covered=length.length.sum())
    joined = line.left_join(covered, line.service_id == covered.covered_id)
    return joined.filter(joined.covered.fill_null(0) < days_between(joined.starts, joined.ends)).select(line.columns)


def lost(segments: ibis.Table, absence: ibis.Table) -> ibis.Table:
    """The parts of segments that fall in absence, of negative weight: what is not billed."""
    away = absence.rename(lost_from="starts", lost_to="ends")
    joined = segments.join(away, "service_id")
    cut = joined.mutate(
        seg_from=ibis.greatest(joined.seg_from, joined.lost_from),
        seg_to=ibis.least(joined.seg_to, joined.lost_to.fill_null(FAR)),
        weight=ten_thousandths(joined.billable) - FULL,
    )
    return cut.filter(cut.seg_from < cut.seg_to).select(*SEGMENT)


def with_away(held: ibis.Table, absence: ibis.Table) -> ibis.Table:
    """Add the days between which all absence of the service lies (`away_from`, `away_to`; FAR and FAR where none)."""
    ended = absence.mutate(ends=absence.ends.fill_null(FAR))
    span = ended.group_by(away_id=ended.service_id).agg(away_from=ended.starts.min(), away_to=ended.ends.max())
    joined = held.left_join(span, held.service_id == span.away_id)
    return joined.mutate(away_from=joined.away_from.fill_null(FAR), away_to=joined.away_to.fill_null(FAR)).drop(
        "away_id"
    )


def where(small: Column, number: Column) -> Column:
    """The number where it is small, else 0."""
    return ibis.ifelse(small, number, 0)


def cut_by(
    segments: ibis.Table, window: ibis.Table, only: Callable[[ibis.Table, ibis.Table], Column] | None = None
) -> ibis.Table:
    """Cut segments by the windows they touch; `only` is a further condition on the two."""
    wanted = [segments.seg_from < window.end_day, segments.seg_to > window.first_day]
    if "service_id" in window.columns:
        wanted.append(segments.service_id == window.service_id)
    if only is not None:
        wanted.append(only(segments, window))
    joined = segments.join(window, wanted, rname="{name}_window")
    return joined.mutate(
        part_from=ibis.greatest(joined.seg_from, joined.first_day), part_to=ibis.least(joined.seg_to, joined.end_day)
    )


def whole_number(value: int) -> Column:
    """A constant as int64."""
    return ibis.literal(value, type="int64")
