"""Payment files: never twice, never lost, whatever happens on the way."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError, ProgrammingError

from db.ledger.conftest import NOW, Booker, posting
from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.access.scope import acting_as, service_scope
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.decisions import reject_invoice
from styr.invoices.following import Claim
from styr.invoices.models import Decision, Document, Invoice
from styr.invoices.undoing import undo_decision
from styr.ledger.models import PaymentFile, PaymentLine
from styr.ledger.paying import (
    MadeFile,
    UnableToPayError,
    acknowledge,
    catch_up,
    fetch_payment_file,
    make_payment_files,
    seal_holds,
    send_again,
)
from styr.ledger.payment_listing import LineFilter, line_page, refused_lines

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 1)
Ask = Callable[..., list[tuple[Any, ...]]]


def invoice(
    municipality_id: UUID,
    number: str,
    due: date,
    *,
    ore: int = 10_000,
    status: str = "approved",
    received: date | None = None,
) -> UUID:
    document = Document.objects.create(
        municipality_id=municipality_id, sha256=number.rjust(64, "0"), filename=f"{number}.xml", content=b"", size=0,
        received_at=NOW,
    )  # fmt: skip
    made = Invoice.objects.create(
        municipality_id=municipality_id, document=document, format="oioubl2", kind="invoice", supplier_cvr="12345674",
        supplier_name="Bostedet Ærø ApS", number=number, issue_date=due - timedelta(days=30), due_date=due,
        currency="DKK", net_ore=ore, tax_ore=0, payable_ore=ore, status=status,
        received_at=datetime.combine(received or due - timedelta(days=20), time(12), UTC),
    )  # fmt: skip
    return made.id


def make(municipality_id: UUID, today: date = MONDAY) -> tuple[MadeFile, ...]:
    return make_payment_files(municipality_id=municipality_id, today=today, now=NOW)


def test_the_file_holds_what_is_payable_and_due_and_nothing_else(
    registers: Registers, book: Booker, query: Ask
) -> None:
    to = registers.municipality_id
    wanted = {invoice(to, "1", MONDAY), invoice(to, "2", MONDAY - timedelta(days=60), status="ready")}
    invoice(to, "3", MONDAY + timedelta(days=30))
    invoice(to, "4", MONDAY, status="deviating")
    invoice(to, "5", MONDAY, status="paid")
    invoice(to, "6", MONDAY)
    book(posting("77", supplier_cvr="12345674", invoice_number="6"))
    [made] = make(to)
    assert (made.number, made.lines, made.amount_ore) == (1, 2, 20_000)
    assert {row[0] for row in query("SELECT invoice_id FROM ledger_paymentline")} == wanted


def test_an_invoice_is_in_one_file_only_and_numbers_have_no_gaps(registers: Registers) -> None:
    to = registers.municipality_id
    invoice(to, "1", MONDAY)
    assert [one.number for one in make(to)] == [1]
    assert make(to) == ()
    assert make(to, MONDAY + timedelta(days=1)) == ()
    invoice(to, "2", MONDAY)
    assert [(one.number, one.lines) for one in make(to, MONDAY + timedelta(days=1))] == [(2, 1)]


def test_days_that_were_missed_get_their_files(registers: Registers) -> None:
    to = registers.municipality_id
    for n in range(10):
        invoice(to, f"{n}", MONDAY + timedelta(days=n))
    first = make(to)
    rest = make(to, MONDAY + timedelta(days=9))
    days = [one.bank_day for one in (*first, *rest)]
    assert days == [MONDAY + timedelta(days=n) for n in (0, 1, 2, 3, 7, 8, 9)]
    assert sum(one.lines for one in (*first, *rest)) == 10


def test_what_came_after_a_day_did_not_miss_it_and_nothing_is_booked_back_in_time(registers: Registers) -> None:
    to = registers.municipality_id
    december, january = date(2025, 12, 22), date(2026, 1, 5)
    invoice(to, "1", december)
    make(to, december)
    invoice(to, "2", date(2025, 12, 23), received=date(2026, 1, 2))
    invoice(to, "3", date(2025, 12, 23), received=date(2025, 12, 23))
    assert [(one.bank_day, one.lines) for one in make(to, january)] == [(date(2025, 12, 29), 1), (january, 1)]
    invoice(to, "4", date(2026, 1, 6))
    [missed] = make(to, date(2026, 1, 8))
    assert missed.bank_day == date(2026, 1, 6)
    _, vouchers = fetch_payment_file(file_id=missed.file_id, vouchers=True, now=NOW)
    assert vouchers.decode().splitlines()[1].split(";")[2:4] == ["08-01-2026", "01-2026"]


def test_a_file_is_sealed_and_its_seal_hangs_on_the_one_before(registers: Registers, query: Ask) -> None:
    to = registers.municipality_id
    for n in range(3):
        invoice(to, f"{n}", MONDAY + timedelta(days=n))
    make(to)
    make(to, MONDAY + timedelta(days=2))
    assert all(seal_holds(file) for file in PaymentFile.objects.all())
    file = PaymentFile.objects.get(number=2)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        PaymentFile.objects.update(seal="x")
    name, content = fetch_payment_file(file_id=file.id, vouchers=False, now=NOW)
    assert name == "betalinger-00002-20260602.csv"
    assert content.decode().count("\r\n") == 2
    file.seal = "x"
    assert not seal_holds(file)


def test_the_answer_moves_lines_and_a_refused_one_is_sent_again_when_someone_says_so(registers: Registers) -> None:
    to = registers.municipality_id
    invoice(to, "1", MONDAY)
    invoice(to, "2", MONDAY)
    [made] = make(to)
    head = "fil_nr;linje_nr;status;årsag\n"
    with pytest.raises(UnableToPayError, match="ingen linje »3«"):
        acknowledge(file_id=made.file_id, answer=f"{head}1;1;modtaget;\n1;3;modtaget;\n".encode(), now=NOW)
    assert set(PaymentLine.objects.values_list("state", flat=True)) == {"sent"}
    answer = f"{head}1;1;modtaget;\n1;2;afvist;Ukendt konto\n".encode()
    assert acknowledge(file_id=made.file_id, answer=answer, now=NOW) == (1, 1)
    assert acknowledge(file_id=made.file_id, answer=answer, now=NOW) == (1, 1)
    assert PaymentFile.objects.get().acknowledged_at == NOW
    assert make(to, MONDAY + timedelta(days=1)) == ()
    refused = PaymentLine.objects.get(state="refused")
    assert [line.id for line in refused_lines(made.file_id)] == [refused.id]
    send_again(file_id=refused.file_id, line_id=refused.id)
    with pytest.raises(UnableToPayError, match="Kun en afvist"):
        send_again(file_id=refused.file_id, line_id=refused.id)
    [again] = make(to, MONDAY + timedelta(days=1))
    assert PaymentLine.objects.get(file_id=again.file_id).invoice_id == refused.invoice_id


def test_the_lines_of_a_file_are_found_sorted_and_come_in_parts(registers: Registers) -> None:
    to = registers.municipality_id
    for n in "123":
        invoice(to, n, MONDAY)
    [made] = make(to)
    every, total, sum_ore = line_page(made.file_id, LineFilter())
    assert [line.line_no for line in every] == [1, 2, 3]
    assert (total, sum_ore) == (3, sum(line.amount_ore for line in every))
    rest, total, _ = line_page(made.file_id, LineFilter(), order=("linje", True), part=(1, 2))
    assert ([line.line_no for line in rest], total) == ([2, 1], 3)
    number = every[1].invoice_number
    assert [line.line_no for line in line_page(made.file_id, LineFilter(words=number))[0]] == [2]
    assert line_page(made.file_id, LineFilter(words=every[0].supplier[1:6].upper()), order=("beloeb", False))[1] == 3
    assert line_page(made.file_id, LineFilter(words="%", state="sent"), order=("svar", False))[1] == 0


def test_what_is_sent_to_be_paid_is_not_decided_otherwise_until_it_is_refused(
    registers: Registers, municipality: Municipality
) -> None:
    """The money would go out while the invoice says that it does not."""
    to, lone = registers.municipality_id, persona("lone", municipality, Role.ECONOMIST).user.id
    approved, ready = invoice(to, "1", MONDAY), invoice(to, "2", MONDAY, status="ready")
    decision = Decision.objects.create(
        municipality_id=to, invoice_id=approved, outcome="approved", reason="I orden", status_before="ready",
        waits_before="", decided_by_id=lone, decided_at=NOW,
    )  # fmt: skip
    rejected: dict[str, Any] = {"invoice_id": ready, "reason": "Pris", "actor_id": lone, "seen": None, "now": NOW}
    rejected["claim"] = Claim(amount_ore=0, cause="Pris", due_on=MONDAY)
    [made] = make(to)
    with pytest.raises(UnableToDecideInvoiceError, match="betalingsfil 1 "):
        undo_decision(decision_id=decision.id, actor_id=lone, now=NOW)
    with pytest.raises(UnableToDecideInvoiceError, match="betalingsfil 1 "):
        reject_invoice(**rejected)
    lines = {row.invoice_id: row.line_no for row in PaymentLine.objects.all()}
    answer = f"fil_nr;linje_nr;status;årsag\n1;{lines[approved]};afvist;Stoppet\n1;{lines[ready]};afvist;Stoppet\n"
    acknowledge(file_id=made.file_id, answer=answer.encode(), now=NOW)
    undo_decision(decision_id=decision.id, actor_id=lone, now=NOW)
    reject_invoice(**rejected)
    assert set(Invoice.objects.values_list("status", flat=True)) == {"ready", "rejected"}


def test_whoever_sees_a_part_of_the_municipality_makes_and_fetches_nothing(
    registers: Registers, municipality: Municipality, unit: Unit
) -> None:
    invoice(registers.municipality_id, "1", MONDAY)
    [made] = make(registers.municipality_id)
    part = persona("lokal", municipality, Role.ECONOMIST, unit=unit)
    with acting_as(part.token):
        with pytest.raises(UnableToPayError, match="hele kommunen"):
            make(registers.municipality_id, MONDAY + timedelta(days=1))
        with pytest.raises(UnableToPayError, match="hele kommunen"):
            fetch_payment_file(file_id=made.file_id, vouchers=True, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_each_days_file_once(municipality: Municipality) -> None:
    with service_scope(municipality.id, "test"):
        wanted = {invoice(municipality.id, f"{n}", MONDAY + timedelta(days=n)) for n in range(4)}
    catch_up(municipality_id=municipality.id, today=MONDAY, now=NOW)
    go, faults = Barrier(2), []

    def job() -> None:
        try:
            go.wait(timeout=120)
            catch_up(municipality_id=municipality.id, today=MONDAY + timedelta(days=3), now=NOW)
        except Exception as fault:  # noqa: BLE001 - told by the test
            faults.append(fault)
        finally:
            connection.close()

    both = [Thread(target=job) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(timeout=300)
    with service_scope(municipality.id, "test"):
        assert (faults, Counter(PaymentLine.objects.values_list("invoice_id", flat=True))) == ([], Counter(wanted))
        assert list(PaymentFile.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dies_at", [1, 2, 3])
def test_a_run_that_is_killed_leaves_whole_files_and_the_next_takes_up_what_is_left(
    municipality: Municipality, administrator: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    """The connection is killed on the server between a file and its lines: what was not committed never was."""
    with service_scope(municipality.id, "test"):
        wanted = {invoice(municipality.id, f"{n}", MONDAY + timedelta(days=n)) for n in range(4)}
    made, create = Counter[str](), PaymentLine.objects.bulk_create

    def killed(*given: Any, **named: Any) -> Any:
        made["files"] += 1
        if made["files"] == dies_at:
            administrator.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        return create(*given, **named)

    def day_by_day() -> None:
        for n in range(4):
            catch_up(municipality_id=municipality.id, today=MONDAY + timedelta(days=n), now=NOW)

    with monkeypatch.context() as dying:
        dying.setattr(PaymentLine.objects, "bulk_create", killed)
        with pytest.raises((OperationalError, InterfaceError)):
            day_by_day()
    connection.close()
    day_by_day()
    with service_scope(municipality.id, "test"):
        sent = Counter(PaymentLine.objects.values_list("invoice_id", flat=True))
        assert sent == Counter(wanted)
        assert [file.number for file in PaymentFile.objects.order_by("number")] == [1, 2, 3, 4]
        assert all(file.payments.count() == file.lines and seal_holds(file) for file in PaymentFile.objects.all())
