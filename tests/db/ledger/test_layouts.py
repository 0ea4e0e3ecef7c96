"""Payment files in a layout chosen from a day on, and their answers in the layout they were made in."""

from datetime import date, timedelta

import pytest

from db.ledger.conftest import NOW
from db.ledger.test_paying import MONDAY, invoice, make
from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.ledger.dated_rules import take_back
from styr.ledger.layouts import UnableToSetLayoutError, set_layout
from styr.ledger.models import PaymentFile
from styr.ledger.paying import UnableToPayError, acknowledge, fetch_payment_file, seal_holds

pytestmark = pytest.mark.django_db


def test_files_are_written_and_answered_in_the_layout_of_their_day(
    registers: Registers, municipality: Municipality
) -> None:
    lone = persona("lone", municipality, Role.ECONOMIST).user.id
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW, "spec": "", "source": "Afprøvet 1. maj"}
    set_layout(code="opus", starts=date(2026, 5, 1), **to)
    change = set_layout(code="prisme", starts=MONDAY + timedelta(days=1), **to)
    invoice(municipality.id, "1", MONDAY)
    [first] = make(municipality.id)
    invoice(municipality.id, "2", MONDAY + timedelta(days=1))
    [second] = make(municipality.id, MONDAY + timedelta(days=1))
    name, content = fetch_payment_file(file_id=first.file_id, vouchers=False, now=NOW)
    assert name.endswith(".csv")
    assert content.decode("latin-1").splitlines()[-1] == "TOTAL;1;100,00"
    name, content = fetch_payment_file(file_id=second.file_id, vouchers=True, now=NOW)
    assert name == f"bilag-00002-{MONDAY + timedelta(days=1):%Y%m%d}.txt"
    assert content.decode("latin-1").splitlines()[-1] == "9900000001+000000000010000"
    take_back(change_id=change, actor_id=lone, now=NOW)
    assert acknowledge(file_id=second.file_id, answer=b"400000000200000100\r\n", now=NOW) == (1, 0)
    with pytest.raises(UnableToPayError, match="kolonnerne Buntnr"):
        acknowledge(file_id=first.file_id, answer=b"400000000100000100\r\n", now=NOW)
    said = "Buntnr;Postnr;Meddelelsestype;Meddelelse\n1;1;E;Spærret kreditor\n".encode("latin-1")
    assert acknowledge(file_id=first.file_id, answer=said, now=NOW) == (0, 1)
    assert all(seal_holds(file) for file in PaymentFile.objects.all())


def test_a_layout_takes_a_source_and_must_be_usable(municipality: Municipality, scope: str) -> None:
    lone = persona("lone", municipality, Role.ECONOMIST).user.id
    to = {"municipality_id": municipality.id, "actor_id": lone, "now": NOW, "starts": MONDAY}
    with pytest.raises(UnableToSetLayoutError, match="afprøvet"):
        set_layout(code="opus", spec="", source="", **to)
    with pytest.raises(UnableToSetLayoutError, match="kan ikke bruges"):
        set_layout(code="opus", spec='form = "delimited"\nsign = "after"', source="x", **to)
