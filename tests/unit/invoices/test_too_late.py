"""Another authority must ask within twelve months (SEL § 174, stk. 2; Barnets Lov § 195, stk. 2)."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from styr.controls.core.focus import WHOLE
from styr.invoices.core.findings.about_invoices import too_late
from styr.invoices.core.relations import CLAIM, INVOICE
from styr.kernel.engine import DuckEngine
from styr.kernel.relation import Relation
from styr.suppliers.core.relations import SUPPLIER

INVOICE_ID, SUPPLIER_ID = UUID(int=1), UUID(int=2)
AFTER_JANUARY = date(2025, 2, 1)


def found(kind: str, issued: date, *, status: str = "received", ends: date = AFTER_JANUARY) -> list[dict[str, Any]]:
    """What the control says of an invoice for two months, of which the last ends so."""
    head = {"invoice_id": INVOICE_ID, "supplier_id": SUPPLIER_ID, "number": "F1", "status": status, "net_ore": 500,
            "issue_date": issued, "received_at": datetime(2026, 6, 1, tzinfo=UTC)}  # fmt: skip
    claims = [
        {"claim_id": UUID(int=number), "invoice_id": INVOICE_ID, "period_end": end, "claimed_ore": 250}
        for number, end in ((3, date(2024, 12, 1)), (4, ends))
    ]
    with DuckEngine(threads=1) as engine:
        _load(engine, INVOICE, [head])
        _load(engine, CLAIM, claims)
        _load(engine, SUPPLIER, [{"supplier_id": SUPPLIER_ID, "kind": kind}])
        return engine.rows(too_late(WHOLE))


def _load(engine: DuckEngine, relation: Relation, rows: list[dict[str, Any]]) -> None:
    engine.load(relation, [{**dict.fromkeys(relation.columns), **row} for row in rows])


@pytest.mark.parametrize("kind", ["municipal", "regional"])
def test_another_authority_is_too_late_when_twelve_months_have_gone_since_the_last_day(kind: str) -> None:
    assert found(kind, date(2026, 2, 1)) == []
    [row] = found(kind, date(2026, 2, 2))
    assert (row["subject_id"], row["deadline"], row["period_end"]) == (INVOICE_ID, date(2026, 2, 1), AFTER_JANUARY)
    assert (row["amount_ore"], row["invoice_number"]) == (500, "F1")


def test_a_year_from_a_leap_day_is_the_last_of_february() -> None:
    ends = date(2028, 2, 29)
    assert found("regional", date(2029, 2, 28), ends=ends) == []
    [row] = found("regional", date(2029, 3, 1), ends=ends)
    assert row["deadline"] == date(2029, 2, 28)


@pytest.mark.parametrize("kind", ["private", "foundation", "sole_proprietor"])
def test_the_deadline_is_for_authorities_only(kind: str) -> None:
    assert found(kind, date(2026, 12, 1)) == []


def test_a_rejected_invoice_is_not_too_late() -> None:
    assert found("municipal", date(2026, 12, 1), status="rejected") == []
