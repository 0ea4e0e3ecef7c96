"""What was booked of an invoice and not all of it, or booked back: paid again, or seen by somebody; never lost."""

from datetime import timedelta
from decimal import Decimal

import pytest

from db.ledger.conftest import Booker, posting
from db.ledger.test_paying import MONDAY, Ask, invoice, make
from db.registers.registers import Registers
from styr.ledger import queries
from styr.ledger.models import PaymentLine
from styr.ledger.paying import UnableToPayError, send_again
from styr.ledger.queries import outlook

pytestmark = pytest.mark.django_db

OURS = {"supplier_cvr": "12345674"}


def test_what_was_booked_and_booked_back_is_payable_again(registers: Registers, book: Booker, query: Ask) -> None:
    owed = invoice(registers.municipality_id, "6", MONDAY)
    book(posting("77", **OURS, invoice_number="6"))
    assert outlook(due_before=MONDAY + timedelta(days=1)).due == 0
    book(posting("78", **OURS, invoice_number="6", amount=Decimal(-100), kind="correction"))
    assert outlook(due_before=MONDAY + timedelta(days=1)).due == 1
    assert [(one.lines, one.amount_ore) for one in make(registers.municipality_id)] == [(1, 10_000)]
    assert query("SELECT invoice_id FROM ledger_paymentline") == [(owed,)]


def test_what_is_booked_in_part_is_in_no_file_and_is_shown(registers: Registers, book: Booker) -> None:
    for number in ("5", "6", "7", "8"):
        invoice(registers.municipality_id, number, MONDAY)
    book(
        posting("5", **OURS, invoice_number="5", amount=Decimal(1)),
        posting("6", **OURS, invoice_number="6", amount=Decimal(-20)),
        posting("7", **OURS, invoice_number="7"),
    )
    assert [one.lines for one in make(registers.municipality_id)] == [1]
    assert [(one.invoice_number, one.booked_ore, one.left_ore, one.word) for one in queries.half_booked()] == [
        ("6", -2_000, 12_000, "Tilbageført mere end betalt"),
        ("5", 100, 9_900, "Delvist bogført"),
        ("7", 10_000, 0, "Bogført, men fakturaen har en uafklaret afvigelse"),
    ]


def test_what_was_sent_and_booked_back_is_sent_again_when_somebody_says_so(registers: Registers, book: Booker) -> None:
    to = registers.municipality_id
    owed = invoice(to, "6", MONDAY)
    make(to)
    line = PaymentLine.objects.get()
    with pytest.raises(UnableToPayError, match="Kun en afvist"):
        send_again(file_id=line.file_id, line_id=line.id)
    book(posting("77", **OURS, invoice_number="6"))
    with pytest.raises(UnableToPayError, match="Kun en afvist"):
        send_again(file_id=line.file_id, line_id=line.id)
    book(posting("78", **OURS, invoice_number="6", amount=Decimal(-100)))
    assert make(to, MONDAY + timedelta(days=1)) == ()
    assert [(one.invoice_id, one.booked_back, one.line_id) for one in queries.half_booked()] == [(owed, True, line.id)]
    send_again(file_id=line.file_id, line_id=line.id)
    assert [one.lines for one in make(to, MONDAY + timedelta(days=1))] == [1]
    assert PaymentLine.objects.get(state="released").reason == "Tilbageført i regnskabet"
    assert queries.half_booked() == []
    with pytest.raises(UnableToPayError, match="Kun en afvist"):
        send_again(file_id=line.file_id, line_id=PaymentLine.objects.get(state="sent").id)
