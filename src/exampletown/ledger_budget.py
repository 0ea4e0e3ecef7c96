"""The town's budgets for this year and the last: what was known on 1 October before, pools for the rest, changes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from exampletown.days import month_start
from exampletown.habits import chance
from exampletown.ledger import SHARED_COST, STATE_REFUND, USER_PAYMENT_SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from exampletown.ledger import Books
    from exampletown.model import Grant

Row = tuple[int, int | None, str, str, Decimal, int | None, str | None, int | None, str | None]
THOUSAND = 1_000
INDEXATION = Decimal("1.032")
FUNCTION = 5
OCTOBER = 10


def budget_rows(rng: Random, books: Books) -> Iterator[Row]:
    """``år måned art konto beløb borger_nr bevilling_nr enhed_nr tekst``."""
    for year in (books.town.today.year - 1, books.town.today.year):
        yield from year_rows(rng, books, year)


def year_rows(rng: Random, books: Books, year: int) -> Iterator[Row]:
    """One year's budget."""
    known_on = date(year - 1, OCTOBER, 1)
    pools: defaultdict[tuple[int, str], Decimal] = defaultdict(Decimal)
    accounts: dict[tuple[int, str], str] = {}
    known: defaultdict[int, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    lodgers = 0
    for grant in books.town.grants:
        if grant.status not in {"bevilget", "stoppet"} or not overlaps(grant, year):
            continue
        function = grant.account[:FUNCTION] if grant.account else ""
        if function:
            accounts.setdefault((grant.unit.number, function), grant.account or "")
        cost = books.month_estimate(grant, known_on) * months_known(grant, year, known_on) * INDEXATION
        if grant.start < known_on and grant.account:
            amount = thousands(cost)
            known[grant.unit.number][grant.account] += amount
            lodgers += grant.section in USER_PAYMENT_SECTIONS
            said = (grant.citizen.number, grant.number, grant.unit.number)
            yield year, None, "oprindelig", grant.account, amount, *said, None
            if chance(rng, 0.05):
                changed = thousands(amount * Decimal(rng.randrange(92, 116)) / 100)
                yield year, None, "korrigeret", grant.account, changed, *said, "Ny aftale"
        elif function:
            pools[grant.unit.number, function] += cost
    yield from pool_rows(rng, year, pools, accounts)
    yield from unit_rows(rng, year, known)
    yield from shared_rows(books, year)
    refund = thousands(Decimal(-5_400_000) * books.size(None))
    yield year, None, "oprindelig", STATE_REFUND, refund, None, None, None, "Refusion"
    if accounts and lodgers:
        account = f"{next(iter(accounts.values()))[:11]}09179"
        yield year, None, "oprindelig", account, thousands(Decimal(-38_000 * lodgers)), None, None, None, "Egenbetaling"


def pool_rows(
    rng: Random, year: int, pools: dict[tuple[int, str], Decimal], accounts: dict[tuple[int, str], str]
) -> Iterator[Row]:
    """What the council set aside for help that nobody had asked for yet: a guess, and often too little."""
    for (unit, function), cost in sorted(pools.items()):
        guessed = thousands(cost * Decimal(rng.randrange(80, 104)) / 100)
        if guessed:
            yield year, None, "oprindelig", accounts[unit, function], guessed, None, None, unit, "Pulje til nye sager"


def shared_rows(books: Books, year: int) -> Iterator[Row]:
    """What each unit pays for what it shares with others: on the account that it is booked on, as last year's was."""
    monthly = Decimal(sum(SHARED_COST)) / 2
    for unit, account in sorted(books.shared_accounts().items()):
        amount = thousands(monthly * 12 * books.size(unit))
        yield year, None, "oprindelig", account, amount, None, None, unit, "Fælles drift"


def unit_rows(rng: Random, year: int, known: dict[int, defaultdict[str, Decimal]]) -> Iterator[Row]:
    """What is expected to stop, and what the council granted or moved in the year: on the unit's largest account."""
    for unit, by_account in sorted(known.items()):
        total, account = sum(by_account.values()), max(by_account, key=lambda one: (by_account[one], one))
        ending = -thousands(total * Decimal(rng.randrange(15, 35)) / 1000)
        yield year, None, "oprindelig", account, ending, None, None, unit, "Forventet afgang"
        granted = thousands(total * Decimal(rng.randrange(3, 12)) / 1000)
        yield year, 4, "tillæg", account, granted, None, None, unit, "Tillægsbevilling, byrådet i marts"
        moved = thousands(total * Decimal(rng.randrange(-5, 6)) / 1000)
        if moved:
            yield year, 9, "tillæg", account, moved, None, None, unit, "Omplacering, budgetopfølgning i august"


def overlaps(grant: Grant, year: int) -> bool:
    """The grant has a day in the year."""
    return grant.start < date(year + 1, 1, 1) and (grant.end is None or grant.end > date(year, 1, 1))


def months_known(grant: Grant, year: int, known_on: date) -> int:
    """In how many months of the year the grant was believed to run; that it was to be stopped nobody knew."""
    first = max(month_start(grant.start), date(year, 1, 1))
    until = date(year + 1, 1, 1)
    if grant.end is not None and (grant.status != "stoppet" or grant.start >= known_on):
        until = min(until, grant.end)
    return max(0, (until.year - first.year) * 12 + until.month - first.month + (until.day > 1))


def thousands(amount: Decimal) -> Decimal:
    """Whole thousands of kroner, as a council writes them."""
    return Decimal(round(amount / THOUSAND) * THOUSAND)
