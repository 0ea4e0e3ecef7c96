"""The changes an attack is made of: each is one thing that is wrong with an invoice, or that only looks so."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from unit.invoices.attacked import JULY, JUNE, Bill, Granted, Item, Town

D = Decimal
ONE_DAY, WHOLE = timedelta(days=1), D(1)
Change = Callable[[Random, Town], Town]
AUGUST, MIDDLE = date(2026, 8, 1), date(2026, 6, 16)


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
