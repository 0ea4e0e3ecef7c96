"""Which payments are told as one: those of one unit, and those that are truly the same payment again."""

from datetime import date
from uuid import UUID

import pytest

from styr.controls.core.registry import REGISTRY
from styr.controls.core.run_duck import Found, find
from styr.kernel.engine import DuckEngine
from styr.ledger.core.relations import POSTING
from styr.reconciliation import controls as _  # noqa: F401 - registers them
from styr.suppliers.core.relations import SUPPLIER
from unit.reconciliation.books import TODAY, Books

UNIT, OTHER, CITIZEN, PAYEE, BILL = (UUID(int=n) for n in (9, 10, 1001, 2001, 6001))
MARCH = date(2026, 3, 1)


def _paid(made: Books, on: date, amount: int = 1000, **given: object) -> None:
    number = len(made.rows["rel_posting"]) + 1
    row = {
        "unit_id": UNIT, "citizen_id": CITIZEN, "supplier_id": PAYEE, "account": "5385014001005540",
        "posted_on": on, "month": on.replace(day=1), "amount_ore": amount, "kind": "payment", "voucher": f"V{number}",
    }  # fmt: skip
    made.add(POSTING, posting_id=UUID(int=5000 + number), **{**row, **given})


def _found(made: Books, code: str) -> list[Found]:
    made.add(SUPPLIER, supplier_id=PAYEE, cvr="00000001", kind="private")
    with DuckEngine(threads=1) as engine:
        return find(made.into(engine), [REGISTRY[code]], today=TODAY)


def test_what_two_units_pay_one_supplier_is_told_to_each_with_its_own_voucher() -> None:
    made = Books()
    _paid(made, MARCH, 1000, citizen_id=None, voucher="A")
    _paid(made, MARCH, 2500, citizen_id=None, unit_id=OTHER, voucher="B")
    found = _found(made, "payment_without_grant")
    assert {(one.unit_id, one.amount_ore, one.evidence["voucher"]) for one in found} == {
        (UNIT, 1000, "A"),
        (OTHER, 2500, "B"),
    }
    assert len({one.subject_id for one in found}) == 2


WEEKS = [date(2026, 3, day) for day in (2, 9, 16, 23)]


@pytest.mark.parametrize(
    ("paid", "stake"),
    [
        pytest.param([(day, 1000, None) for day in WEEKS], None, id="every week"),
        pytest.param([(day, 1000, None) for day in (*WEEKS, WEEKS[2])], 1000, id="every week, one of them twice"),
        pytest.param([(WEEKS[0], 1000, None), (WEEKS[0], 1000, None)], 1000, id="twice on one day"),
        pytest.param([(WEEKS[0], 1000, None), (WEEKS[2], 1000, None)], 1000, id="again later, this month alone"),
        pytest.param(
            [(date(2026, month, day), 1000, None) for month in (2, 3, 4) for day in (2, 16)], None, id="twice a month"
        ),
        pytest.param([(day, 1000, BILL) for day in WEEKS[:3]], 2000, id="one bill on three days"),
        pytest.param([(WEEKS[0], 1000, None), (WEEKS[0], 1000, None), (WEEKS[1], -1000, None)], None, id="booked back"),
    ],
)
def test_a_payment_is_made_twice_where_bill_or_day_is_the_same_not_where_it_comes_every_week(
    paid: list[tuple[date, int, UUID | None]], stake: int | None
) -> None:
    made = Books()
    for day, amount, bill in paid:
        _paid(made, day, amount, invoice_id=bill)
    assert [one.amount_ore for one in _found(made, "payment_twice")] == ([] if stake is None else [stake])
