"""A right total is no excuse for wrong numbers: what a line counts must agree in price or in quantity."""

from datetime import date
from decimal import Decimal

import pytest

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import JULY, Granted, Item, Outcome, Town, bill, outcomes

D = Decimal
TURN = date(2026, 6, 16)
OLD, NEW = (date(2020, 1, 1), TURN, D(100)), (TURN, None, D(200))
CHANGING = (Granted(rates=(OLD, NEW)),)
HALF_PAID = (Granted(absence=((TURN, JULY, D("0.5")),)),)
MONTHLY = (Granted(unit="month", per="month", rates=((date(2020, 1, 1), None, D(12000)),)),)
HOURS = (Granted(unit="hour", per="week", quantity=D("7"), rates=((date(2020, 1, 1), None, D(100)),)),)


def town(*items: Item, granted: tuple[Granted, ...] = (Granted(),)) -> Town:
    return Town((bill(*items),), granted)


def line(quantity: str, price: str, **changes: object) -> Item:
    return Item(quantity=D(quantity), price=D(price), **changes)  # type: ignore[arg-type] # the test's own values


RIGHT = {
    "as agreed": town(line("30", "100")),
    "as agreed, in plain pieces": town(line("30", "100", unit=None)),
    "two lines at the agreed price": town(line("10", "100"), line("20", "100")),
    "a collective price": town(line("1", "3000", unit=None)),
    "a collective price of the month": town(line("1", "3000", unit="month")),
    "an amount alone": town(Item(quantity=None, price=None, ore=300_000)),
    "a month at one price": town(line("1", "12000", unit="month"), granted=MONTHLY),
    "two prices, each for its days": town(line("15", "100"), line("15", "200"), granted=CHANGING),
    "absence deducted": town(
        line("30", "100"), line("-10", "100"), granted=(Granted(absence=((date(2026, 6, 21), JULY, D(0)),)),)
    ),
    "absence on a line at the reduced price": town(line("15", "100"), line("15", "50"), granted=HALF_PAID),
    "absence deducted at the reduced price": town(line("30", "100"), line("-15", "50"), granted=HALF_PAID),
    "hours": town(line("30", "100", unit="hour"), granted=HOURS),
}
WRONG = {
    "half the days at twice the price": (town(line("15", "200")), "rate_high"),
    "twice the days at half the price": (town(line("60", "50")), "rate_low"),
    "half the pieces at twice the price": (town(line("15", "200", unit=None)), "rate_high"),
    "two lines at twice the price": (town(line("10", "200"), line("5", "200")), "rate_high"),
    "few dear days and many cheap ones": (town(line("10", "200"), line("20", "50")), None),
    "all days at the old price, some twice": (town(line("45", "100"), granted=CHANGING), "quantity"),
    "days that are not there, made up for by an outing": (
        town(line("15", "100"), Item(quantity=D(1), price=D(1500), unit=None, service=None)), None,
    ),
    "half the days at twice the price, called hours": (town(line("15", "200", unit="hour")), None),
    "hours for a month": (town(line("40", "300", unit=None), granted=MONTHLY), "rate_low"),
}  # fmt: skip
"""Each asks for exactly what was expected in all; the code is None where more than one would be right."""


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    tries = {**RIGHT, **{name: tried for name, (tried, _) in WRONG.items()}}
    with DuckEngine(threads=1) as engine:
        found = outcomes(engine, list(tries.values()))
    return {name: one["F1"] for name, one in zip(tries, found, strict=True)}


@pytest.mark.parametrize("name", RIGHT)
def test_what_agrees_is_paid(seen: dict[str, Outcome], name: str) -> None:
    assert seen[name] == Outcome(ready=True, codes=frozenset())


@pytest.mark.parametrize("name", WRONG)
def test_a_right_total_does_not_hide_wrong_numbers(seen: dict[str, Outcome], name: str) -> None:
    code = WRONG[name][1]
    assert not seen[name].ready
    assert seen[name].codes
    assert code is None or seen[name].codes == {code}
