"""Expected cost: what every granted service will cost, month by month, exact to the øre.

The one relation that prices a grant: invoice matching, forecast, payment plan and negotiation all read it.

A service costs, for every day on which it runs and has a rate,

    quantity a day x share of the day that is billed x rate x factor

where the quantity a day is `quantity` (per day), 1/7 of it (per week), 1/days of the month (per month) or 1/days of the
whole service (per total). A service in opening days counted per day counts opening days only. Absence lowers the share
that is billed. Days are never listed: a period's price is a numerator (a whole number) over one denominator, the
numerators of a month are summed and the sum is rounded once, half away from zero.

Days that cannot be priced (no rate, no calendar, `total` without an end) cost nothing and are counted in
`unpriced_days`, so that a control can show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import ibis

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_once import once_cost
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import Column, four_decimals, rounded_ore, whole
from styr.kernel.relation import NARROW
from styr.kernel.units import Per, Unit

_FAR = date(9999, 12, 31)
_QUARTER = 10_000
"""Rates, quantities, factors and shares carry four decimals; as whole numbers they are this many times larger."""
_ORE_SCALE = _QUARTER**4 // 100

_SEGMENT = ("service_id", "seg_from", "seg_to", "price", "weight", "priced")
_KEY = ("service_id", "grant_id", "unit", "quantity", "month_start", "end_day")


@dataclass(frozen=True)
class CostInputs:
    """What the expected cost is computed from; each an Ibis table with the columns of its relation.

    `window` is `rel_month`, or `rel_service_window` for windows of single services. `once_date` may be left out:
    one-off services are then booked on their start.
    """

    service: ibis.Table = field(default_factory=SERVICE.table)
    rate: ibis.Table = field(default_factory=RATE.table)
    absence: ibis.Table = field(default_factory=SERVICE_ABSENCE.table)
    calendar: ibis.Table = field(default_factory=CALENDAR.table)
    window: ibis.Table = field(default_factory=MONTH.table)
    once_date: ibis.Table | None = None

    def narrowed(
        self, *, by: Literal["service_id", "grant_id"] = "service_id", to: ibis.Table | None = None
    ) -> CostInputs:
        """Keep only the services (or the services of the grants) whose ids are in `rel_narrow`, before any join."""
        wanted = NARROW.table() if to is None else to
        kept = self.service.semi_join(wanted, self.service[by] == wanted.id)
        return CostInputs(kept, self.rate, self.absence, self.calendar, self.window, self.once_date)


def expected_cost(inputs: CostInputs | None = None) -> ibis.Table:
    """Return (grant_id, service_id, month, quantity, unit, amount_ore, unpriced_days), one row a service and month.

    `month` is the month's first day, `quantity` decimal(18, 4) in the service's unit, `amount_ore` int64.
    A window's row is there when the service runs in it, also when it costs nothing.
    """
    given = inputs or CostInputs()
    return monthly(given).select(
        "grant_id", "service_id", "quantity", "unit", "amount_ore", "unpriced_days", month="month_start"
    )


def monthly(inputs: CostInputs) -> ibis.Table:
    """Return the expected cost with its window: also `end_day`, for callers with several windows in a month."""
    running = _running_cost(inputs)
    return running.union(once_cost(inputs).select(running.columns), distinct=False)


def _running_cost(inputs: CostInputs) -> ibis.Table:
    line = _lines(inputs.service)
    segments = _with_absence(_priced(line, inputs.rate).union(_gaps(line, inputs.rate), distinct=False), inputs.absence)
    counted = _counted(line, segments, inputs)
    summed = counted.group_by(*_KEY).agg(
        cost=counted.cost.sum(),
        share=counted.share.sum(),
        parts=counted.parts.max(),
        unpriced_days=counted.unpriced.sum().cast("int64"),
    )
    return summed.select(
        "grant_id",
        "service_id",
        "unit",
        "month_start",
        "end_day",
        "unpriced_days",
        quantity=four_decimals(
            rounded_ore(whole(summed.quantity, decimals=4) * summed.share, whole(summed.parts) * _QUARTER)
        ),
        amount_ore=rounded_ore(summed.cost, whole(summed.parts) * _ORE_SCALE),
    )


def _lines(service: ibis.Table) -> ibis.Table:
    """Running services, with an end always and the numbers that do not change from month to month."""
    running = service.filter(service.unit != Unit.ONCE.value)
    priceable = (running.per != Per.TOTAL.value) | running.ends.notnull()
    return running.select(
        "service_id",
        "grant_id",
        "unit",
        "per",
        "calendar_id",
        "starts",
        quantity=ibis.ifelse(priceable, running.quantity, 0).cast("decimal(14, 4)"),
        ends=running.ends.fill_null(_FAR),
        priceable=priceable,
        span=_days(running.starts, running.ends),
        volume=whole(running.quantity, decimals=4) * whole(running.factor, decimals=4),
    )


def _rated(line: ibis.Table, rate: ibis.Table) -> ibis.Table:
    joined = line.filter(line.priceable).join(rate, "service_id")
    clipped = joined.mutate(
        seg_from=ibis.greatest(joined.starts, joined.valid_from),
        seg_to=ibis.least(joined.ends, joined.valid_to.fill_null(_FAR)),
    )
    return clipped.filter(clipped.seg_from < clipped.seg_to)


def _priced(line: ibis.Table, rate: ibis.Table) -> ibis.Table:
    """The periods in which one rate holds, each with its price: rate x quantity x factor as a whole number."""
    rated = _rated(line, rate)
    return rated.mutate(
        price=rated.volume * whole(rated.amount, decimals=4), weight=_int(_QUARTER), priced=ibis.literal(value=True)
    ).select(*_SEGMENT)


def _gaps(line: ibis.Table, rate: ibis.Table) -> ibis.Table:
    """The periods that no rate covers: after the service's start and after each rate, up to the next rate or the end."""
    rated = _rated(line, rate).select("service_id", "seg_from", "seg_to", "ends")
    start = line.select("service_id", seg_from=line.starts, seg_to=line.starts, ends=line.ends)
    marks = rated.union(start, distinct=False)
    next_from = marks.seg_from.lead().over(group_by=marks.service_id, order_by=[marks.seg_from, marks.seg_to])
    following = marks.mutate(following=next_from)
    open_after = following.select(
        "service_id", seg_from=following.seg_to, seg_to=following.following.fill_null(following.ends)
    )
    gaps = open_after.filter(open_after.seg_from < open_after.seg_to)
    return gaps.mutate(price=whole(_int(0)), weight=_int(_QUARTER), priced=ibis.literal(value=False)).select(*_SEGMENT)


