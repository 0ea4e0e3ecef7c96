"""What a forecast takes for granted beyond what is written: grants that go on, and prices that nobody has told yet.

It changes what the expected cost is asked about, never how it prices: everything ends as services and rates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.budgets.core.relations import COUNTED_GRANT, ONE
from styr.grants.core.codes import GrantStatus
from styr.grants.core.cost_segments import FAR
from styr.kernel.exact import (
    rounded_ore,
    rounded_small,
    small_four_decimals,
    small_quotient,
    ten_thousandths,
    whole,
    year_of,
)
from styr.kernel.units import Per, Unit

if TYPE_CHECKING:
    from styr.kernel.exact import Column

PROMISED = (GrantStatus.GRANTED.value, GrantStatus.STOPPED.value)
"""Grants that somebody has decided: a stopped one up to its last day."""

HOPED_FOR = (GrantStatus.EXPECTED.value, GrantStatus.AWAITING.value)
"""Grants that are on their way and nobody has decided."""

_ORE_OF = 100
"""Ten-thousandths of a krone to an øre."""

_USUAL_PRICE, _USUAL_FACTOR = 10**11, 40
"""Up to ten million kr. in ten-thousandths, and a factor: twice the øre times the factor fits 64 bits."""


def told_by(frame: ibis.Table, name: str) -> Column:
    """What the frame's one row says, as a value: a join would make PostgreSQL's planner take all ways for equal."""
    return frame.select(name)[name].max().as_scalar()


def counted_grants(grant: ibis.Table, frame: ibis.Table) -> ibis.Table:
    """The grants that a forecast counts, with `goes_on`: the follow-up is overdue, so it continues past its end."""
    known = grant.filter(grant.status.isin(PROMISED + HOPED_FOR))
    overdue = (known.status == GrantStatus.GRANTED.value) & (known.follow_up_on < told_by(frame, "as_of"))
    told = known.mutate(
        account=known.account_string.fill_null(""),
        promised=known.status.isin(PROMISED),
        goes_on=(overdue & (known.ends >= told_by(frame, "grace_from"))).fill_null(ibis.literal(value=False)),
    )
    return told.select(*COUNTED_GRANT.columns)


def assumed_services(service: ibis.Table, grants: ibis.Table) -> ibis.Table:
    """The services of the counted grants; what ends with a grant that goes on has no end."""
    known = grants.select("goes_on", counted_id="grant_id", grant_ends="ends")
    joined = service.join(known, service.grant_id == known.counted_id)
    running = (joined.unit != Unit.ONCE.value) & (joined.per != Per.TOTAL.value)
    continued = joined.goes_on & running & (joined.ends == joined.grant_ends)
    open_end = ibis.ifelse(continued, ibis.null("date"), joined.ends)
    return joined.mutate(ends=open_end).select(service.columns)


def days_of_services(service: ibis.Table) -> ibis.Table:
    """Return (grant_id, runs_from, runs_to): from a grant's first service to its last."""
    return service.group_by("grant_id").agg(runs_from=service.starts.min(), runs_to=service.ends.fill_null(FAR).max())


def days_without_services(grants: ibis.Table, service: ibis.Table) -> ibis.Table:
    """Return the same of grants that have no services, as those of rides: they run as they are granted."""
    bare = grants.anti_join(service, "grant_id")
    granted_to = ibis.ifelse(bare.goes_on, FAR, bare.ends.fill_null(FAR))
    return bare.select("grant_id", runs_from="starts", runs_to=granted_to)


def assumed_rates(rate: ibis.Table, service: ibis.Table, index: ibis.Table, frame: ibis.Table) -> ibis.Table:
    """The rates, the last one of a service going on, and indexed from the first year for which nobody has told one.

    Those that ran out before the frame are left out, but for a total's: what it has cost already is a part of it.

    The last price goes on unless it ran out longer ago than the grace. An indexed price is rounded to the øre, or
    where it has parts of an øre, to four decimals.
    """
    grace_from = told_by(frame, "grace_from")
    totals = service.filter(service.per == Per.TOTAL.value)
    held = rate.filter(
        rate.valid_to.isnull()
        | (rate.valid_to > told_by(frame, "first_day"))
        | (rate.valid_to >= grace_from)
        | rate.service_id.isin(totals.service_id)
    )
    following = held.valid_from.lead().over(group_by=held.service_id, order_by=held.valid_from)
    known = held.mutate(following=following)
    lasts = known.following.isnull() & (known.valid_to.isnull() | (known.valid_to >= grace_from))
    told = known.mutate(
        valid_to=ibis.ifelse(lasts, ibis.null("date"), known.valid_to),
        told_year=ibis.greatest(year_of(known.valid_from), told_by(frame, "base_year")),
    ).select("service_id", "valid_from", "valid_to", "amount", "told_year")
    carried = told.join(index, told.told_year == index.known_year)
    pieces = carried.mutate(
        valid_from=ibis.greatest(carried.valid_from, carried.index_from),
        valid_to=_earlier(carried.valid_to, carried.index_to),
    )
    kept = pieces.filter(pieces.valid_to.isnull() | (pieces.valid_from < pieces.valid_to))
    amount = ibis.ifelse(kept.factor == ONE, kept.amount, _indexed(kept))
    return kept.select("service_id", "valid_from", "valid_to", amount=amount)


def _indexed(kept: ibis.Table) -> Column:
    """The amount times the factor: in 64 bits where it is whole øre and both are of the usual size, for speed alone."""
    price = ten_thousandths(kept.amount)
    in_ore = price % _ORE_OF == 0
    usual = in_ore & price.between(-_USUAL_PRICE, _USUAL_PRICE) & (kept.factor < _USUAL_FACTOR * ONE)
    ore: Column = ibis.ifelse(usual, small_quotient(price, _ORE_OF), 0)
    small_factor = ibis.ifelse(usual, kept.factor, 0)
    quick = rounded_small(ore * small_factor, ibis.literal(ONE, type="int64")) * _ORE_OF
    step = ibis.ifelse(in_ore, _ORE_OF, 1).cast("int64")
    exact = rounded_ore(whole(price) * whole(kept.factor), whole(step) * ONE) * step
    return small_four_decimals(ibis.ifelse(usual, quick, exact)).cast("decimal(14, 4)")


def _earlier(one: Column, other: Column) -> Column:
    """The earlier of two ends, null being none."""
    return ibis.least(one.fill_null(other), other.fill_null(one))
