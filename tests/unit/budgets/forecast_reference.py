"""The slow, obvious reference of the forecast: day by day what is booked, and each run of other days priced."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from unit.grants_core.cost_reference import OPEN, Days, expected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from unit.budgets.standing import Standing
    from unit.grants_core.cost_reference import Line

ONE = timedelta(days=1)
Key = tuple[int | None, int | None, int | None, str, str, date, str]
"""Citizen, grant, unit (numbers), section, account, month, basis."""


@dataclass(frozen=True)
class Held:
    """A grant with its lines, as a person would write it down."""

    citizen: int
    unit: int
    section: str
    status: str
    account: str
    starts: date
    ends: date | None
    supplier: int | None
    follow_up: date | None
    lines: tuple[Line, ...]
    used_on: Standing | None = None


@dataclass(frozen=True)
class Billed:
    """A line of an invoice: the grant, the grant's line where one was chosen, and its days where they are told."""

    grant: int
    line: int | None
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Bill:
    """An invoice, or a credit note that takes back another."""

    lines: tuple[Billed, ...]
    credits: int | None = None


@dataclass(frozen=True)
class Booked:
    """A posting."""

    grant: int | None
    unit: int | None
    month: date
    posted_on: date
    ore: int
    kind: str
    account: str
    bill: int | None
    citizen: int | None = None
    supplier: int | None = None


@dataclass(frozen=True)
class Pool:
    """A provision."""

    unit: int | None
    starts: date
    ends: date | None
    ore: int


@dataclass(frozen=True)
class World:
    """Everything a forecast is worked out from."""

    grants: tuple[Held, ...]
    bills: tuple[Bill, ...]
    postings: tuple[Booked, ...]
    pools: tuple[Pool, ...]
    first_year: int
    years: int
    as_of: date
    percents: Mapping[int, Decimal]
    closed: tuple[frozenset[date], ...] = ()
    """The days on which each calendar is closed besides weekends and holidays."""

    @property
    def start(self) -> date:
        return date(self.first_year, 1, 1)

    @property
    def end(self) -> date:
        return date(self.first_year + self.years, 1, 1)

    @property
    def closed_before(self) -> date:
        return self.as_of.replace(day=1)

    @property
    def grace_from(self) -> date:
        month = self.closed_before
        for _ in range(3):
            month = (month - ONE).replace(day=1)
        return month


def forecast_of(world: World) -> dict[Key, int]:
    """Return the forecast's rows; none is zero."""
    rows: dict[Key, int] = defaultdict(int)
    for posting in counted(world):
        if world.start <= posting.month < world.end:
            held = None if posting.grant is None else world.grants[posting.grant]
            unit = posting.unit if posting.unit is not None or held is None else held.unit
            citizen = posting.citizen if posting.citizen is not None or held is None else held.citizen
            about = (citizen, posting.grant, unit, held.section if held else "")
            rows[*about, posting.account, posting.month, "actual"] += posting.ore
    for number, held in enumerate(world.grants):
        for month, basis, ore in _ahead(world, number, held):
            rows[held.citizen, number, held.unit, held.section, held.account, month, basis] += ore
    for pool in world.pools:
        for month in months(max(world.start, world.closed_before), world.end):
            if pool.starts <= month < (pool.ends or OPEN):
                rows[None, None, pool.unit, "", "", month, "provision"] += pool.ore
    return {key: ore for key, ore in rows.items() if ore}


def counted(world: World) -> Iterator[Booked]:
    """The postings that stand for cost: not income, booked by the day, and of a grant in closed months alone."""
    for told in world.postings:
        posting = replace(told, grant=grant_of(world, told))
        cost = posting.kind in {"payment", "correction", "other"} and posting.posted_on <= world.as_of
        if cost and (posting.grant is None or posting.month < world.closed_before):
            yield posting


def grant_of(world: World, posting: Booked) -> int | None:
    """The grant that a posting is for: the one named, else the citizen's one on the account, else of the supplier."""
    if posting.grant is not None or posting.citizen is None:
        return posting.grant
    running = [
        (number, held)
        for number, held in enumerate(world.grants)
        if held.citizen == posting.citizen and held.status not in {"draft", "withdrawn"}
        and held.starts < next_month(posting.month) and (held.ends or OPEN) > posting.month
    ]  # fmt: skip
    on_account = [number for number, held in running if held.account == posting.account]
    of_supplier = [
        number for number, held in running if held.supplier is not None and held.supplier == posting.supplier
    ]
    return on_account[0] if len(on_account) == 1 else of_supplier[0] if len(of_supplier) == 1 else None


def _ahead(world: World, number: int, held: Held) -> Iterator[tuple[date, str, int]]:
    promised = held.status in {"granted", "stopped"}
    if not promised and held.status not in {"expected", "awaiting"}:
        return
    for place, line in enumerate(held.lines):
        assumed = replace(line, ends=line_end(world, held, line), rates=tuple(rates(world, line)), dates=())
        covered = _covered(world, number, place, line)
        for first, end in _windows(world, assumed, covered):
            month = first.replace(day=1)
            closed = month < world.closed_before
            if closed and not promised:
                continue
            basis = "accrual" if closed else "granted" if promised and month < (held.ends or OPEN) else "expected"
            for cost in expected(assumed, Days(first, end)).values():
                yield month, basis, cost.ore


