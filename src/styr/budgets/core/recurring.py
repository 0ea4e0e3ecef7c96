"""Bookings that recur without a grant, carried forward as a part of the forecast of their own.

What is booked without a grant on a unit, a citizen (or nobody) and an account counts as recurring when something was
booked in three months in a row, of which the last is the last closed month, or the one before while nothing is booked
in the last. It goes on at the average of those of the last six closed months in which anything was booked, at the level
of prices that is expected, less what an open month holds already. It is not carried forward where it may well be a
grant's, whose days are priced already: a running grant of the citizen's stands on the same account or on none; or,
where no citizen is told, somebody's running grant stands on the account and was not paid in those three months.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final

import ibis

from styr.budgets.core.booked import COST_KINDS
from styr.budgets.core.codes import Basis
from styr.budgets.core.relations import BOOKED, FORECAST, FRAME, INDEX, ONE
from styr.grants.core.codes import GrantStatus
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import FAR
from styr.grants.core.relations import GRANT
from styr.kernel.exact import rounded_ore, total, whole
from styr.ledger.core.relations import POSTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from styr.kernel.exact import Column

LOOKED_AT: Final = 6
"""Closed months that the average is of."""

IN_A_ROW: Final = 3
_NOT_RUNNING: Final = (GrantStatus.DRAFT.value, GrantStatus.WITHDRAWN.value)
_KEY: Final = ("unit_id", "citizen_id", "account")


def recurring_cost() -> ibis.Table:
    """Return rows of `relations.FORECAST` with the basis `recurring`, none of them zero: over `BOOKED`, a stage."""
    booked = BOOKED.table()
    told = booked.filter(booked.grant_id.isnull()).cross_join(FRAME.table().select("closed_before"))
    lately = told.filter(told.month >= before(told.closed_before, LOOKED_AT))
    return _ahead(_of_no_grant(typical(lately, _KEY)), lately)


def before(day: Column, months: int) -> Column:
    """The day so many months earlier."""
    return (day - ibis.interval(months=months)).cast("date")


def typical(lately: ibis.Table, keys: Sequence[str]) -> ibis.Table:
    """The keys that recur, with what a month of theirs costs, as a sum (`sum_ore`) and a number of months.

    `unbooked_from` is the first month that waits to be booked: the last closed one, or the one after it.
    """
    closed = lately.filter(lately.month < lately.closed_before)
    months = closed.group_by(*keys, "closed_before", "month").agg(ore=total(closed.amount_ore))
    ago = {number: months.month == before(months.closed_before, number) for number in range(1, LOOKED_AT + 1)}
    sums = {f"ago_{number}": months.ore.sum(where=ago[number]).fill_null(0).cast("int64") for number in ago}
    by_key = months.group_by(*keys, "closed_before").agg(**sums)
    row = [by_key[f"ago_{number}"] for number in ago]
    lasts = (row[0] > 0) & (row[1] > 0) & (row[2] > 0)
    waits = (row[0] == 0) & (row[1] > 0) & (row[2] > 0) & (row[3] > 0)
    held = [ibis.ifelse(ore > 0, ore, 0) for ore in row]
    counted = [ibis.ifelse(ore > 0, 1, 0) for ore in row]
    recurs = by_key.filter(lasts | waits)
    waiting = ibis.ifelse(row[0] == 0, before(recurs.closed_before, 1), recurs.closed_before)
    return recurs.select(
        *keys, "closed_before", unbooked_from=waiting, sum_ore=reduce(add, held), months=reduce(add, counted)
    )


def level(months: ibis.Table) -> ibis.Table:
    """Add the `factor` by which prices known today are expected to have changed by a month (`month_start`)."""
    index = INDEX.table()
    known = index.filter(index.known_year == FRAME.table().select("base_year").base_year.max().as_scalar())
    return months.join(
        known,
        [known.index_from <= months.month_start, known.index_to.fill_null(FAR) > months.month_start],
    )


def _of_no_grant(found: ibis.Table) -> ibis.Table:
    """Those that can be no running grant's; ids are compared as text, "" for none, as nulls never meet."""
    running = _running()
    both = running.ends.fill_null(FAR) > before(found.closed_before, 1)
    own = (found.account == running.stands_on) | (running.stands_on == "")
    mine = found.join(running, [found.citizen_id == running.holder, both, own])
    nobodys = found.filter(found.citizen_id.isnull())
    on_account = nobodys.join(
        running, [nobodys.account == running.stands_on, running.ends.fill_null(FAR) > before(nobodys.closed_before, 1)]
    )
    unpaid = on_account.anti_join(_paid(nobodys), ["held_id"])
    theirs = mine.select(met_key=_text_key(mine)).union(unpaid.select(met_key=_text_key(unpaid)), distinct=True)
    keyed = found.mutate(text_key=_text_key(found))
    return keyed.anti_join(theirs, keyed.text_key == theirs.met_key)


def _running() -> ibis.Table:
    grant = GRANT.table()
    return grant.filter(~grant.status.isin(_NOT_RUNNING)).select(
        "ends", held_id="grant_id", holder="citizen_id", stands_on=grant.account_string.fill_null("")
    )


def _paid(found: ibis.Table) -> ibis.Table:
    """The grants (held_id) that were paid on such an account, by their number or their citizen, in those months."""
    accounts = found.select("account").distinct()
    frame, posting = FRAME.table(), POSTING.table()
    cost = posting.filter(posting.kind.isin(COST_KINDS)).semi_join(accounts, "account").cross_join(frame)
    lately = cost.filter(
        cost.posted_on <= cost.as_of,
        cost.month >= before(cost.closed_before, IN_A_ROW),
        cost.month < cost.closed_before,
    )
    named = lately.filter(lately.grant_id.notnull()).select(held_id="grant_id")
    running = _running()
    loose = lately.filter(lately.grant_id.isnull())
    by_citizen = loose.join(running, [loose.citizen_id == running.holder, loose.account == running.stands_on])
    return named.union(by_citizen.select("held_id"), distinct=True)


def _text_key(rows: ibis.Table) -> Column:
    unit, citizen = (rows[name].cast("string").fill_null("") for name in ("unit_id", "citizen_id"))
    return unit + "|" + citizen + "|" + rows.account


def _ahead(kept: ibis.Table, lately: ibis.Table) -> ibis.Table:
    """A row for each open month of what recurs, less what the month holds already."""
    month = MONTH.table()
    open_months = kept.join(month, month.month_start >= kept.closed_before)
    priced = level(open_months)
    expected = rounded_ore(whole(priced.sum_ore) * whole(priced.factor), whole(priced.months) * ibis.literal(ONE))
    carried = priced.select(*_KEY, "text_key", month="month_start", expected_ore=expected)
    booked = lately.filter(lately.month >= lately.closed_before)
    held = booked.mutate(text_key=_text_key(booked)).group_by("text_key", "month")
    already = held.agg(held_ore=total(booked.amount_ore)).rename(held_key="text_key", held_month="month")
    left = carried.left_join(already, [carried.text_key == already.held_key, carried.month == already.held_month])
    rows = left.mutate(
        grant_id=ibis.null("uuid"),
        section=ibis.literal(""),
        basis=ibis.literal(Basis.RECURRING.value),
        amount_ore=left.expected_ore - ibis.greatest(left.held_ore.fill_null(0), 0),
    )
    return rows.filter(rows.amount_ore > 0).select(*FORECAST.columns)