def _with_absence(segments: ibis.Table, absence: ibis.Table) -> ibis.Table:
    """Add a segment of negative weight for each part of a segment that falls in absence: what is not billed."""
    away = absence.rename(away_from="starts", away_to="ends")
    joined = segments.join(away, "service_id")
    lost = joined.mutate(
        seg_from=ibis.greatest(joined.seg_from, joined.away_from),
        seg_to=ibis.least(joined.seg_to, joined.away_to.fill_null(_FAR)),
        weight=whole(joined.billable, decimals=4).cast("int64") - _QUARTER,
    )
    return segments.union(lost.filter(lost.seg_from < lost.seg_to).select(*_SEGMENT), distinct=False)


def _counted(line: ibis.Table, segments: ibis.Table, inputs: CostInputs) -> ibis.Table:
    """Cut the segments by the windows and count what each costs: `cost` and `share` over `parts`."""
    facts = line.drop("starts", "ends", "priceable", "volume")
    cut = _cut(segments.join(facts, "service_id"), inputs.window)
    by_opening = (cut.unit == Unit.OPENING_DAY.value) & (cut.per == Per.DAY.value)
    days = cut.filter(~by_opening).mutate(counted=_days(cut.part_from, cut.part_to))
    opens = _opening_days(cut.filter(by_opening), inputs.calendar)
    both = days.union(opens.select(days.columns), distinct=False)
    weighted = both.weight * both.counted.fill_null(0)
    return both.mutate(
        share=weighted,
        cost=both.price * weighted.cast("decimal(38, 0)"),
        parts=_parts(both),
        unpriced=ibis.ifelse(
            (both.weight == _QUARTER) & (~both.priced | both.counted.isnull()), _days(both.part_from, both.part_to), 0
        ),
    )


def _cut(segments: ibis.Table, window: ibis.Table) -> ibis.Table:
    overlap = [segments.seg_from < window.end_day, segments.seg_to > window.first_day]
    if "service_id" in window.columns:
        overlap.append(segments.service_id == window.service_id)
    joined = segments.join(window, overlap, rname="{name}_window")
    return joined.mutate(
        part_from=ibis.greatest(joined.seg_from, joined.first_day), part_to=ibis.least(joined.seg_to, joined.end_day)
    )


def _opening_days(cut: ibis.Table, calendar: ibis.Table) -> ibis.Table:
    """Count opening days: the difference of two look-ups in the calendar; null where the calendar does not reach."""
    first = calendar.select(first_calendar="calendar_id", first_on="day", first_open="open_before")
    last = calendar.select(last_calendar="calendar_id", last_on="day", last_open="open_before")
    opened = cut.left_join(first, [cut.calendar_id == first.first_calendar, cut.part_from == first.first_on])
    closed = opened.left_join(last, [opened.calendar_id == last.last_calendar, opened.part_to == last.last_on])
    return closed.mutate(counted=(closed.last_open - closed.first_open).cast("int64"))


def _parts(cut: ibis.Table) -> Column:
    return ibis.cases(
        (cut.per == Per.WEEK.value, _int(7)),
        (cut.per == Per.MONTH.value, _days(cut.month_start, cut.month_end)),
        (cut.per == Per.TOTAL.value, cut.span.fill_null(1)),
        else_=_int(1),
    )


def _days(start: Column, end: Column) -> Column:
    return end.delta(start, unit="day").cast("int64")


def _int(value: int) -> Column:
    return ibis.literal(value, type="int64")
