"""The forecast: what is booked in the closed months, and the expected cost of every day that no booking covers.

One row a citizen, grant, account, month and basis:

    actual      booked in a closed month; in an open one only what belongs to no grant
    accrual     expected cost of days in closed months that no booking covers
    granted     expected cost of days ahead that somebody has granted
    expected    the same of grants that wait for a decision, and of those that go on past their end
    provision   what the municipality has set aside for months ahead

Days are priced by `grants.core.expected_cost` alone, over services and rates as `assumed` carries them forward. A day
is in a booking or it is priced, never both (`cover`). Each window of a service is rounded once, and rows are sums of
whole øre. Only cost is forecast: refunds and what citizens pay themselves have pages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from styr.budgets.core.assumed import assumed_rates, assumed_services, counted_grants
from styr.budgets.core.codes import Basis
from styr.budgets.core.cover import CoverInputs, uncovered_windows
from styr.budgets.core.relations import FORECAST, FRAME, INDEX, PROVISION
from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import FAR
from styr.grants.core.expected_cost import CostInputs, windowed_cost
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import total
from styr.kernel.relation import NARROW
from styr.ledger.core.codes import PostingKind
from styr.ledger.core.relations import POSTING

if TYPE_CHECKING:
    from styr.kernel.exact import Column

COST_KINDS = (PostingKind.PAYMENT.value, PostingKind.CORRECTION.value, PostingKind.OTHER.value)
"""Kinds of postings that are cost; user payments and refunds are income."""

_KEYS = tuple(column for column in FORECAST.columns if column != "amount_ore")


@dataclass(frozen=True)
class ForecastInputs:
    """What a forecast is computed from; each an Ibis table with the columns of its relation."""

    grant: ibis.Table = field(default_factory=GRANT.table)
    service: ibis.Table = field(default_factory=SERVICE.table)
    rate: ibis.Table = field(default_factory=RATE.table)
    absence: ibis.Table = field(default_factory=SERVICE_ABSENCE.table)
    calendar: ibis.Table = field(default_factory=CALENDAR.table)
    posting: ibis.Table = field(default_factory=POSTING.table)
    provision: ibis.Table = field(default_factory=PROVISION.table)
    frame: ibis.Table = field(default_factory=FRAME.table)
    index: ibis.Table = field(default_factory=INDEX.table)
    month: ibis.Table = field(default_factory=MONTH.table)
    cover: CoverInputs = field(default_factory=CoverInputs)


def forecast(inputs: ForecastInputs | None = None) -> ibis.Table:
    """Return the rows of `relations.FORECAST`; none of them is zero."""
    given = inputs or ForecastInputs()
    parts = (_actual(given), _ahead(given), _provided(given))
    return ibis.union(*(part.select(*FORECAST.columns) for part in parts), distinct=False)


def citizen_forecast() -> ibis.Table:
    """Return the same rows of the citizens whose ids are in `rel_narrow`, who are looked up before anything else."""
    wanted = NARROW.table()
    grants, postings = GRANT.table(), POSTING.table()
    own = grants.semi_join(wanted, grants.citizen_id == wanted.id)
    service, rate, absence = SERVICE.table(), RATE.table(), SERVICE_ABSENCE.table()
    services = service.semi_join(own, "grant_id")
    given = ForecastInputs(
        grant=own,
        service=services,
        rate=rate.semi_join(services, "service_id"),
        absence=absence.semi_join(services, "service_id"),
        posting=postings.semi_join(wanted, postings.citizen_id == wanted.id),
    )
    parts = (_actual(given), _ahead(given))
    return ibis.union(*(part.select(*FORECAST.columns) for part in parts), distinct=False)


def booked_cost(posting: ibis.Table, frame: ibis.Table) -> ibis.Table:
    """The postings of cost that were booked by the frame's day, with the frame; `counts` where the forecast holds them.

    In open months the expected cost of a grant stands for what is booked on it.
    """
    known = posting.filter(posting.kind.isin(COST_KINDS)).cross_join(frame)
    booked = known.filter(known.posted_on <= known.as_of)
    return booked.mutate(
        counts=(booked.month < booked.closed_before) | booked.grant_id.isnull(),
    )


def _actual(given: ForecastInputs) -> ibis.Table:
    booked = booked_cost(given.posting, given.frame)
    within = booked.filter(booked.counts & (booked.month >= booked.first_day) & (booked.month < booked.end_day))
    grant = given.grant.select(known_grant="grant_id", grant_unit="unit_id", owner="citizen_id", law="section")
    joined = within.left_join(grant, within.grant_id == grant.known_grant)
    return _summed(
        joined.mutate(
            citizen_id=joined.citizen_id.fill_null(joined.owner),
            unit_id=joined.unit_id.fill_null(joined.grant_unit),
            section=joined.law.fill_null(""),
            account=joined.account.fill_null(""),
            basis=ibis.literal(Basis.ACTUAL.value),
        )
    )


def _ahead(given: ForecastInputs) -> ibis.Table:
    grants = counted_grants(given.grant, given.frame)
    services = assumed_services(given.service, grants)
    booked = booked_cost(given.posting, given.frame)
    of_grants = booked.filter(booked.grant_id.notnull() & booked.counts & (booked.month >= booked.cover_from))
    paying = of_grants.select("grant_id", "invoice_id", "month", "amount_ore")
    windows = uncovered_windows(paying, services, given.frame, given.cover)
    cost = windowed_cost(
        CostInputs(
            service=services,
            rate=assumed_rates(given.rate, given.index, given.frame),
            absence=given.absence,
            calendar=given.calendar,
            window=windows,
        )
    )
    priced = cost.filter(cost.amount_ore != 0).select("grant_id", "amount_ore", month="month_start")
    known = priced.join(grants, "grant_id").cross_join(given.frame.select("closed_before"))
    closed = known.month < known.closed_before
    return _summed(known.filter(known.promised | ~closed).mutate(basis=_basis(known, closed)))


def _basis(known: ibis.Table, closed: Column) -> Column:
    decided = known.promised & (known.month < known.ends.fill_null(FAR))
    return ibis.cases(
        (closed, Basis.ACCRUAL.value),
        (decided, Basis.GRANTED.value),
        else_=Basis.EXPECTED.value,
    )


def _provided(given: ForecastInputs) -> ibis.Table:
    ahead = given.month.cross_join(given.frame.select("closed_before"))
    ahead = ahead.filter(ahead.month_start >= ahead.closed_before)
    held = given.provision.join(
        ahead,
        [
            given.provision.starts <= ahead.month_start,
            given.provision.ends.fill_null(FAR) > ahead.month_start,
        ],
    )
    return _summed(
        held.mutate(
            citizen_id=ibis.null("uuid"),
            grant_id=ibis.null("uuid"),
            section=held.section.fill_null(""),
            account=held.account.fill_null(""),
            month=held.month_start,
            basis=ibis.literal(Basis.PROVISION.value),
            amount_ore=held.month_ore,
        )
    )


def _summed(rows: ibis.Table) -> ibis.Table:
    added = rows.group_by(*_KEYS).agg(amount_ore=total(rows.amount_ore))
    return added.filter(added.amount_ore != 0)