def line_end(world: World, held: Held, line: Line) -> date | None:
    """Nobody has followed up, so what ends with the grant goes on; not if the end is long ago."""
    with_grant = line.ends == held.ends and line.unit != "once" and line.per != "total"
    return None if goes_on(world, held) and with_grant else line.ends


def goes_on(world: World, held: Held) -> bool:
    overdue = held.status == "granted" and held.follow_up is not None and held.follow_up < world.as_of
    return overdue and held.ends is not None and held.ends >= world.grace_from


def days_of(world: World, held: Held, lines: Sequence[Line]) -> tuple[date, date]:
    """When a grant runs: from the first of its lines to the last; where it has none, as it is granted."""
    if lines:
        return min(line.starts for line in lines), max(line_end(world, held, line) or OPEN for line in lines)
    return held.starts, OPEN if goes_on(world, held) else held.ends or OPEN


def rates(world: World, line: Line) -> Iterator[tuple[date, date | None, Decimal]]:
    """The prices told, the last one going on, and indexed a year at a time from the year after what is known."""
    last = max((start for start, _, _ in line.rates), default=None)
    for start, end, amount in line.rates:
        goes_on = start == last and (end is None or end >= world.grace_from)
        known = max(start.year, world.closed_before.year)
        for year in range(min(start.year, known), world.end.year + 1):
            first = max(start, date(year, 1, 1))
            until = min(OPEN if goes_on or end is None else end, date(year + 1, 1, 1))
            if first < until:
                yield first, until, _indexed(amount, known, year, world.percents)


def _indexed(amount: Decimal, known: int, year: int, percents: Mapping[int, Decimal]) -> Decimal:
    changes = (1 + Fraction(percents.get(later, Decimal(0))) / 100 for later in range(known + 1, year + 1))
    factor = prod(changes, start=Fraction(1))
    eight = Fraction(rounded(factor * 10**8), 10**8)
    decimals = 2 if amount == amount.quantize(Decimal("0.01")) else 4
    return Decimal(rounded(Fraction(amount) * eight * 10**decimals)).scaleb(-decimals)


def rounded(number: Fraction) -> int:
    whole, rest = divmod(abs(number.numerator), number.denominator)
    return (whole + (2 * rest >= number.denominator)) * (1 if number >= 0 else -1)


def _covered(world: World, number: int, place: int, line: Line) -> set[date]:
    """The days of a grant's line that what is booked was for."""
    days: set[date] = set()
    by_month, by_bill = _net(world, number)
    for month, ore in by_month.items():
        if ore > 0:
            days.update(each_day(month, next_month(month)))
    for bill, ore in by_bill.items():
        for billed in _dated(world, bill, number) if ore > 0 else ():
            if billed.line is None:
                days.update(each_day(billed.start, billed.end))
            elif billed.line == place:
                days.update({line.starts} if line.unit == "once" else each_day(billed.start, billed.end))
    return days


def _net(world: World, number: int) -> tuple[dict[date, int], dict[int, int]]:
    """What is booked on a grant by month, and by invoice with its credit notes where the invoice tells its days."""
    from_year = world.start.replace(year=world.first_year - 1)
    of_grant = [one for one in counted(world) if one.grant == number and one.month >= from_year]
    booked = {one.bill for one in of_grant}  # a credit note alone is for no days
    by_month: dict[date, int] = defaultdict(int)
    by_bill: dict[int, int] = defaultdict(int)
    for posting in of_grant:
        credited = None if posting.bill is None else world.bills[posting.bill].credits
        root = posting.bill if credited is None else credited
        if root is None or root not in booked or not _dated(world, root, number):
            by_month[posting.month] += posting.ore
        else:
            by_bill[root] += posting.ore
    return by_month, by_bill


def _dated(world: World, bill: int, grant: int) -> list[Billed]:
    lines = world.bills[bill].lines
    return [line for line in lines if line.grant == grant and line.start is not None and line.end is not None]


def _windows(world: World, line: Line, covered: set[date]) -> Iterator[tuple[date, date]]:
    """The runs of days that are not covered, cut by months."""
    first: date | None = None
    for day in each_day(max(line.starts, world.start), min(line.ends or OPEN, world.end)):
        if first is not None and (day in covered or day.day == 1):
            yield first, day
            first = None
        if first is None and day not in covered:
            first = day
    if first is not None:
        yield first, min(line.ends or OPEN, world.end)


def each_day(start: date | None, end: date | None) -> Iterator[date]:
    first = start or OPEN
    return (first + ONE * number for number in range(((end or OPEN) - first).days))


def months(start: date, end: date) -> Iterator[date]:
    if start < end:
        yield start
        yield from months(next_month(start), end)


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
