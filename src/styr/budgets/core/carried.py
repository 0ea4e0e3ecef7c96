"""Grants that run without a price, carried forward by what is booked on them: a part of the forecast of its own.

A day without a price costs nothing in the expected cost, which stays so. But where no service of a running, decided
grant has a price ahead, and something was booked on the grant in each of the last three closed months in which it was
used (in each of them, where it has been used in fewer, but in two at least), the months ahead hold what a day of use
has cost, at the level of prices that is expected, times the days of use. A grant is used on the days on which it runs;
where it has standing days (`relations.STANDING_DAYS`: rides on certain weekdays), on those of them on which its
calendar is open. A month that the calendar does not tell of yet is as it was in the last year that it tells of. What a
day has cost is told by those of the last six closed months in which anything was booked, so a month that was only begun
counts for its days, and months without a day of use (a school's July) for nothing. The last closed month of use is held
too while nothing is booked in it, and the first after months without use may lack a booking: bills come late. It is no
price: a control asks for one.

Grants of rides have no services at all. What their rides cost is known by domains above this one, trip by trip and only
when they are driven; here they are grants without a price, that run as they are granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from styr.budgets.core.assumed import days_of_services, days_without_services, told_by
from styr.budgets.core.codes import Basis
from styr.budgets.core.recurring import IN_A_ROW, LOOKED_AT, before, level
from styr.budgets.core.relations import (
    ASSUMED_RATE,
    ASSUMED_SERVICE,
    BOOKED,
    COUNTED_GRANT,
    FORECAST,
    FRAME,
    ONE,
    STANDING_DAYS,
)
from styr.contracts.core.relations import CALENDAR
from styr.grants.core.cost_relations import MONTH
from styr.grants.core.cost_segments import FAR
from styr.kernel.exact import as_date, days_between, rounded_ore, total, whole
from styr.kernel.units import Unit

if TYPE_CHECKING:
    from styr.kernel.exact import Column

_SPAN = ("from_day", "to_day")
FEWEST_PAID = 2
"""So many months must be booked: a bill in the one month that was only begun would be a whole month's cost a day."""
_BACK = (1, 2, 3)
"""So many years a calendar may lie behind."""


def carried_cost() -> ibis.Table:
    """Return rows of `relations.FORECAST` with the basis `carried`, none of them zero: over the forecast's stages."""
    unpriced = _unpriced()
    used = _used_days(unpriced)
    return _ahead(_typical(unpriced, used), used)


def _unpriced() -> ibis.Table:
    """The decided grants that run, from when until when, without any price ahead: what is bought once is no running."""
    service, rate = ASSUMED_SERVICE.table(), ASSUMED_RATE.table()
    ahead = rate.filter(rate.valid_to.fill_null(FAR) > told_by(FRAME.table(), "closed_before"))
    running = service.filter(service.unit != Unit.ONCE.value)
    grant = COUNTED_GRANT.table().filter(lambda row: row.promised)
    unpriced = grant.anti_join(running.semi_join(ahead, "service_id"), "grant_id")
    booked = BOOKED.table().filter(lambda row: row.grant_id.notnull())
    paid = unpriced.semi_join(booked, "grant_id")
    runs = days_of_services(running.semi_join(paid, "grant_id"))
    days = runs.union(days_without_services(paid, service), distinct=False)
    return paid.join(days, "grant_id")


def _months() -> ibis.Table:
    """The last six closed months (`ago` 1, 2 … ) and the open ones (0), first days and the days after the last."""
    frame, month = FRAME.table(), MONTH.table()
    closed = (
        frame.select(
            month_start=as_date(before(frame.closed_before, ago)),
            month_end=as_date(before(frame.closed_before, ago - 1)),
            ago=ibis.literal(ago, type="int32"),
        )
        for ago in range(1, LOOKED_AT + 1)
    )
    ahead = month.filter(month.month_start >= told_by(frame, "closed_before"))
    opened = ahead.select("month_start", "month_end", ago=ibis.literal(0, type="int32"))
    return ibis.union(opened, *closed, distinct=False)


def _used_days(unpriced: ibis.Table) -> ibis.Table:
    """Return (grant_id, month_start, month_end, ago, days): the months in which a grant is used, and how many days."""
    months = _months()
    running = unpriced.select("grant_id", "runs_from", "runs_to")
    joined = running.join(months, [months.month_start < running.runs_to, months.month_end > running.runs_from])
    cut = joined.mutate(
        from_day=ibis.greatest(joined.runs_from, joined.month_start),
        to_day=ibis.least(joined.runs_to, joined.month_end),
    )
    standing = STANDING_DAYS.table()
    columns = ("grant_id", "month_start", "month_end", "ago")
    plain = cut.anti_join(standing, "grant_id")
    by_day = plain.select(*columns, days=days_between(plain.from_day, plain.to_day))
    both = by_day.union(_standing(cut, standing).select(*columns, "days"), distinct=False)
    return both.filter(both.days > 0)


def _standing(cut: ibis.Table, standing: ibis.Table) -> ibis.Table:
    """The days of use as the difference of two look-ups: how many lie before a day, by calendar and weekdays.

    Both are looked up in one join and added up: joined one after the other, a database may meet every day of a calendar
    with every other first.
    """
    columns = ("calendar_id", "weekdays", "told_to")
    known = _as_told(cut.join(standing.select(*columns, used_id="grant_id"), [("grant_id", "used_id")]))
    of = ("grant_id", "month_start", "month_end", "ago")
    from_day, to_day = (
        known.select(*of, "calendar_id", "weekdays", day=known[at], sign=ibis.literal(sign, type="int64"))
        for at, sign in zip(_SPAN, (-1, 1), strict=True)
    )
    asked = from_day.union(to_day, distinct=False)
    counted = _used_before(standing.semi_join(cut, "grant_id").select("calendar_id", "weekdays").distinct())
    found = asked.join(counted, ["calendar_id", "weekdays", "day"])
    days = found.group_by(of).agg(days=total(found.sign * found.used_before), told=found.count())
    return days.filter(days.told == len(_SPAN))


