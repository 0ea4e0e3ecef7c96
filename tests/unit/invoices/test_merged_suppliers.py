"""After a merger the absorbed supplier's invoices fit days before it, and no day after it."""

from datetime import date

import pytest

from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import JULY, JUNE, Bill, Key, Outcome, Town, bill, outcomes


def by(supplier: str, merged: date | None, *keys: Key) -> Town:
    """June, billed by one of them, where nord has taken syd over from a day."""
    sent = bill(supplier=supplier, account=supplier, keys=keys or (("grant_number", "B1"),))
    return Town(merged=merged, bills=(sent,))


NUMBER: Key = ("contract_number", "K1")
TRIES = {
    "another supplier": (by("syd", None), True),
    "the absorbed one, days before": (by("syd", JULY), False),
    "the absorbed one, days after": (by("syd", JUNE), True),
    "the absorbed one, days before, by the contract's number": (by("syd", JULY, NUMBER), False),
    "the absorbed one, days before, by the citizen": (by("syd", JULY, ("cpr", "ane")), False),
    "the absorbed one, days after, by the citizen": (by("syd", JUNE, ("cpr", "ane")), True),
    "the continuing one takes over the claims for days before": (by("nord", JULY), False),
}


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    with DuckEngine(threads=1) as engine:
        found = outcomes(engine, [town for town, _ in TRIES.values()])
    return {name: one[Bill().name] for name, one in zip(TRIES, found, strict=True)}


@pytest.mark.parametrize("name", TRIES)
def test_a_merger_divides_whose_invoices_fit(seen: dict[str, Outcome], name: str) -> None:
    stopped = TRIES[name][1]
    assert ("supplier_not_party" in seen[name].codes) is stopped
    assert seen[name].ready is not stopped
