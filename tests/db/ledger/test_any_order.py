"""Payments in any order of what can happen: every approved invoice is paid once, or stands as waiting with a reason.

The finance system is played: it knows the files it was handed, answers some lines of some files, answers again, pays,
pays in part, books back, and contradicts itself. Meanwhile runs are missed or die, and people approve, reject and send
again. What it has paid and may yet pay of an invoice is never more than the invoice; in the end all of it is paid.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from django.db import transaction

from db.ledger.conftest import NOW, posting
from db.ledger.test_paying import MONDAY, invoice, make
from db.registers.registers import Registers
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.decisions import reject_invoice
from styr.invoices.following import Claim
from styr.invoices.models import Invoice
from styr.ledger import queries
from styr.ledger.bulk import upsert_postings
from styr.ledger.models import PaymentFile, PaymentLine
from styr.ledger.noting import note_payments
from styr.ledger.paying import UnableToPayError, acknowledge, fetch_payment_file, seal_holds, send_again

pytestmark = pytest.mark.django_db
HEAD = "fil_nr;linje_nr;status;årsag"
WORDS = ("modtaget", "modtaget", "afvist")
STEPS, SEEDS = 32, 3


@dataclass
class Sent:
    """A line as the finance system has it; `word` is its answer, `closed`: it pays no more of it."""

    number: str
    ore: int
    word: str = ""
    booked: int = 0
    closed: bool = False

    @property
    def may_yet(self) -> int:
        """What it may still pay."""
        return 0 if self.closed or self.word == "afvist" else self.ore - self.booked


@dataclass
class Bank:
    """The finance system: every line of every file it was handed, by file and line."""

    lines: dict[tuple[int, int], Sent] = field(default_factory=dict)
    files: dict[int, UUID] = field(default_factory=dict)

    def take(self, file: PaymentFile) -> None:
        """Read a file's bytes."""
        _, content = fetch_payment_file(file_id=file.id, vouchers=False, now=NOW)
        for row in content.decode().splitlines()[1:]:
            told = row.split(";")
            ore = int(Decimal(told[6].replace(".", "").replace(",", ".")) * 100)
            self.lines[int(told[0]), int(told[1])] = Sent(told[5], ore)
        self.files[file.number] = file.id


@dataclass
class World:
    """A town's payments and whoever acts on them, drawn by chance."""

    municipality_id: UUID
    actor_id: UUID
    chance: Random
    day: date = MONDAY
    made: int = 0
    vouchers: int = 0
    bank: Bank = field(default_factory=Bank)
    trace: list[str] = field(default_factory=list)

    def comes(self) -> None:
        """An invoice or a credit note, approved, ready or not yet."""
        self.made += 1
        ore = self.chance.choice([10_000, 12_345, 1, -4_000])
        due = self.day + timedelta(days=self.chance.randint(-5, 8))
        status = self.chance.choice(["approved", "ready", "ready", "deviating"])
        found = invoice(self.municipality_id, str(self.made), due, ore=abs(ore), status=status, received=self.day)
        if ore < 0:
            Invoice.objects.filter(id=found).update(kind="credit_note", net_ore=ore, payable_ore=ore)

    def approved(self) -> None:
        """What deviated is approved."""
        Invoice.objects.filter(status="deviating", number=str(self.chance.randint(1, self.made or 1))).update(
            status="approved"
        )

    def rejected(self) -> None:
        """Somebody rejects an invoice, if that may be done."""
        one = self.chance.choice(list(Invoice.objects.filter(status="ready").order_by("number")) or [None])
        if one is not None:
            told = {"invoice_id": one.id, "reason": "Pris", "actor_id": self.actor_id, "seen": None, "now": NOW}
            try:
                with transaction.atomic():
                    reject_invoice(**told, claim=Claim(amount_ore=0, cause="Pris", due_on=self.day))  # type: ignore[arg-type] # the keywords fit
            except UnableToDecideInvoiceError:
                return

    def run(self) -> None:
        """Days pass, perhaps many; then a run makes files, and dies now and then."""
        self.day += timedelta(days=self.chance.choice([0, 1, 1, 2, 5]))
        if self.chance.random() < 0.25:
            self.dies()
        else:
            self.runs()

    def runs(self) -> None:
        """A run that ends."""
        make(self.municipality_id, self.day)
        for file in PaymentFile.objects.exclude(number__in=self.bank.files).order_by("number"):
            self.bank.take(file)

    def dies(self) -> None:
        """A run whose transaction is lost."""
        with transaction.atomic():
            make(self.municipality_id, self.day)
            transaction.set_rollback(True)

    def answers(self) -> None:
        """The finance system decides some lines of a file and tells them, or all that it has decided so far."""
        if not self.bank.files:
            return
        number = self.chance.choice(list(self.bank.files))
        ours = {line: sent for (file, line), sent in self.bank.lines.items() if file == number}
        fresh = [line for line, sent in ours.items() if not sent.word and self.chance.random() < 0.6]
        for line in fresh:
            ours[line].word = "modtaget" if ours[line].booked else self.chance.choice(WORDS)
        told = fresh if self.chance.random() < 0.4 else [line for line, sent in ours.items() if sent.word]
        self.tells(number, {line: ours[line].word for line in told})

    def tells(self, number: int, words: dict[int, str]) -> None:
        """Hand an answer in."""
        rows = [f"{number};{line};{word};{'Ukendt konto' if word == 'afvist' else ''}" for line, word in words.items()]
        if rows:
            answer = "\n".join([HEAD, *rows]).encode()
            acknowledge(file_id=self.bank.files[number], answer=answer, now=NOW)

    def contradicts(self) -> None:
        """An answer that says otherwise than the one before, of a line that was refused, changes nothing at all."""
        refused = [key for key, sent in self.bank.lines.items() if sent.word == "afvist"]
        if refused:
            number, line = self.chance.choice(refused)
            told = dict(PaymentLine.objects.values_list("id", "state"))
            if PaymentLine.objects.get(file__number=number, line_no=line).state == "sent":
                return  # its answer has not been handed in yet
            with pytest.raises(UnableToPayError, match="allerede besvaret"), transaction.atomic():
                self.tells(number, {line: "modtaget"})
            assert dict(PaymentLine.objects.values_list("id", "state")) == told

    def pays(self) -> None:
        """It books all or some of what it may pay of a line."""
        owed = [sent for sent in self.bank.lines.values() if sent.may_yet]
        if owed:
            sent = self.chance.choice(owed)
            part = sent.may_yet // 2 if self.chance.random() < 0.2 else sent.may_yet
            self.books(sent, part or sent.may_yet)

    def books_back(self) -> None:
        """What was booked of a line comes back, and it pays no more of it."""
        booked = [sent for sent in self.bank.lines.values() if sent.booked]
        if booked and self.chance.random() < 0.5:
            sent = self.chance.choice(booked)
            self.books(sent, -sent.booked)
            sent.closed = True

    def books(self, sent: Sent, ore: int) -> None:
        """A posting."""
        self.vouchers += 1
        told = {"supplier_cvr": "12345674", "invoice_number": sent.number, "amount": Decimal(ore) / 100}
        upsert_postings([posting(f"v{self.vouchers}", **told)], municipality_id=self.municipality_id, now=NOW)
        sent.booked += ore

    def notes(self) -> None:
        """What was paid comes back."""
        note_payments(municipality_id=self.municipality_id, now=NOW)

    def again(self) -> None:
        """Somebody asks for a line to be sent again; it is where it may be."""
        lines = list(PaymentLine.objects.order_by("id"))
        if lines:
            line = self.chance.choice(lines)
            try:
                with transaction.atomic():
                    send_again(file_id=line.file_id, line_id=line.id)
            except UnableToPayError:
                return

    def step(self) -> None:
        """Something happens."""
        acts: list[Callable[[], None]] = [
            self.comes,
            self.comes,
            self.comes,
            self.run,
            self.run,
            self.run,
            self.answers,
        ]
        acts += [self.answers, self.approved, self.rejected, self.pays, self.pays, self.books_back, self.notes]
        act = self.chance.choice([*acts, self.again, self.again, self.contradicts])
        self.trace.append(f"{self.day:%d-%m} {act.__name__}")
        act()
        self.holds()

    def holds(self) -> None:
        """Nothing is paid twice, whatever comes of what is under way."""
        paid: dict[str, int] = {}
        for sent in self.bank.lines.values():
            paid[sent.number] = paid.get(sent.number, 0) + sent.booked + sent.may_yet
        owed = {row.number: (row.payable_ore, row.status) for row in Invoice.objects.all()}
        for number, ore in paid.items():
            whole, status = owed[number]
            assert ore in {0, whole} or abs(ore) < abs(whole), (number, ore, whole, self.trace)
            assert status != "rejected" or not ore, (number, "is rejected and may be paid", self.trace)


