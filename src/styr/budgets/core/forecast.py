"""The forecast: what is booked in the closed months, and the expected cost of every day that no booking covers.

One row a citizen, grant, account, month and basis:

    actual      booked in a closed month; in an open one only what belongs to no grant
    accrual     expected cost of days in closed months that no booking covers
    granted     expected cost of days ahead that somebody has granted
    expected    the same of grants that wait for a decision, and of those that go on past their end
    provision   what the municipality has set aside for months ahead
    recurring   what is booked again and again without a grant, carried forward (`recurring`)
    carried     what is booked again and again on a grant that has no price, carried forward (`carried`)

Days are priced by `grants.core.expected_cost` alone, over services and rates as `assumed` carries them forward. A day
is in a booking or it is priced, never both (`cover`). Each window of a service is rounded once, and rows are sums of
whole øre. Only cost is forecast: refunds and what citizens pay themselves have pages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import ibis

from styr.budgets.core.assumed import assumed_rates, assumed_services, counted_grants, told_by
from styr.budgets.core.booked import booked_cost
from styr.budgets.core.carried import carried_cost
from styr.budgets.core.codes import Basis
from styr.budgets.core.cover import CoverInputs, covered_days, dated_lines, priced_whole, uncovered_windows
from styr.budgets.core.recurring import recurring_cost
from styr.budgets.core.relations import (
    ASSUMED_RATE,
    ASSUMED_SERVICE,
    BOOKED,
    COUNTED_GRANT,
    COVERED,
    DATED_LINE,
    FORECAST,
    FRAME,
    INDEX,
    PRICED,
    PROVISION,
    UNCOVERED,
    WHOLE,
)
from styr.budgets.core.stages import Staged
from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import FAR
from styr.grants.core.expected_cost import CostInputs, service_segments, windowed_cost
from styr.grants.core.relations import GRANT, RATE, SERVICE, SERVICE_ABSENCE
from styr.kernel.exact import total
from styr.ledger.core.relations import POSTING

if TYPE_CHECKING:
    from styr.kernel.exact import Column
    from styr.kernel.relation import Relation

_KEYS = ("citizen_id", "grant_id", "month", "unit_id", "section", "account")
"""What tells rows apart, the most telling first: PostgreSQL sorts by them."""


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


def forecast(inputs: ForecastInputs | None = None) -> Staged:
    """Return the rows of `relations.FORECAST`; none of them is zero."""
    given = inputs or ForecastInputs()
    stages, ahead = _ahead(given, apart=True)
    return Staged(
        stages, _all_of(_actual(given), ahead, _provided(given), recurring_cost(), carried_cost()), inlined=(PRICED,)
    )


def citizen_forecast() -> Staged:
    """Return the same rows without provisions, for registers that hold a few citizens' rows alone: quick to plan."""
    given = ForecastInputs()
    stages, ahead = _ahead(given, apart=False)
    return Staged(stages, _all_of(_actual(given), ahead, recurring_cost(), carried_cost()))


def _all_of(*parts: ibis.Table) -> ibis.Table:
    return ibis.union(*(part.select(*FORECAST.columns) for part in parts), distinct=False)


def _actual(given: ForecastInputs) -> ibis.Table:
    booked = BOOKED.table()
    within = booked.filter(booked.month >= told_by(given.frame, "first_day"))
    grant = given.grant.select(known_grant="grant_id", grant_unit="unit_id", owner="citizen_id", law="section")
    joined = within.left_join(grant, within.grant_id == grant.known_grant)
    told = joined.mutate(
        citizen_id=joined.citizen_id.fill_null(joined.owner),
        unit_id=joined.unit_id.fill_null(joined.grant_unit),
        section=joined.law.fill_null(""),
        account=joined.account.fill_null(""),
    )
    return _summed(told, Basis.ACTUAL)


_Stages = tuple[tuple["Relation", ibis.Table], ...]


