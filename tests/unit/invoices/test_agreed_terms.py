"""What the contract says of death, notice and invoicing is what a claim is held against."""

from datetime import date

import pytest

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import Bill, Outcome, Town, bill, outcomes

DEATH = {"ane": date(2026, 6, 10)}
GOOD: frozenset[str] = frozenset()
TRIES = {
    "nothing is agreed of death": (Town(died=DEATH), {"citizen_dead_or_moved", "outside_period"}),
    "death within the agreed days": (Town(died=DEATH, terms={"days_after_death": 20}), GOOD),
    "a day more than agreed": (Town(died=DEATH, terms={"days_after_death": 19}), {"citizen_dead_or_moved"}),
    "notice has run out": (Town(notice=(date(2026, 5, 1), date(2026, 6, 20))), {"beyond_notice"}),
    "notice runs out with the period": (Town(notice=(date(2026, 5, 31), date(2026, 6, 30))), GOOD),
    "billed on the last day agreed": (Town(terms={"invoice_days": 1}), GOOD),
    "billed later than agreed": (
        Town(terms={"invoice_days": 30}, bills=(bill(issued=date(2026, 7, 31)),)), {"after_invoicing_deadline"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    with DuckEngine(threads=1) as engine:
        found = outcomes(engine, [town for town, _ in TRIES.values()])
    return {name: one[Bill().name] for name, one in zip(TRIES, found, strict=True)}


@pytest.mark.parametrize("name", TRIES)
def test_a_claim_is_held_against_the_terms(seen: dict[str, Outcome], name: str) -> None:
    wanted = TRIES[name][1]
    of_terms = {"citizen_dead_or_moved", "beyond_notice", "after_invoicing_deadline"}
    assert seen[name].codes & of_terms == set(wanted) & of_terms
    assert seen[name].ready is (not wanted)
