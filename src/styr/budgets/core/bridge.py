"""The bridge from a year's budget to its forecast: why they differ, in five parts that add up to the øre.

For a grant on its own unit and account, with `b` days budgeted, `f` days forecast, budget B and forecast F:

    timing    what F holds in months in which the grant does not run: cost of other days than these
    price     what is left of F less f/b of B: a day costs more or less than was budgeted
    volume    (f - b) days at the grant's own budgeted price of a day: f/b of B, less B
    mix       nothing

A full-year person (helårsperson) is the days of the year. Without a budgeted day there is no price of the grant's own:
volume is its days at the average budgeted price of a day of the unit's grants under the same section, and mix the rest,
by which it is dearer or cheaper than those who were budgeted; where there is no such average, all but timing is volume.
So a budget of a part of the year is held against its own days alone, however far its price lies from the others'. What
stands on no grant, or beside the grant's own unit and account, is `unplaced`: its forecast less its budget. A budget of
a citizen without a grant counts for their only grant on that account.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import ibis

from styr.budgets.core.assumed import assumed_services, counted_grants, days_of_services, days_without_services
from styr.budgets.core.relations import BRIDGE_YEAR, FORECAST, FRAME
from styr.grants.core.relations import GRANT, SERVICE
from styr.kernel.exact import days_between, rounded_small, total
from styr.ledger.core.relations import BUDGET

if TYPE_CHECKING:
    from styr.kernel.exact import Column

KEYS = ("unit_id", "section", "account", "citizen_id", "grant_id")
"""What a row of the bridge is about; a grant has one row on its own unit and account, and perhaps others beside it."""

PARTS = ("price_ore", "volume_ore", "mix_ore", "timing_ore", "unplaced_ore")

_REFUND = "2"
"""Digit 6 of an account string (dranst) where it holds the state's refund: income, and so no part of a cost budget."""


@dataclass(frozen=True)
class BridgeInputs:
    """What the bridge is computed from: a year's forecast rows and budget, and when grants run."""

    forecast: ibis.Table = field(default_factory=FORECAST.table)
    budget: ibis.Table = field(default_factory=BUDGET.table)
    grant: ibis.Table = field(default_factory=GRANT.table)
    service: ibis.Table = field(default_factory=SERVICE.table)
    frame: ibis.Table = field(default_factory=FRAME.table)
    year: ibis.Table = field(default_factory=BRIDGE_YEAR.table)


def bridge(inputs: BridgeInputs | None = None) -> ibis.Table:
    """Return the keys, `budget_ore`, `forecast_ore`, the five parts, `budget_days` and `forecast_days` of each row."""
    given = inputs or BridgeInputs()
    grants = counted_grants(given.grant, given.frame)
    runs = _runs(given, grants)
    rows = _rows(given, grants, runs)
    return _parts(rows, _averages(rows))


def cost_budget(budget: ibis.Table) -> ibis.Table:
    """The lines of a budget that are cost."""
    return budget.filter(budget.account.substr(5, 1) != _REFUND)


def _runs(given: BridgeInputs, grants: ibis.Table) -> ibis.Table:
    """The days of the year in which each grant runs."""
    services = assumed_services(given.service, grants)
    spans = days_of_services(services).union(days_without_services(grants, services), distinct=False)
    hoped = grants.select("grant_id", "promised").cross_join(given.frame.select("closed_before"))
    known = spans.join(hoped, "grant_id").cross_join(given.year)
    begins = ibis.ifelse(known.promised, known.runs_from, ibis.greatest(known.runs_from, known.closed_before))
    cut = known.mutate(
        run_from=ibis.greatest(begins, known.year_first), run_to=ibis.least(known.runs_to, known.year_end)
    )
    within = cut.filter(cut.run_from < cut.run_to)
    return within.select("run_from", "run_to", run_id="grant_id")


def _rows(given: BridgeInputs, grants: ibis.Table, runs: ibis.Table) -> ibis.Table:
    """Budget and forecast of each key, with its days; `own` where the key is a grant's own unit and account."""
    both = _forecast_months(given, runs).union(_budget_months(given, grants), distinct=False)
    summed = both.group_by(*KEYS).agg(
        budget_ore=total(both.budget_ore),
        forecast_ore=total(both.forecast_ore),
        timing_ore=total(both.beside_ore),
        budget_days=total(both.days),
    )
    own = grants.select("goes_on", own_grant="grant_id", own_unit="unit_id", own_account="account")
    placed = summed.left_join(
        own,
        [summed.grant_id == own.own_grant, summed.unit_id == own.own_unit, summed.account == own.own_account],
    )
    timed = placed.left_join(runs, placed.grant_id == runs.run_id)
    is_own = timed.own_grant.notnull()
    return timed.mutate(
        own=is_own,
        budget_days=ibis.ifelse(is_own, timed.budget_days, 0),
        forecast_days=ibis.ifelse(is_own & timed.run_from.notnull(), days_between(timed.run_from, timed.run_to), 0),
        timing_ore=ibis.ifelse(is_own, timed.timing_ore, 0),
    ).select(*KEYS, "own", "budget_ore", "forecast_ore", "timing_ore", "budget_days", "forecast_days")


