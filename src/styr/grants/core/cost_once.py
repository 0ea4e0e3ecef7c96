"""One-off services (unit `once`): one total, split evenly to the øre over its dates, the first ones carry the rest."""

from __future__ import annotations

import ibis

from styr.kernel.exact import Column, four_decimals, rounded_ore, total, whole, whole_quotient
from styr.kernel.units import Unit

_ORE_SCALE = 10**10
"""Rate, quantity and factor each carry four decimals: this many make one øre."""


def once_cost(service: ibis.Table, rate: ibis.Table, window: ibis.Table, once_date: ibis.Table | None) -> ibis.Table:
    """Return what one-off services cost in each window, with the columns of `expected_cost.windowed_cost`.

    The whole total is priced at the rate of the first date, and not lowered by absence.
    """
    dated = _priced(_dated(service, once_date), rate)
    in_window = _in_window(_shared(dated), window)
    return in_window.group_by("grant_id", "service_id", "unit", "month_start", "end_day").agg(
        quantity=in_window.quantity_share.sum().cast("decimal(18, 4)"),
        amount_ore=total(in_window.amount_share),
        unpriced_days=total(in_window.unpriced),
    )


def _dated(service: ibis.Table, once_date: ibis.Table | None) -> ibis.Table:
    once = service.filter(service.unit == Unit.ONCE.value)
    facts = once.select("service_id", "grant_id", "unit", "quantity", "factor", "starts")
    one = ibis.literal(1, type="int64")
    if once_date is None:
        return facts.mutate(day=facts.starts, number=one, numbers=one, priced_on=facts.starts)
    dated = facts.left_join(once_date, "service_id", rname="{name}_dated")
    return dated.mutate(
        day=dated.day.fill_null(dated.starts),
        number=dated.number.fill_null(1),
        numbers=dated.numbers.fill_null(1),
        priced_on=dated.priced_on.fill_null(dated.starts),
    )


def _priced(dated: ibis.Table, rate: ibis.Table) -> ibis.Table:
    holds = [
        dated.service_id == rate.service_id,
        rate.valid_from <= dated.priced_on,
        rate.valid_to.isnull() | (dated.priced_on < rate.valid_to),
    ]
    priced = dated.left_join(rate, holds, rname="{name}_rate")
    product = whole(priced.quantity, decimals=4) * whole(priced.factor, decimals=4) * whole(priced.amount, decimals=4)
    cost = rounded_ore(product, whole(ibis.literal(_ORE_SCALE)))
    return priced.mutate(
        total_ore=cost.fill_null(0),
        total_quantity=whole(priced.quantity, decimals=4).cast("int64"),
        unpriced=priced.amount.isnull().ifelse(1, 0),
    )


def _shared(dated: ibis.Table) -> ibis.Table:
    return dated.mutate(
        amount_share=_share(dated.total_ore, dated),
        quantity_share=four_decimals(_share(dated.total_quantity, dated)),
    )


def _share(number: Column, dated: ibis.Table) -> Column:
    """The part of a whole number that date `number` of `numbers` carries."""
    each = whole_quotient(whole(number), whole(dated.numbers)).cast("int64")
    rest = number - each * dated.numbers
    return each + ibis.ifelse(dated.number <= rest.abs(), rest.sign().cast("int64"), 0)


def _in_window(dated: ibis.Table, window: ibis.Table) -> ibis.Table:
    within = [dated.day >= window.first_day, dated.day < window.end_day]
    if "service_id" in window.columns:
        within.append(dated.service_id == window.service_id)
    return dated.join(window, within, rname="{name}_window")
