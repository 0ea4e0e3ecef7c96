"""Matching and comparison said slowly and plainly, one line at a time: what the set operations must agree with.

Days only (unit `day`, one a day, factor 1), so that the expected amount is a loop over days.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

ONE_DAY = timedelta(days=1)
FAR = date(9999, 12, 31)


@dataclass(frozen=True)
class Grant:
    name: str
    citizen: str
    supplier: str
    contract: str | None
    starts: date
    ends: date | None
    service: str
    rates: tuple[tuple[date, date | None, Decimal], ...]
    absence: tuple[tuple[date, date, Decimal], ...] = ()
    granted: bool = True


@dataclass(frozen=True)
class Line:
    name: str
    start: date
    end: date
    service: str | None
    quantity: Decimal
    price: Decimal
    keys: frozenset[tuple[str, str]] = frozenset()

    @property
    def ore(self) -> int:
        return int(self.quantity * self.price * 100)


@dataclass(frozen=True)
class Invoice:
    name: str
    supplier: str
    place: int  # order of receipt
    lines: tuple[Line, ...]
    keys: frozenset[tuple[str, str]] = frozenset()


@dataclass
class Answer:
    step: str
    grant: str | None = None
    verdict: str | None = None
    expected: int | None = None
    contradicted: bool = False
    named: frozenset[tuple[str, str]] = field(default_factory=frozenset)


def flags(grant: Grant, line: Line, invoice: Invoice) -> set[str]:
    """Which keys name the grant, and whether on the line or the head."""
    found = set()
    for level, keys in (("line", line.keys), ("head", invoice.keys)):
        for kind, value in keys:
            own = {"grant": grant.name, "contract": grant.contract, "cpr": grant.citizen, "name": grant.citizen}[kind]
            theirs = kind in {"grant", "contract"} or grant.supplier == invoice.supplier
            if own == value and theirs:
                found.add(f"{kind}_{level}")
    return found


RUNGS = ("grant_line", "grant_head", "contract_line", "contract_head", "cpr_line", "cpr_head", "name_line", "name_head")
STEPS = {"grant": "grant_number", "contract": "contract_number", "cpr": "cpr", "name": "name"}
WEIGHTS = {"cpr_line": 32, "cpr_head": 16, "name_line": 8, "name_head": 4}


def fit(grant: Grant, line: Line) -> int:
    priced = any(
        price == line.price and start < line.end and (end is None or line.start < end)
        for start, end, price in grant.rates
    )
    shares = grant.starts < line.end and (grant.ends is None or line.start < grant.ends)
    return 32 * priced + 12 * (line.service == grant.service) + 2 + shares


def away(grant: Grant, line: Line) -> int:
    before = (grant.starts - line.end).days + 1
    after = 0 if grant.ends is None else (line.start - grant.ends).days + 1
    return max(0, before, after)


def match(line: Line, invoice: Invoice, grants: list[Grant]) -> Answer:
    named = {grant: found for grant in grants if (found := flags(grant, line, invoice))}
    if not named:
        return Answer("nothing")

    def order(grant: Grant) -> tuple[int, int, int, int, int]:
        rung = min(RUNGS.index(flag) for flag in named[grant])
        person = sum(WEIGHTS.get(flag, 0) for flag in named[grant])
        return rung, -person, -grant.granted, away(grant, line), -fit(grant, line)

    best = min(order(grant) for grant in named)
    first = [grant for grant in named if order(grant) == best]
    if len(first) > 1:
        return Answer("ambiguous")
    (chosen,) = first
    return Answer(STEPS[RUNGS[best[0]].split("_")[0]], chosen.name)


def matched(invoice: Invoice, grants: list[Grant]) -> dict[str, Answer]:
    """The answer of each line of an invoice by its name, and whether a strong key names somebody else."""
    answers = {line.name: match(line, invoice, grants) for line in invoice.lines}
    citizen = {grant.name: grant.citizen for grant in grants}
    found = {name: citizen[answer.grant] for name, answer in answers.items() if answer.grant}
    head = any(people is not None and not people & set(found.values()) for people in _named(invoice.keys, grants))
    for line in invoice.lines:
        if line.name in found:
            strange = any(people is not None and found[line.name] not in people for people in _named(line.keys, grants))
            answers[line.name].contradicted = head or strange
    return answers


def _named(keys: frozenset[tuple[str, str]], grants: list[Grant]) -> list[set[str] | None]:
    """Whom each key is about: nobody that we know for an unknown grant number, None where the key says nothing."""
    by_kind = {
        "grant": lambda value: {grant.citizen for grant in grants if grant.name == value},
        "contract": lambda value: {grant.citizen for grant in grants if grant.contract == value} or None,
        "cpr": lambda value: {grant.citizen for grant in grants if grant.citizen == value} or None,
        "name": lambda _: None,
    }
    return [by_kind[kind](value) for kind, value in keys]


def expected(grant: Grant, start: date, end: date, *, away_counts: bool = True) -> int:
    """The price of the days of [start, end) on which the service runs, in øre, each month rounded."""
    months: dict[tuple[int, int], Decimal] = {}
    day = start
    while day < end:
        if grant.starts <= day and (grant.ends is None or day < grant.ends):
            share = Decimal(1)
            for absent_from, absent_to, billable in grant.absence if away_counts else ():
                if absent_from <= day < absent_to:
                    share = billable
            for valid_from, valid_to, price in grant.rates:
                if valid_from <= day and (valid_to is None or day < valid_to):
                    key = day.year, day.month
                    months[key] = months.get(key, Decimal(0)) + share * price * 100
        day += ONE_DAY
    return sum(int(amount + Decimal("0.5")) for amount in months.values())
