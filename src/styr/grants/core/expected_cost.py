"""Expected cost: what every granted service will cost, month by month, exact to the øre.

The one relation that prices a grant: invoice matching, forecast, payment plan and negotiation all read it.

A service costs, for every day on which it runs and has a rate,

    quantity a day x share of the day that is billed x rate x factor

where the quantity a day is `quantity` (per day), 1/7 of it (per week), 1/days of the month (per month) or 1/days of the
whole service (per total). A service in opening days counted per day counts opening days only. Absence lowers the share
that is billed. Days are never listed: a period's price is a numerator (a whole number) over one denominator, the
numerators of a month are summed and the sum is rounded once, half away from zero.

A total is one amount before it is some months: what it costs in a window is the rounded cost from its first day to the
window's end less the rounded cost to the window's first day, so its months always add up to the rounded total.

Days that cannot be priced (no rate, no calendar, `total` without an end) cost nothing and are counted in
`unpriced_days`, so that a control can show them.

Nine in ten months of a service hold one rate and no absence, and numbers of two decimals: `_plain` prices them in
64-bit whole numbers without grouping. `_mixed` takes every other month in 38 digits. Totals have two such branches of
their own. All are exact; they are split for speed alone (4 x in DuckDB, 3 x in PostgreSQL), and the tests hold all to
one reference.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import ibis

from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_once import once_cost
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import (
    FAR,
    FULL,
    cut_by,
    gaps,
    lines,
    lost,
    priced,
    where,
    with_away,
)
from styr.grants.core.cost_totals import plain_total, total_cost, with_spent
from styr.grants.core.relations import RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import (
    Column,
    days_between,
    four_decimals,
    rounded_ore,
    rounded_small,
    small_four_decimals,
    small_quotient,
    total,
    whole,
)
from styr.kernel.relation import NARROW

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORE_SCALE = 10**14
"""Rate, quantity, factor and share as whole numbers carry four decimals each: this many make one øre."""

_SMALL_SCALE = 100**2
"""The same for a rate, a quantity and a factor of two decimals."""

_SMALL_RATE, _SMALL_QUANTITY, _SMALL_FACTOR = 10_000_000, 1_000, 10
"""Largest rate (kr.), quantity and factor; their product in millionths, times 2 x 31 days, fits 64 bits."""

_RESULT = ("grant_id", "service_id", "unit", "month_start", "end_day", "quantity", "amount_ore", "unpriced_days")


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
        return replace(self, service=self.service.semi_join(wanted, self.service[by] == wanted.id))


def expected_cost(inputs: CostInputs | None = None) -> ibis.Table:
    """Return (grant_id, service_id, month, quantity, unit, amount_ore, unpriced_days), one row a service and month.

    `month` is the month's first day, `quantity` decimal(18, 4) in the service's unit, `amount_ore` int64.
    A month's row is there when the service runs in it, also when it costs nothing.
    """
    return windowed_cost(inputs or CostInputs()).select(
        "grant_id", "service_id", "quantity", "unit", "amount_ore", "unpriced_days", month="month_start"
    )


def windowed_cost(
    inputs: CostInputs, columns: Sequence[str] = _RESULT, segments: ibis.Table | None = None
) -> ibis.Table:
    """Return the expected cost with its window: also `end_day`, for callers with several windows in a month.

    Only the `columns` asked for are worked out: PostgreSQL drops none from a union by itself. `segments` are
    `service_segments` of the services, for callers who ask about them twice.
    """
    if segments is None:
        segments = service_segments(inputs, with_gaps="unpriced_days" in columns)
    once = once_cost(inputs.service, inputs.rate, inputs.window, inputs.once_date)
    running, totals = segments.filter(~segments.by_total), with_spent(segments.filter(segments.by_total))
    plain = (_plain(running, inputs), plain_total(totals, inputs.window))
    branches = (*plain, _mixed(running, inputs), total_cost(totals, inputs.absence, inputs.window), once)
    return ibis.union(*(branch.select(*columns) for branch in branches), distinct=False)


def service_segments(inputs: CostInputs, *, with_gaps: bool = True) -> ibis.Table:
    """All periods of all services, each with one rate or none, and what `_is_plain` asks about them.

    What costs nothing may be left out (not `with_gaps`) where nobody asks for `unpriced_days`; totals need it always.
    It is a union that is read three times, which makes PostgreSQL keep its rows instead of working them out anew for
    every month.
    """
    line = lines(inputs.service)
    held = priced(line, inputs.rate)
    rated = _with_even(with_away(_with_price(held), inputs.absence))
    none, no = ibis.literal(0, type="int64"), ibis.literal(value=False)
    empty = gaps(line if with_gaps else line.filter(line.by_total), held).mutate(
        small=no, hundredths=none, price=none, away_from=FAR, away_to=FAR, even=no
    )
    return rated.union(empty.select(rated.columns), distinct=False)


def _with_price(held: ibis.Table) -> ibis.Table:
    """Add the quantity in hundredths and `price` = rate x quantity x factor in millionths, where `small`: they fit."""
    numbers = [(held.amount, _SMALL_RATE), (held.quantity, _SMALL_QUANTITY), (held.factor, _SMALL_FACTOR)]
    fits = [(number % 100 == 0) & number.between(-limit * FULL, limit * FULL) for number, limit in numbers]
    small = fits[0] & fits[1] & fits[2]
    rate, quantity, factor = (where(small, small_quotient(number, 100)) for number, _ in numbers)
    return held.mutate(small=small, hundredths=quantity, price=rate * quantity * factor)


def _with_even(rated: ibis.Table) -> ibis.Table:
    """Add `even`: plain in every window, since no window reaches over the first of a month; most segments are."""
    begins = (rated.seg_from <= rated.starts) | (rated.seg_from.day() == 1)
    stops = (rated.seg_to >= rated.ends) | (rated.seg_to.day() == 1)
    return rated.mutate(even=rated.small & (rated.away_from == FAR) & begins & stops)


def _is_plain(row: ibis.Table, window: ibis.Table) -> Column:
    """True where one small price holds all the service's days in the window, and no absence is near."""
    one_price = (
        (row.seg_from <= ibis.greatest(window.first_day, row.starts))
        & (row.seg_to >= ibis.least(window.end_day, row.ends))
        & ((row.away_from >= window.end_day) | (row.away_to <= window.first_day))
    )
    return row.small & (row.even | one_price)