def _forecast_months(given: BridgeInputs, runs: ibis.Table) -> ibis.Table:
    known = given.forecast.cross_join(given.year)
    within = known.filter((known.month >= known.year_first) & (known.month < known.year_end))
    rows = within.left_join(runs, within.grant_id == runs.run_id)
    month_end = (rows.month + ibis.interval(months=1)).cast("date")
    runs_then = ((rows.run_from < month_end) & (rows.run_to > rows.month)).fill_null(ibis.literal(value=False))
    none = ibis.literal(0, type="int64")
    told = rows.mutate(
        budget_ore=none, forecast_ore=rows.amount_ore, beside_ore=ibis.ifelse(runs_then, 0, rows.amount_ore), days=none
    )
    return told.select(*KEYS, "budget_ore", "forecast_ore", "beside_ore", "days")


def _budget_months(given: BridgeInputs, grants: ibis.Table) -> ibis.Table:
    """A key's budget by month, with the month's days where there is any."""
    lines = cost_budget(given.budget).cross_join(given.year)
    within = lines.filter((lines.month >= lines.year_first) & (lines.month < lines.year_end))
    law = given.grant.select(law_grant="grant_id", law="section", owner="citizen_id")
    placed = _on_grants(within, grants)
    named = placed.left_join(law, placed.grant_id == law.law_grant)
    told = named.mutate(section=named.law.fill_null(""), citizen_id=named.citizen_id.fill_null(named.owner)).select(
        *KEYS, "month", "revised_ore"
    )
    months = told.group_by(*KEYS, "month").agg(budget_ore=total(told.revised_ore))
    month_end = (months.month + ibis.interval(months=1)).cast("date")
    none = ibis.literal(0, type="int64")
    counted = months.mutate(
        forecast_ore=none,
        beside_ore=none,
        days=ibis.ifelse(months.budget_ore == 0, 0, days_between(months.month, month_end)),
    )
    return counted.select(*KEYS, "budget_ore", "forecast_ore", "beside_ore", "days")


def _on_grants(lines: ibis.Table, grants: ibis.Table) -> ibis.Table:
    """Lines of a citizen without a grant are put on the only grant that the citizen has on the unit and account."""
    held = grants.select("citizen_id", "unit_id", "account", only_grant="grant_id")
    many = ibis.window(group_by=[held.citizen_id, held.unit_id, held.account])  # type: ignore[no-untyped-call] # Ibis'
    counted = held.mutate(number=held.only_grant.count().over(many))
    only = counted.filter(counted.number == 1).select(
        "only_grant", only_citizen="citizen_id", only_unit="unit_id", only_account="account"
    )
    joined = lines.left_join(
        only,
        [
            lines.citizen_id == only.only_citizen,
            lines.unit_id == only.only_unit,
            lines.account == only.only_account,
        ],
    )
    return joined.mutate(grant_id=joined.grant_id.fill_null(joined.only_grant))


def _averages(rows: ibis.Table) -> ibis.Table:
    """What a budgeted day costs on average in a unit under a section, as a sum of øre and a number of days."""
    own = rows.filter(rows.own & (rows.budget_days > 0))
    return own.group_by(price_unit=own.unit_id, price_section=own.section).agg(
        price_ore=total(own.budget_ore), price_days=total(own.budget_days)
    )


def _parts(rows: ibis.Table, averages: ibis.Table) -> ibis.Table:
    known = rows.left_join(averages, [rows.unit_id == averages.price_unit, rows.section == averages.price_section])
    running = known.mutate(within_ore=known.forecast_ore - known.timing_ore)
    at_budget = rounded_small(running.forecast_days * running.budget_ore, _at_least_one(running.budget_days))
    both = (running.budget_days > 0) & (running.forecast_days > 0)
    raw = ibis.ifelse(both, at_budget - running.budget_ore, running.within_ore - running.budget_ore)
    step = running.mutate(raw_ore=raw, price_part=ibis.ifelse(both, running.within_ore - at_budget, 0))
    priced_days = step.price_days.fill_null(0)
    average = rounded_small(step.forecast_days * step.price_ore.fill_null(0), _at_least_one(priced_days))
    volume = ibis.ifelse((step.budget_days == 0) & (priced_days > 0), average, step.raw_ore)
    parted = step.mutate(volume_part=volume)
    own = parted.own
    return parted.mutate(
        price_ore=ibis.ifelse(own, parted.price_part, 0),
        volume_ore=ibis.ifelse(own, parted.volume_part, 0),
        mix_ore=ibis.ifelse(own, parted.raw_ore - parted.volume_part, 0),
        unplaced_ore=ibis.ifelse(own, 0, parted.forecast_ore - parted.budget_ore),
    ).select(*KEYS, "budget_ore", "forecast_ore", *PARTS, "budget_days", "forecast_days")


def _at_least_one(column: Column) -> Column:
    return ibis.greatest(column, 1)