def _as_told(months: ibis.Table) -> ibis.Table:
    """Months that a calendar does not tell of yet are looked up in the last year in which it tells of that month."""
    told_to = months.told_to.fill_null(FAR)

    def earlier(day: Column, years: int) -> Column:
        return as_date(day - ibis.interval(years=years))

    told = [(earlier(months.month_start, back) <= told_to, back) for back in _BACK]
    found = {
        at: ibis.cases(
            (months.month_start <= told_to, months[at]),
            *((holds, earlier(months[at], back)) for holds, back in told),
            else_=months[at],
        )
        for at in _SPAN
    }
    return months.mutate(**found)


def _used_before(rhythms: ibis.Table) -> ibis.Table:
    """Return (calendar_id, weekdays, day, used_before) of the days that are looked at."""
    frame, calendar = FRAME.table(), CALENDAR.table()
    longest = LOOKED_AT + 12 * max(_BACK)
    near = calendar.semi_join(rhythms, "calendar_id").filter(
        calendar.day >= before(told_by(frame, "closed_before"), longest), calendar.day <= told_by(frame, "end_day")
    )
    by_calendar = ibis.window(group_by=near.calendar_id, order_by=near.day)  # type: ignore[no-untyped-call] # Ibis'
    days = near.mutate(opens=near.open_before.lead().over(by_calendar) > near.open_before, bit=_bit(near.day))
    joined = days.join(rhythms.rename(of_calendar="calendar_id"), days.calendar_id == rhythms.calendar_id)
    used = joined.mutate(used=ibis.ifelse(joined.opens & ((joined.bit & joined.weekdays) != 0), 1, 0).cast("int64"))
    so_far = ibis.window(  # type: ignore[no-untyped-call] # the same
        rows=(None, 0), group_by=[used.calendar_id, used.weekdays], order_by=used.day
    )
    return used.select("calendar_id", "weekdays", "day", used_before=used.used.sum().over(so_far) - used.used)


def _bit(day: Column) -> Column:
    """A day's bit in a week's mask: Monday 1, Sunday 64."""
    index = day.day_of_week.index()
    return ibis.cases(*((index == place, 1 << place) for place in range(7)), else_=0).cast("int32")


def _typical(unpriced: ibis.Table, used: ibis.Table) -> ibis.Table:
    """The grants that are carried on, with what days of use have cost, as a sum (`sum_ore`) and a number (`sum_days`).

    `unbooked_from` is the first month that waits to be booked: the last closed one of use, or the first open one.
    """
    booked = BOOKED.table()
    sums = booked.semi_join(unpriced, "grant_id").group_by(paid_id="grant_id", paid_month="month")
    paid = sums.agg(paid_ore=total(booked.amount_ore))
    closed = used.filter(used.ago > 0)
    joined = closed.left_join(paid, [closed.grant_id == paid.paid_id, closed.month_start == paid.paid_month])
    told = joined.mutate(ore=joined.paid_ore.fill_null(0))
    latest_first = ibis.window(group_by=told.grant_id, order_by=told.ago)  # type: ignore[no-untyped-call] # the same
    resumes = (told.ago.lead().over(latest_first) > told.ago + 1).fill_null(ibis.literal(value=False))
    placed = told.mutate(place=ibis.row_number().over(latest_first), resumes=resumes)
    first, held = placed.place == 0, placed.ore > 0
    lacks = ~held & ~placed.resumes
    by_grant = placed.group_by("grant_id").agg(
        waits=(first & (placed.ore == 0)).any(),
        waiting_from=placed.month_start.max(),
        paid_months=held.sum(),
        lacking=(lacks & (placed.place < IN_A_ROW)).any(),
        lacking_before=(lacks & placed.place.between(1, IN_A_ROW)).any(),
        sum_ore=total(ibis.ifelse(held, placed.ore, 0)),
        sum_days=total(ibis.ifelse(held, placed.days, 0)),
    )
    recurs = ~by_grant.lacking | (by_grant.waits & ~by_grant.lacking_before)
    found = by_grant.filter(recurs & (by_grant.paid_months >= FEWEST_PAID))
    opened = told_by(FRAME.table(), "closed_before")
    kept = found.select(
        "grant_id", "sum_ore", "sum_days", unbooked_from=ibis.ifelse(found.waits, found.waiting_from, opened)
    )
    return kept.join(unpriced, "grant_id")


def _ahead(found: ibis.Table, used: ibis.Table) -> ibis.Table:
    """A row for each month of use from `unbooked_from` on, within the frame."""
    within = used.filter(used.month_start >= told_by(FRAME.table(), "first_day"))
    months = within.rename(used_id="grant_id")
    open_months = found.join(months, [found.grant_id == months.used_id, months.month_start >= found.unbooked_from])
    priced = level(open_months)
    rows = priced.mutate(
        month=priced.month_start,
        basis=ibis.literal(Basis.CARRIED.value),
        amount_ore=rounded_ore(
            whole(priced.sum_ore) * whole(priced.factor) * whole(priced.days),
            whole(priced.sum_days) * ibis.literal(ONE),
        ),
    )
    return rows.filter(rows.amount_ore > 0).select(*FORECAST.columns)
