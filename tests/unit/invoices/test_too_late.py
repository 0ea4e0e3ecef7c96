"""Another authority must ask within twelve months (SEL § 174, stk. 2; Barnets Lov § 195, stk. 2), others in three."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import ibis
import pytest

import styr.contracts.core.relations as contracts
import styr.grants.core.relations as grants
import styr.invoices.core.relations as invoices
import styr.people.core.relations as people
import styr.suppliers.core.relations as suppliers
from styr.controls.core.focus import WHOLE, Focus
from styr.invoices.core.findings.about_time import OTHERS_MONTHS, ahead, outdated, too_late
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import Relation
from styr.refunds.reference.load import shipped_rules

INVOICE_ID, SUPPLIER_ID = UUID(int=1), UUID(int=2)
AFTER_JANUARY = date(2025, 2, 1)
EVERY = {
    held.name: held
    for module in (people, suppliers, contracts, grants, invoices)
    for held in vars(module).values()
    if isinstance(held, Relation)
}
Expression = Callable[[Focus], ibis.Table]


def found(
    control: Expression,
    kind: str,
    issued: date,
    *,
    status: str = "received",
    ends: tuple[date, ...] = (AFTER_JANUARY,),
    own: tuple[dict[str, Any], ...] = (),
) -> list[dict[str, Any]]:
    """What a control says of an invoice that claims periods with these ends (exclusive), received on 1 June 2026."""
    head = {"invoice_id": INVOICE_ID, "supplier_id": SUPPLIER_ID, "number": "F1", "status": status, "net_ore": 500,
            "issue_date": issued, "received_at": datetime(2026, 6, 1, 12, tzinfo=UTC)}  # fmt: skip
    claims = [
        {"claim_id": UUID(int=9 + place), "invoice_id": INVOICE_ID, "period_end": end, "claimed_ore": 250}
        for place, end in enumerate(ends)
    ]
    rows = {
        invoices.INVOICE.name: [head],
        invoices.CLAIM.name: claims,
        suppliers.SUPPLIER.name: [{"supplier_id": SUPPLIER_ID, "kind": kind}],
        invoices.BILL_DEADLINE.name: list(own),
    }
    with DuckEngine(threads=1) as engine:
        for name, relation in EVERY.items():
            engine.load(relation, [{**dict.fromkeys(relation.columns), **row} for row in rows.get(name, [])])
        return engine.rows(control(WHOLE))


@pytest.mark.parametrize("kind", ["municipal", "regional"])
def test_another_authority_is_too_late_when_twelve_months_have_gone_since_the_last_day(kind: str) -> None:
    assert found(too_late, kind, date(2026, 1, 31)) == []
    [row] = found(too_late, kind, date(2026, 2, 1))
    assert (row["subject_id"], row["deadline"], row["period_end"]) == (UUID(int=9), date(2026, 1, 31), AFTER_JANUARY)
    assert row["invoice_number"] == "F1"


def test_each_period_of_an_invoice_has_its_own_deadline() -> None:
    rows = found(too_late, "municipal", date(2026, 2, 1), ends=(date(2024, 7, 1), AFTER_JANUARY, date(2026, 2, 1)))
    assert {row["period_end"] for row in rows} == {date(2024, 7, 1), AFTER_JANUARY}


def test_a_year_from_a_leap_day_is_the_last_of_february() -> None:
    ends = (date(2028, 3, 1),)
    assert found(too_late, "regional", date(2029, 2, 28), ends=ends) == []
    [row] = found(too_late, "regional", date(2029, 3, 1), ends=ends)
    assert row["deadline"] == date(2029, 2, 28)


@pytest.mark.parametrize("kind", ["private", "foundation", "sole_proprietor"])
def test_others_have_three_years(kind: str) -> None:
    assert found(too_late, kind, date(2026, 12, 1)) == []
    assert found(outdated, kind, date(2028, 1, 31)) == []
    assert [row["deadline"] for row in found(outdated, kind, date(2028, 2, 1))] == [date(2028, 1, 31)]


def test_an_own_deadline_holds_for_help_whose_last_day_it_held_on() -> None:
    own = (
        {"months": 18, "valid_from": date(2025, 1, 1), "valid_to": date(2025, 2, 1)},
        {"months": 6, "valid_from": date(2025, 2, 1)},
    )
    assert found(too_late, "municipal", date(2026, 7, 31), own=own) == []
    [row] = found(too_late, "municipal", date(2026, 8, 1), own=own)
    assert row["deadline"] == date(2026, 7, 31)
    ends = (date(2025, 1, 1), AFTER_JANUARY, date(2025, 3, 1))
    rows = found(too_late, "regional", date(2026, 8, 1), ends=ends, own=own)
    assert sorted(row["deadline"] for row in rows) == [date(2025, 8, 28), date(2025, 12, 31), date(2026, 7, 31)]


def test_the_control_counts_with_the_number_that_the_page_of_rules_shows() -> None:
    [told] = [rule for rule in shipped_rules() if rule["rule"] == "other_authority_months"]
    assert told["value"] == OTHERS_MONTHS


def test_a_rejected_invoice_is_not_too_late() -> None:
    assert found(too_late, "municipal", date(2026, 12, 1), status="rejected") == []


def test_a_claim_for_days_far_ahead_is_held() -> None:
    assert found(ahead, "private", date(2026, 6, 1), ends=(date(2026, 8, 1),)) == []
    assert len(found(ahead, "private", date(2026, 6, 1), ends=(date(2026, 8, 2),))) == 1
