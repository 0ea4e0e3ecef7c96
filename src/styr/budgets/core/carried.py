"""Grants that run without a price, carried forward by what is booked on them: a part of the forecast of its own.

A day without a price costs nothing in the expected cost, which stays so. But where no service of a running, decided
grant has a price ahead, and something was booked on the grant in three months in a row (as `recurring` asks it), the
months ahead hold the average of those of the last six closed months in which anything was booked, at the level of
prices that is expected, by the days on which the grant runs. So does the last closed month while nothing is booked in
it: bills come late. It is no price: a control asks for one.

Grants of rides have no services at all. What their rides cost is known by domains above this one, trip by trip and
only when they are driven; here they are grants without a price, that run as they are granted.
"""

from __future__ import annotations

import ibis

from styr.budgets.core.assumed import days_of_services, days_without_services, told_by
from styr.budgets.core.codes import Basis
from styr.budgets.core.recurring import LOOKED_AT, before, level, typical
from styr.budgets.core.relations import (
    ASSUMED_RATE,
    ASSUMED_SERVICE,
    BOOKED,
    COUNTED_GRANT,
    FORECAST,
    FRAME,
    ONE,
)
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import FAR
from styr.kernel.exact import days_between, rounded_ore, whole
from styr.kernel.units import Unit


def carried_cost() -> ibis.Table:
    """Return rows of `relations.FORECAST` with the basis `carried`, none of them zero: over the forecast's stages."""
    booked = BOOKED.table()
    told = booked.filter(booked.grant_id.notnull()).cross_join(FRAME.table().select("closed_before"))
    unpriced = _unpriced()
    lately = told.filter(told.month >= before(told.closed_before, LOOKED_AT)).semi_join(unpriced, "grant_id")
    found = typical(lately, ("grant_id",))
    return _ahead(found.join(unpriced, "grant_id"))


def _unpriced() -> ibis.Table:
    """The decided grants that run, from when until when, without any price ahead: what is bought once is no running."""
    service, rate = ASSUMED_SERVICE.table(), ASSUMED_RATE.table()
    ahead = rate.filter(rate.valid_to.fill_null(FAR) > told_by(FRAME.table(), "closed_before"))
    running = service.filter(service.unit != Unit.ONCE.value)
    grant = COUNTED_GRANT.table().filter(lambda row: row.promised)
    unpriced = grant.anti_join(running.semi_join(ahead, "service_id"), "grant_id")
    runs = days_of_services(running.semi_join(unpriced, "grant_id"))
    days = runs.union(days_without_services(unpriced, service), distinct=False)
    return unpriced.join(days, "grant_id")


def _ahead(found: ibis.Table) -> ibis.Table:
    month = MONTH.table()
    open_months = found.join(
        month,
        [
            month.month_start >= found.unbooked_from,
            month.month_start < found.runs_to,
            month.month_end > found.runs_from,
        ],
    )
    priced = level(open_months)
    days = days_between(
        ibis.greatest(priced.runs_from, priced.month_start), ibis.least(priced.runs_to, priced.month_end)
    )
    rows = priced.mutate(
        month=priced.month_start,
        basis=ibis.literal(Basis.CARRIED.value),
        amount_ore=rounded_ore(
            whole(priced.sum_ore) * whole(priced.factor) * whole(days),
            whole(priced.months) * ibis.literal(ONE) * whole(days_between(priced.month_start, priced.month_end)),
        ),
    )
    return rows.filter(rows.amount_ore > 0).select(*FORECAST.columns)
