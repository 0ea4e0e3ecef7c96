"""Wrong invoices made of a right one, and what the slow reference says of those that were paid.

An attack is a list of changes by name; each takes the municipality and gives another. Nothing here asks the program:
what may be paid follows from the grant, day by day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from unit.invoices.attacked import JULY, JUNE, Bill, Granted, Item, Outcome, Town

D = Decimal
ONE_DAY, WHOLE = timedelta(days=1), D(1)
Change = Callable[[Random, Town], Town]
AUGUST, MIDDLE = date(2026, 8, 1), date(2026, 6, 16)


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


# The changes. Each is one thing that is wrong, or that only looks so.


def _items(town: Town, which: int, *items: Item) -> Town:
    bills = list(town.bills)
    bills[which] = replace(bills[which], items=items)
    return replace(town, bills=tuple(bills))


def _one_item(change: Callable[[Random, Item], Item]) -> Change:
    def changed(chance: Random, town: Town) -> Town:
        which = chance.randrange(len(town.bills))
        items = list(town.bills[which].items)
        if not items:
            return town
        at = chance.randrange(len(items))
        items[at] = change(chance, items[at])
        return _items(town, which, *items)

    return changed


def _bill(change: Callable[[Random, Bill], Bill]) -> Change:
    def changed(chance: Random, town: Town) -> Town:
        which = chance.randrange(len(town.bills))
        bills = list(town.bills)
        bills[which] = change(chance, bills[which])
        return replace(town, bills=tuple(bills))

    return changed


def _head(**values: object) -> Change:
    return _bill(lambda _, one: replace(one, head={**one.head, **values}))


def _more(change: Callable[[Random, Bill], Bill]) -> Change:
    """A further document made of one that is there."""

    def changed(chance: Random, town: Town) -> Town:
        source = chance.choice(town.bills)
        number = len(town.bills) + 1
        return replace(town, bills=(*town.bills, replace(change(chance, source), name=f"F{number}", received=number)))

    return changed


def _line(item: Item, **values: object) -> Item:
    return replace(item, ore=None, **values)  # type: ignore[arg-type] # values of an Item


def _times(item: Item, factor: Decimal) -> Item:
    return _line(item, quantity=(item.quantity or D(1)) * factor)


def _credit(one: Bill, share: Decimal = WHOLE) -> Bill:
    """A credit note for a share of an invoice."""
    items = tuple(replace(_times(item, -share), ore=None if item.ore is None else -item.ore) for item in one.items)
    return replace(one, items=items, kind="credit_note", credits=one.name, status="received", head={})


def _split(chance: Random, item: Item) -> tuple[Item, Item]:
    at = chance.choice([date(2026, 6, 6), MIDDLE, date(2026, 6, 21)])
    if item.start is None or item.end is None or not item.start < at < item.end:
        return item, item
    days = D((item.end - item.start).days)
    part = (item.quantity or D(0)) * D((at - item.start).days) / days
    first = part.quantize(D(1))
    return _line(item, end=at, quantity=first), _line(item, start=at, quantity=(item.quantity or D(0)) - first)


def _split_line(chance: Random, town: Town) -> Town:
    which = chance.randrange(len(town.bills))
    items = town.bills[which].items
    if not items:
        return town
    return _items(town, which, *_split(chance, items[0]), *items[1:])


def _split_bill(chance: Random, town: Town) -> Town:
    which = chance.randrange(len(town.bills))
    one = town.bills[which]
    if not one.items:
        return town
    first, second = _split(chance, one.items[0])
    bills = (*town.bills[:which], replace(one, items=(first, *one.items[1:])), *town.bills[which + 1 :])
    number = len(bills) + 1
    return replace(town, bills=(*bills, replace(one, items=(second,), name=f"F{number}", received=number)))


def _added(chance: Random, town: Town) -> Town:
    which = chance.randrange(len(town.bills))
    one = town.bills[which]
    price = chance.choice([D(100), D(50), D(1500), D(-100), D(1)])
    extra = Item(
        JUNE, JULY, D(chance.choice([1, 1, 5])), price, unit=None, service=chance.choice([None, "ophold", "tillaeg"])
    )
    return _items(town, which, *one.items, extra)


def _lump(chance: Random, town: Town) -> Town:
    which = chance.randrange(len(town.bills))
    one = town.bills[which]
    total = D(one.amount) / 100 + chance.choice([D(0), D(0), D(1), D("0.01"), D(-100)])
    return _items(town, which, Item(JUNE, JULY, D(1), total, unit=chance.choice([None, "month"])))


def _key(*keys: tuple[str, ...], line: bool = False) -> Change:
    if line:
        return _one_item(lambda _, item: replace(item, keys=(*item.keys, *keys)))  # type: ignore[arg-type] # keys
    return _bill(lambda _, one: replace(one, keys=(*one.keys, *keys)))  # type: ignore[arg-type] # keys


def _shift(days: int) -> Change:
    def moved(_: Random, item: Item) -> Item:
        if item.start is None or item.end is None:
            return item
        return replace(item, start=item.start + days * ONE_DAY, end=item.end + days * ONE_DAY)

    return _one_item(moved)


def _with_bo(_: Random, town: Town) -> Town:
    other = Granted("B2", "bo", contract="K1")
    return town if len(town.granted) > 1 else replace(town, granted=(*town.granted, other))


CHANGES: Final[Mapping[str, Change]] = {
    "nothing": lambda _, town: town,
    "one day more": _one_item(lambda _, item: _line(item, quantity=(item.quantity or D(0)) + 1)),
    "one day fewer": _one_item(lambda _, item: _line(item, quantity=(item.quantity or D(0)) - 1)),
    "half the number at twice the price": _one_item(
        lambda _, item: _line(item, quantity=(item.quantity or D(0)) / 2, price=(item.price or D(0)) * 2)
    ),
    "twice the number": _one_item(lambda _, item: _times(item, D(2))),
    "no number": _one_item(lambda _, item: replace(item, ore=item.amount, quantity=None)),
    "an øre more a day": _one_item(lambda _, item: _line(item, price=(item.price or D(0)) + D("0.01"))),
    "a krone more a day": _one_item(lambda _, item: _line(item, price=(item.price or D(0)) + 1)),
    "a negative line": _one_item(lambda _, item: _times(item, D(-1))),
    "an amount beside the numbers": _one_item(lambda _, item: replace(item, ore=item.amount + 100)),
    "an øre beside the numbers": _one_item(lambda _, item: replace(item, ore=item.amount + 1)),
    "plain pieces": _one_item(lambda _, item: replace(item, unit=None)),
    "hours": _one_item(lambda _, item: replace(item, unit="hour")),
    "no service": _one_item(lambda _, item: replace(item, service=None)),
    "another service": _one_item(lambda _, item: replace(item, service="aktivitet")),
    "no period": _one_item(lambda _, item: replace(item, start=None, end=None)),
    "two months": _one_item(lambda _, item: replace(item, end=AUGUST)),
    "half the period": _one_item(lambda _, item: replace(item, end=MIDDLE if item.start == JUNE else item.end)),
    "a month later": _shift(30),
    "five years back": _shift(-5 * 365),
    "five years ahead": _shift(5 * 365),
    "a split line": _split_line,
    "a split invoice": _split_bill,
    "an added line": _added,
    "a collective price": _lump,
    "euro": _head(currency="EUR"),
    "no currency": _head(currency=None),
    "VAT": _head(tax_ore=75_000, payable_ore=375_000),
    "a charge on the whole": _head(net_ore=310_000, payable_ore=310_000),
    "a deduction on the whole": _head(net_ore=290_000, payable_ore=290_000),
    "paid in advance": _head(payable_ore=0),
    "no issue date": _bill(lambda _, one: replace(one, issued=None)),
    "issued in five years": _bill(lambda _, one: replace(one, issued=date(2031, 7, 1))),
    "another account": _bill(lambda _, one: replace(one, account="syd")),
    "an unknown account": _bill(lambda _, one: replace(one, account="ukendt")),
    "no account": _bill(lambda _, one: replace(one, account=None)),
    "another supplier": _bill(lambda _, one: replace(one, supplier="syd", account="syd")),
    "another supplier's number, the right account": _bill(lambda _, one: replace(one, supplier="syd")),
    "another unit": _bill(lambda _, one: replace(one, ean="U2")),
    "another municipality": _bill(lambda _, one: replace(one, ean="U9")),
    "paid": _bill(lambda _, one: replace(one, status="paid")),
    "rejected": _bill(lambda _, one: replace(one, status="rejected")),
    "the same again": _more(lambda _, one: replace(one, status="received")),
    "the same before": _more(lambda _, one: replace(one, status="received", issued=date(2026, 6, 25))),
    "half again": _more(lambda _, one: replace(one, items=tuple(_times(item, D("0.5")) for item in one.items))),
    "credited": _more(lambda _, one: _credit(one)),
    "credited in part": _more(lambda _, one: _credit(one, D("0.5"))),
    "credited too much": _more(lambda _, one: _credit(one, D(2))),
    "credited without saying what": _more(lambda _, one: replace(_credit(one), credits=None)),
    "a credit note for another month": _more(
        lambda _, one: replace(
            _credit(one), items=tuple(replace(i, start=JULY, end=AUGUST) for i in _credit(one).items)
        )
    ),
    "the other's CPR number": _key(("cpr", "bo")),
    "the other's CPR number on the line": _key(("cpr", "bo"), line=True),
    "the other's grant number": lambda chance, town: _key(("grant_number", "B2"))(chance, _with_bo(chance, town)),
    "no keys": _bill(lambda _, one: replace(one, keys=())),
    "only a name": _bill(lambda _, one: replace(one, keys=(("name", "ane"),))),
    "only a CPR number": _bill(lambda _, one: replace(one, keys=(("cpr", "ane"),))),
    "only a contract number": _bill(lambda _, one: replace(one, keys=(("contract_number", "K1"),))),
    "another citizen there": _with_bo,
    "the grant stopped": lambda _, town: replace(
        town, granted=(replace(town.granted[0], status="draft"), *town.granted[1:])
    ),
    "not approved": lambda _, town: replace(town, approved={"P1": (date(2020, 1, 1), JUNE)}),
}
