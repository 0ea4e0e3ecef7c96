"""Vouchers of what is paid over several months: a line a grant and month, cut as what was paid is."""

from datetime import date

import pytest

from db.ledger.conftest import NOW
from db.ledger.test_paying import MONDAY, Ask, invoice, make
from db.registers.registers import Registers
from styr.invoices.models import Claim, Invoice, InvoiceLine
from styr.ledger.paying import fetch_payment_file

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("named", [True, False])
def test_a_bill_over_several_months_has_a_line_a_month(registers: Registers, query: Ask, *, named: bool) -> None:
    """For a service by what each month was expected to cost, else by days; here all months cost the same a day."""
    owed = Invoice.objects.get(id=invoice(registers.municipality_id, "1", MONDAY, ore=9_001))
    [(grant, service)] = query(
        "SELECT grant_id, service_id FROM rel_service JOIN rel_grant USING (grant_id) "
        "WHERE number = 'B0000017-9' ORDER BY line_no LIMIT 1"
    )
    line = InvoiceLine.objects.create(municipality_id=owed.municipality_id, invoice=owed, line_no=1, net_ore=9_001)
    Claim.objects.create(
        municipality_id=owed.municipality_id, line=line, invoice=owed, grant_id=grant,
        service_id=service if named else None, period_start=date(2026, 4, 1), period_end=date(2026, 6, 1), lines=1,
        claimed_ore=9_001, verdict="as_expected", already_paid=False,
    )  # fmt: skip
    [made] = make(registers.municipality_id)
    _, vouchers = fetch_payment_file(file_id=made.file_id, vouchers=True, now=NOW)
    rows = [row.split(";") for row in vouchers.decode().splitlines()[1:]]
    assert [(row[3], row[10]) for row in rows] == [("04-2026", "B0000017-9"), ("05-2026", "B0000017-9")]
    amounts = [int(row[5].replace(",", "")) for row in rows]
    assert sum(amounts) == 9_001
    assert min(amounts) > 4_000
