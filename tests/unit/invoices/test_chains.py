"""Documents that are right only together: however long the chain, nothing is paid on what is unknown."""

from datetime import date
from decimal import Decimal

import pytest

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import Bill, Item, Outcome, Town, bill, outcomes

SPOILT = {"currency": "EUR"}


def chain(length: int, *, spoilt: bool) -> Town:
    """Each document for a month of its own, and each takes back the one before it; the last is in order or not."""
    bills: list[Bill] = []
    for month in range(1, length + 1):
        start, end = date(2026, month, 1), date(2026, month + 1, 1)
        head = SPOILT if spoilt and month == length else {}
        credited = bills[-1].name if bills else None
        line = Item(start, end, Decimal((end - start).days))
        bills.append(bill(line, name=f"F{month}", credits=credited, head=head))
    return Town(tuple(bills))


CASES = [(length, spoilt) for length in range(1, 7) for spoilt in (False, True)]


@pytest.fixture(scope="module")
def seen() -> dict[tuple[int, bool], dict[str, Outcome]]:
    with DuckEngine(threads=1) as engine:
        return dict(zip(CASES, outcomes(engine, [chain(n, spoilt=spoilt) for n, spoilt in CASES]), strict=True))


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_short_chain_in_order_is_paid(seen: dict[tuple[int, bool], dict[str, Outcome]], length: int) -> None:
    assert all(one == Outcome(ready=True, codes=frozenset()) for one in seen[length, False].values())


@pytest.mark.parametrize("length", range(1, 7))
def test_one_fault_holds_the_whole_chain(seen: dict[tuple[int, bool], dict[str, Outcome]], length: int) -> None:
    assert not any(one.ready for one in seen[length, True].values())
    assert all(one.codes for one in seen[length, True].values())


@pytest.mark.parametrize("length", [4, 5, 6])
def test_a_chain_too_long_to_follow_is_seen_by_a_person(
    seen: dict[tuple[int, bool], dict[str, Outcome]], length: int
) -> None:
    assert not any(one.ready for one in seen[length, False].values())
    assert all(one.codes & {"long_chain", "waiting"} for one in seen[length, False].values())
