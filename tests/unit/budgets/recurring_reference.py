"""The slow reference of what recurs without a grant, and on grants without a price: key by key, month by month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from styr.kernel.calendar import is_opening_day
from unit.budgets.forecast_reference import (
    OPEN,
    Key,
    World,
    counted,
    days_of,
    each_day,
    months,
    next_month,
    rates,
    rounded,
)

if TYPE_CHECKING:
    from unit.budgets.forecast_reference import Held


def recurring_of(world: World) -> dict[Key, int]:
    """Key by key, month by month."""
    sums: dict[tuple[int | None, int | None, str], dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for posting in counted(world):
        if posting.grant is None and posting.month < world.end:
            sums[posting.citizen, posting.unit, posting.account][posting.month] += posting.ore
    rows: dict[Key, int] = {}
    for (citizen, unit, account), by_month in sums.items():
        last = [by_month.get(month_before(world.closed_before, count), 0) for count in range(1, 7)]
        row = [ore > 0 for ore in last]
        recurs = all(row[:3]) or (last[0] == 0 and all(row[1:4]))
        if not recurs or grants_perhaps(world, citizen, account):
            continue
        held = [ore for ore in last if ore > 0]
        for month in months(max(world.start, world.closed_before), world.end):
            left = rounded(Fraction(sum(held), len(held)) * level(world, month)) - max(by_month.get(month, 0), 0)
            if left > 0:
                rows[citizen, None, unit, "", account, month, "recurring"] = left
    return rows


def carried_of(world: World) -> dict[Key, int]:
    """Grant by grant, month by month: those that run, are decided and have no price ahead; rides have no lines."""
    rows: dict[Key, int] = {}
    for number, held in enumerate(world.grants):
        running = [line for line in held.lines if line.unit != "once"]
        priced = any((end or OPEN) > world.closed_before for line in running for _, end, _ in rates(world, line))
        bought_once = bool(held.lines) and not running
        if held.status not in {"granted", "stopped"} or bought_once or priced:
            continue
        span = days_of(world, held, running)
        by_month: dict[date, int] = defaultdict(int)
        for posting in counted(world):
            if posting.grant == number:
                by_month[posting.month] += posting.ore
        ago = [month_before(world.closed_before, count) for count in range(1, 7)]
        ran = [(month, used_days(world, held, span, month)) for month in ago]
        last = [(month, by_month.get(month, 0), days) for month, days in ran if days]
        waits = bool(last) and last[0][1] == 0
        told = last[1:4] if waits else last[:3]
        used = {month for month, _, _ in last}
        late = {month for month in used if month_before(month, 1) not in used and month != min(used)}
        if sum(ore > 0 for _, ore, _ in last) < 2 or any(ore <= 0 and month not in late for month, ore, _ in told):
            continue
        paid = sum(ore for _, ore, _ in last if ore > 0)
        paid_days = sum(days for _, ore, days in last if ore > 0)
        unbooked = last[0][0] if waits else world.closed_before
        for month in months(max(world.start, unbooked), world.end):
            days = used_days(world, held, span, month)
            ore = rounded(Fraction(paid, paid_days) * level(world, month) * days)
            if ore:
                rows[held.citizen, number, held.unit, held.section, held.account, month, "carried"] = ore
    return rows


def used_days(world: World, held: Held, span: tuple[date, date], month: date) -> int:
    """On how many days of a month a grant is used: those on which it runs, or its weekdays while it is open."""
    days = [day for day in each_day(month, next_month(month)) if span[0] <= day < span[1]]
    if held.used_on is None:
        return len(days)
    closed = world.closed[held.used_on.calendar]
    back = years_back(month, max(closed, default=OPEN))
    if back and days:
        days = list(each_day(earlier(days[0], back), earlier(next_day(days[-1]), back)))
    return sum(day.weekday() in held.used_on.weekdays and is_opening_day(day) and day not in closed for day in days)


def years_back(month: date, told_to: date) -> int:
    """How many years back a calendar tells of that month; nought where it does, or where that is too long ago."""
    back = next(years for years in range(99) if earlier(month, years) <= told_to)
    return back if back in {1, 2, 3} else 0


def earlier(day: date, years: int) -> date:
    """The same day so many years before; the 28th for a 29 February that was not."""
    leap = (day.month, day.day) == (2, 29) and years % 4
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def next_day(day: date) -> date:
    return day + timedelta(days=1)


def level(world: World, month: date) -> Fraction:
    """By how much prices have changed since today's year, to eight decimals."""
    factor = Fraction(1)
    for year in range(world.closed_before.year + 1, month.year + 1):
        factor *= 1 + Fraction(world.percents.get(year, 0)) / 100
    return Fraction(rounded(factor * 10**8), 10**8)


def grants_perhaps(world: World, citizen: int | None, account: str) -> bool:
    """Whether it may well be a running grant's."""
    running = [
        (number, held)
        for number, held in enumerate(world.grants)
        if held.status not in {"draft", "withdrawn"} and (held.ends or OPEN) > month_before(world.closed_before, 1)
    ]
    if citizen is not None:
        return any(held.citizen == citizen and held.account in {account, ""} for _, held in running)
    return any(held.account == account and not was_paid(world, number) for number, held in running)


def was_paid(world: World, number: int) -> bool:
    """Whether anything was booked on the grant's account in three months, by its number or its citizen."""
    held = world.grants[number]
    return any(
        posting.kind in {"payment", "correction", "other"}
        and posting.posted_on <= world.as_of
        and month_before(world.closed_before, 3) <= posting.month < world.closed_before
        and posting.account == held.account
        and (posting.grant == number or (posting.grant is None and posting.citizen == held.citizen))
        for posting in world.postings
    )


def month_before(month: date, count: int) -> date:
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)