def _ahead(given: ForecastInputs, *, apart: bool) -> tuple[_Stages, ibis.Table]:
    """What days that no booking covers cost: the stages, and the rows.

    For speed alone (3 x) open months of services that nothing is paid ahead of are priced `apart`: as whole months,
    which need no adding up where a grant has one service.
    """
    grants, services, covered = COUNTED_GRANT.table(), ASSUMED_SERVICE.table(), COVERED.table()
    booked = BOOKED.table()
    paying = booked.filter(booked.grant_id.notnull()).select("grant_id", "invoice_id", "month", "amount_ore")
    whole = WHOLE.table() if apart else None
    stages = (
        (BOOKED, booked_cost(given.posting, given.grant, given.frame)),
        (COUNTED_GRANT, counted_grants(given.grant, given.frame)),
        (ASSUMED_SERVICE, assumed_services(given.service, grants)),
        (ASSUMED_RATE, assumed_rates(given.rate, services, given.index, given.frame)),
        (DATED_LINE, dated_lines(paying, given.cover)),
        (COVERED, covered_days(paying, services, DATED_LINE.table(), given.cover)),
        (WHOLE, priced_whole(covered, services, given.frame)),
        (UNCOVERED, uncovered_windows(covered, services, given.frame, given.month, whole)),
        (PRICED, _priced(given, apart=apart)),
    )
    known = PRICED.table().join(grants, "grant_id")
    rows = known.filter(known.promised | ~known.closed).mutate(month=known.month_start, basis=_basis(known))
    return stages, rows.filter(rows.amount_ore != 0)


def _priced(given: ForecastInputs, *, apart: bool) -> ibis.Table:
    """Rows of `relations.PRICED`; only where a grant may have several in a month are they added up."""
    services, windows = ASSUMED_SERVICE.table(), UNCOVERED.table()
    inputs = CostInputs(services, ASSUMED_RATE.table(), given.absence, given.calendar, windows)
    columns = ("grant_id", "month_start", "amount_ore")
    segments = service_segments(inputs, with_gaps=False)
    cost = windowed_cost(replace(inputs, service=services.semi_join(windows, "service_id")), columns, segments)
    if not apart:
        return _by_month(cost, given)
    # Not `told_by`: with a value PostgreSQL takes the months for fewer, and reads the services anew for each of them.
    months = given.month.cross_join(given.frame.select("closed_before"))
    open_months = months.filter(months.month_start >= months.closed_before).select(given.month.columns)
    whole = WHOLE.table()

    def in_whole_months(of: ibis.Table) -> ibis.Table:
        ordinary = replace(inputs, service=services.semi_join(of, "service_id"), window=open_months)
        return windowed_cost(ordinary, columns, segments.semi_join(of, "service_id"))

    several = in_whole_months(whole.filter(~whole.alone))
    one = in_whole_months(whole.filter(whole.alone)).mutate(closed=ibis.literal(value=False))
    added = _by_month(cost.union(several, distinct=False), given)
    return added.union(one.select(added.columns), distinct=False)


def _by_month(cost: ibis.Table, given: ForecastInputs) -> ibis.Table:
    told = cost.mutate(closed=cost.month_start < told_by(given.frame, "closed_before"))
    return told.group_by("grant_id", "month_start", "closed").agg(amount_ore=total(told.amount_ore))


def _basis(known: ibis.Table) -> Column:
    decided = known.promised & (known.month_start < known.ends.fill_null(FAR))
    return ibis.cases(
        (known.closed, Basis.ACCRUAL.value),
        (decided, Basis.GRANTED.value),
        else_=Basis.EXPECTED.value,
    )


def _provided(given: ForecastInputs) -> ibis.Table:
    ahead = given.month.filter(given.month.month_start >= told_by(given.frame, "closed_before"))
    held = given.provision.join(
        ahead,
        [
            given.provision.starts <= ahead.month_start,
            given.provision.ends.fill_null(FAR) > ahead.month_start,
        ],
    )
    told = held.mutate(
        citizen_id=ibis.null("uuid"),
        grant_id=ibis.null("uuid"),
        section=held.section.fill_null(""),
        account=held.account.fill_null(""),
        month=held.month_start,
        amount_ore=held.month_ore,
    )
    return _summed(told, Basis.PROVISION)


def _summed(rows: ibis.Table, basis: Basis) -> ibis.Table:
    added = rows.group_by(*_KEYS).agg(amount_ore=total(rows.amount_ore))
    return added.filter(added.amount_ore != 0).mutate(basis=ibis.literal(basis.value))
