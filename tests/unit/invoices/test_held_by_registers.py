"""What the registers say of a grant holds its invoices back, for the days that it concerns, until a person decides."""

from datetime import date

import pytest

import styr.contracts.controls
import styr.grants.controls
from styr.controls.core.registry import REGISTRY
from styr.invoices.controls import CONTROLS
from styr.invoices.core.findings.about_register import NO_REASON_TO_WAIT, SAID_OF_THE_INVOICE, STOPS
from styr.kernel.engine import DuckEngine
from unit.invoices.attacked import JULY, JUNE, Granted, Outcome, Town, bill, outcomes

SINCE, TURN = date(2020, 1, 1), date(2026, 6, 16)
EARLIER = Granted("B0", "ane", "syd", "K0", starts=date(2025, 1, 1), place=None)
ABOUT_BOOKS = (
    *("case_", "grant_not_in_case_system", "payment_", "grant_without_payment", "account_misused"),
    *("paid_unapproved", "paid_not_delivered", "user_payment_missing", "saving_leaks"),
    *("trip_", "settlement_", "route_instead_of_trips"),
)
"""Controls of domains above the invoices: of extracts and of what is booked, which no invoice waits for."""
TRIES = {
    "approved all along": (Town(approved={"P1": (SINCE, None)}), True),
    "approved until the period's end": (Town(approved={"P1": (SINCE, JULY)}), True),
    "approved until the last day but one": (Town(approved={"P1": (SINCE, date(2026, 6, 30))}), False),
    "approved from the middle": (Town(approved={"P1": (TURN, None)}), False),
    "approved after the period": (Town(approved={"P1": (JULY, None)}), False),
    "not approved, and decided": (
        Town(approved={"P1": (SINCE, JUNE)}, decided=(("provider_not_approved", "B1"),)), True,
    ),
    "not approved, and something else decided": (
        Town(approved={"P1": (SINCE, JUNE)}, decided=(("sole_proprietor", "B1"),)), False,
    ),
    "personally owned": (Town(kinds={"nord": "sole_proprietor"}), False),
    "personally owned, and decided": (
        Town(kinds={"nord": "sole_proprietor"}, decided=(("sole_proprietor", "B1"),)), True,
    ),
    "granted twice": (Town(granted=(EARLIER, Granted())), False),
    "granted twice, and decided": (Town(granted=(EARLIER, Granted()), decided=(("duplicate_grant", "B1"),)), True),
    "granted again after the first ended": (
        Town(granted=(Granted("B0", starts=date(2025, 1, 1), ends=date(2026, 3, 1)), Granted(starts=date(2026, 3, 1)))),
        True,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def seen() -> dict[str, Outcome]:
    with DuckEngine(threads=1) as engine:
        found = outcomes(engine, [town for town, _ in TRIES.values()])
    return {name: one[bill().name] for name, one in zip(TRIES, found, strict=True)}


@pytest.mark.parametrize("name", TRIES)
def test_invoices_wait_for_the_registers(seen: dict[str, Outcome], name: str) -> None:
    ready = TRIES[name][1]
    assert seen[name] == Outcome(ready, frozenset() if ready else frozenset({"held_by_registers"}))


def test_of_every_control_of_the_registers_it_is_told_whether_it_holds_invoices_back() -> None:
    assert styr.contracts.controls
    assert styr.grants.controls
    others = ("invoice_", "import_", "test_", *ABOUT_BOOKS)
    of_registers = {control.code for control in REGISTRY.controls if not control.code.startswith(others)}
    stops = {stop.code for stop in STOPS}
    assert of_registers <= stops | set(SAID_OF_THE_INVOICE) | set(NO_REASON_TO_WAIT)
    assert stops <= of_registers
    assert set(SAID_OF_THE_INVOICE.values()) <= {control.code for control in CONTROLS}