@pytest.fixture
def world(registers: Registers, municipality: Municipality) -> Callable[[int], World]:
    lone = persona("lone", municipality, Role.ECONOMIST).user.id
    return lambda seed: World(registers.municipality_id, lone, Random(seed))  # noqa: S311 - draws what happens


def test_whatever_happens_each_approved_invoice_is_paid_once_or_waits_with_a_reason(
    world: Callable[[int], World],
) -> None:
    for seed in range(SEEDS):
        with transaction.atomic():
            one = world(seed)
            one.trace.append(f"seed {seed}")
            for _ in range(STEPS):
                one.step()
            _nothing_is_lost(one)
            _files_are_whole(one)
            _all_is_paid_in_the_end(one)
            transaction.set_rollback(True)


def _nothing_is_lost(world: World) -> None:
    """After a run far ahead, what is not paid is under way, refused with a reason, or told to a person."""
    world.day += timedelta(days=40)
    world.runs()
    world.notes()
    told = {one.invoice_id for one in queries.half_booked()}
    live = {line.invoice_id: line for line in PaymentLine.objects.exclude(state="released")}
    for one in Invoice.objects.filter(status__in=["approved", "ready"]):
        line = live.get(one.id)
        assert line is not None or one.id in told, (one.number, "is lost", world.trace)
        assert line is None or line.state != "refused" or line.reason, one.number


def _files_are_whole(world: World) -> None:
    files = list(PaymentFile.objects.order_by("number"))
    assert [file.number for file in files] == list(range(1, len(files) + 1))
    for file in files:
        lines = list(file.payments.all())
        assert (len(lines), sum(line.amount_ore for line in lines)) == (file.lines, file.amount_ore)
        assert seal_holds(file), world.trace


def _all_is_paid_in_the_end(world: World) -> None:
    """Everything that waits for somebody is dealt with: then each is paid, to the øre, and nothing is left."""
    for _ in range(3):
        for line in PaymentLine.objects.exclude(state="released").order_by("id"):
            try:
                with transaction.atomic():
                    send_again(file_id=line.file_id, line_id=line.id)
            except UnableToPayError:
                continue
        world.day += timedelta(days=1)
        world.runs()
        for sent in world.bank.lines.values():
            if sent.may_yet:
                world.books(sent, sent.may_yet)
        world.holds()
        world.notes()
    left = list(Invoice.objects.filter(status__in=["approved", "ready"]).values_list("number", flat=True))
    told = {one.invoice_number for one in queries.half_booked()}
    assert set(left) <= told, (left, told, world.trace)
