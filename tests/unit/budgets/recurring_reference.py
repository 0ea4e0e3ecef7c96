"""The slow reference of what recurs without a grant, and on grants without a price: key by key, month by month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

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
        begins, ends = days_of(world, held, running)
        by_month: dict[date, int] = defaultdict(int)
        for posting in counted(world):
            if posting.grant == number:
                by_month[posting.month] += posting.ore
        last = [by_month.get(month_before(world.closed_before, count), 0) for count in range(1, 7)]
        row = [ore > 0 for ore in last]
        if not (all(row[:3]) or (last[0] == 0 and all(row[1:4]))):
            continue
        paid = [ore for ore in last if ore > 0]
        unbooked = world.closed_before if last[0] else month_before(world.closed_before, 1)
        for month in months(max(world.start, unbooked), world.end):
            of_month = set(each_day(month, next_month(month)))
            days = sum(begins <= day < ends for day in of_month)
            ore = rounded(Fraction(sum(paid), len(paid)) * level(world, month) * days / len(of_month))
            if ore:
                rows[held.citizen, number, held.unit, held.section, held.account, month, "carried"] = ore
    return rows


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
