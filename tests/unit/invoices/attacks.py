"""Wrong invoices made of a right one, and what the slow reference says of those that were paid.

An attack is a list of changes by name; each takes the municipality and gives another. Nothing here asks the program:
what may be paid follows from the grant, day by day.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from unit.invoices.attack_changes import CHANGES, MIDDLE, ONE_DAY, D
from unit.invoices.attacked import JULY, JUNE, Bill, Granted, Item, Outcome, Town


def attack(chance: Random) -> tuple[list[str], Town]:
    """A municipality with a right invoice and one to five changes of it, by name."""
    names = [chance.choice(sorted(CHANGES)) for _ in range(chance.choice([1, 2, 2, 3, 4, 5]))]
    town = Town(granted=(_granted(chance),), bills=())
    town = replace(town, bills=(_right(town.granted[0]),))
    for name in names:
        town = CHANGES[name](chance, town)
    return names, town


def _granted(chance: Random) -> Granted:
    rates: tuple[tuple[date, date | None, Decimal], ...] = ((date(2020, 1, 1), None, D(100)),)
    if chance.random() < 0.25:
        rates = ((date(2020, 1, 1), MIDDLE, D(100)), (MIDDLE, None, D(110)))
    absence = ()
    if chance.random() < 0.25:
        absence = ((date(2026, 6, 11), date(2026, 6, 16), chance.choice([D(0), D("0.5")])),)
    ends = chance.choice([None, None, None, JULY, date(2026, 6, 21)])
    return Granted(rates=rates, absence=absence, ends=ends)


def _right(granted: Granted) -> Bill:
    """The right invoice of June: a line for each price and share."""
    days = [JUNE + number * ONE_DAY for number in range(30)]
    kinds: dict[Decimal, int] = {}
    for day in days:
        price = _price(granted, day)
        if price:
            kinds[price] = kinds.get(price, 0) + 1
    end = min(JULY, granted.ends or JULY)
    return Bill(items=tuple(Item(JUNE, end, D(count), price) for price, count in kinds.items()))


def _price(granted: Granted, day: date) -> Decimal:
    """What a day costs in kr.; 0 outside the grant."""
    if day < granted.starts or (granted.ends is not None and day >= granted.ends) or granted.status != "granted":
        return D(0)
    share = next((part for start, end, part in granted.absence if start <= day < end), D(1))
    found = [price for start, end, price in granted.rates if start <= day and (end is None or day < end)]
    return found[0] * share if found else D(0)


def cost(granted: Granted, days: set[date]) -> int:
    """What the days cost in øre (whole øre a day here, so nothing is rounded)."""
    return int(sum((_price(granted, day) for day in days), D(0)) * 100)


def faults(town: Town, seen: Mapping[str, Outcome]) -> Iterator[str]:
    """What is wrong about what was paid: nothing may be, whatever was sent."""
    paid = [one for one in town.bills if seen[one.name].ready or one.status in {"paid", "approved"}]
    new = [one for one in paid if one.status == "received"]
    for one in town.bills:
        said = seen[one.name]
        if one.status == "received" and said.ready == bool(said.codes):
            yield f"{one.name} er {'klar trods' if said.ready else 'stoppet uden'} afvigelse"
    for one in new:
        yield from _wrong_head(one)
    if new and not any(_named(one) & {"bo", "B2"} for one in paid):
        yield from _too_much(town, paid)


def _wrong_head(one: Bill) -> Iterator[str]:
    if one.supplier != "nord" or one.account not in {"nord", None}:
        yield f"{one.name} betales til en fremmed"
    if one.head.get("currency", "DKK") != "DKK" or one.head.get("tax_ore", 0):
        yield f"{one.name} er i fremmed valuta eller med moms"
    if one.head.get("payable_ore", one.amount) != one.amount or one.head.get("net_ore", one.amount) != one.amount:
        yield f"{one.name} har beløb uden for linjerne"
    if one.ean not in {"U1", "U2"}:
        yield f"{one.name} er ikke til os"
    named = _named(one)
    if named & {"bo", "B2"} and named & {"ane", "B1"}:
        yield f"{one.name} nævner en anden borger"


def _named(one: Bill) -> set[str]:
    return {key[1] for keys in (one.keys, *(item.keys for item in one.items)) for key in keys}


def _too_much(town: Town, paid: list[Bill]) -> Iterator[str]:
    """Everything paid together: not more than its days cost, and not less where nothing else was sent."""
    granted = town.granted[0]
    claims = [(_days(item, one), item.amount) for one in paid for item in one.items]
    all_days = set().union(*(days for days, _ in claims))
    total = sum(amount for _, amount in claims)
    before = sum(one.amount for one in paid if one.status != "received")
    slack = sum(len(one.items) for one in paid)
    if total > max(cost(granted, all_days), before) + slack:
        yield f"der betales {total} øre for dage, der koster {cost(granted, all_days)}"
    in_part = len(paid) < len(town.bills) or any(one.amount < 0 for one in paid)
    if not in_part and total < cost(granted, all_days) - slack:
        yield f"der betales kun {total} øre for dage, der koster {cost(granted, all_days)}"


def _days(item: Item, one: Bill) -> set[date]:
    start, end = item.start, item.end
    if start is None or end is None:
        issued = one.issued or JULY
        start = (issued.replace(day=1) - ONE_DAY).replace(day=1) if issued.day <= 20 else issued.replace(day=1)
        end = (start + 31 * ONE_DAY).replace(day=1)
    return {start + number * ONE_DAY for number in range((end - start).days)}