def _plain(segments: ibis.Table, inputs: CostInputs) -> ibis.Table:
    """Months with one price: priced one by one, in 64 bits."""
    by_day = _calendar_days(cut_by(segments.filter(~segments.by_opening), inputs.window, _is_plain))
    by_opening = _opening_days(cut_by(segments.filter(segments.by_opening), inputs.window, _is_plain), inputs.calendar)
    counted = _plain_counts(by_day).union(_plain_counts(by_opening), distinct=False)
    known = counted.counted.fill_null(0)
    return counted.mutate(
        quantity=small_four_decimals(rounded_small(counted.hundredths * known * 100, counted.split)),
        amount_ore=rounded_small(counted.price * known, counted.split * _SMALL_SCALE),
        unpriced_days=ibis.ifelse(counted.counted.isnull(), counted.length, 0),
    )


def _plain_counts(cut: ibis.Table) -> ibis.Table:
    return cut.select(
        "service_id",
        "grant_id",
        "unit",
        "month_start",
        "end_day",
        "hundredths",
        "price",
        "counted",
        split=_split(cut),
        length=days_between(cut.part_from, cut.part_to),
    )


def _mixed(segments: ibis.Table, inputs: CostInputs) -> ibis.Table:
    """Months with several prices, absence, no rate or large numbers: exact numerators, summed and rounded once."""
    away = cut_by(lost(segments, inputs.absence), inputs.window)
    uneven = segments.filter(~segments.even)
    others = cut_by(uneven, inputs.window, lambda row, window: ~_is_plain(row, window)).select(away.columns)
    cut = others.union(away, distinct=False)
    by_opening = _opening_days(cut.filter(cut.by_opening), inputs.calendar)
    by_day = _calendar_days(cut.filter(~cut.by_opening))
    counted = by_day.union(by_opening.select(by_day.columns), distinct=False)
    price = whole(counted.quantity) * whole(counted.factor) * whole(counted.amount.fill_null(0))
    weighted = counted.weight * counted.counted.fill_null(0)
    unknown = (counted.weight == FULL) & (counted.amount.isnull() | counted.counted.isnull())
    row = counted.mutate(
        share=weighted,
        cost=price * whole(weighted),
        split=_split(counted),
        unpriced=ibis.ifelse(unknown, days_between(counted.part_from, counted.part_to), 0),
    )
    summed = row.group_by("service_id", "grant_id", "unit", "quantity", "month_start", "end_day").agg(
        cost=row.cost.sum(),
        share=row.share.sum(),
        split=row.split.max(),
        unpriced_days=total(row.unpriced),
    )
    share = whole(summed.quantity) * summed.share
    return summed.mutate(
        quantity=four_decimals(rounded_ore(share, whole(summed.split) * FULL)),
        amount_ore=rounded_ore(summed.cost, whole(summed.split) * _ORE_SCALE),
    )


def _split(cut: ibis.Table) -> Column:
    return cut.parts.fill_null(days_between(cut.month_start, cut.month_end))


def _calendar_days(cut: ibis.Table) -> ibis.Table:
    return cut.mutate(counted=days_between(cut.part_from, cut.part_to))


def _opening_days(cut: ibis.Table, calendar: ibis.Table) -> ibis.Table:
    """Count opening days: the difference of two look-ups in the calendar; null where the calendar does not reach."""
    first = calendar.select(first_calendar="calendar_id", first_on="day", first_open="open_before")
    last = calendar.select(last_calendar="calendar_id", last_on="day", last_open="open_before")
    opened = cut.left_join(first, [cut.calendar_id == first.first_calendar, cut.part_from == first.first_on])
    closed = opened.left_join(last, [opened.calendar_id == last.last_calendar, opened.part_to == last.last_on])
    return closed.mutate(counted=(closed.last_open - closed.first_open).cast("int64"))
