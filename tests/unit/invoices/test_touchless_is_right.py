"""What is paid without a person is what the slow reference would pay, whatever is sent; see also `bench/attacks.py`."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from styr.kernel.engine import DuckEngine
from unit.invoices.attack_changes import CHANGES
from unit.invoices.attacked import Bill, Item, Town, bill, outcomes
from unit.invoices.attacks import attack, faults

AT_ONCE = 150


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    return DuckEngine(threads=1)


@settings(max_examples=1, deadline=None, suppress_health_check=[*HealthCheck])
@given(seeds=st.lists(st.integers(0, 10**9), min_size=AT_ONCE, max_size=AT_ONCE, unique=True))
def test_no_attack_gets_a_wrong_invoice_paid(engine: DuckEngine, seeds: list[int]) -> None:
    """A hundred and fifty attacks are one run of the set operations, so one example is many."""
    towns = [attack(Random(seed)) for seed in seeds]  # noqa: S311 -- no secret
    seen = outcomes(engine, [town for _, town in towns])
    wrong = [(names, fault) for (names, town), said in zip(towns, seen, strict=True) for fault in faults(town, said)]
    assert wrong == []


def test_each_change_alone_is_right(engine: DuckEngine) -> None:
    towns = {name: change(Random(1), Town(bills=(Bill(),))) for name, change in CHANGES.items()}  # noqa: S311 -- no secret
    seen = dict(zip(towns, outcomes(engine, list(towns.values())), strict=True))
    assert {
        name: list(faults(town, seen[name])) for name, town in towns.items() if list(faults(town, seen[name]))
    } == {}
    paid = {name for name, said in seen.items() if said["F1"].ready}
    assert {"nothing", "plain pieces", "another unit", "a split line", "no period", "only a CPR number"} <= paid


def test_a_contradicted_line_among_others_of_one_claim_is_told(engine: DuckEngine) -> None:
    """Credited in full, so that nothing but the key is wrong; the claim's first line may be the other one."""
    lines = (Item(keys=(("cpr", "bo"),)), Item())
    note = tuple(Item(quantity=-(item.quantity or 0)) for item in lines)
    bills = [bill(*order, name="F1") for order in (lines, lines[::-1])]
    towns = [Town((one, bill(*note, name="F2", kind="credit_note", credits="F1", received=2))) for one in bills]
    for seen in outcomes(engine, towns):
        assert not any(one.ready for one in seen.values())
        assert all(one.codes for one in seen.values())
