"""Payment files: each bank day's, made once, numbered without gaps and sealed; days that were missed are caught up.

Whatever is payable, due, and in no file goes into the next one, and nothing that is in a file, or that the finance
system has posted, goes into another: so nothing is paid twice and nothing is forgotten, however a run ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.access.crypto import seal, unseal
from styr.access.scope import service_scope
from styr.invoices.services import payable_among
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.ledger.core.codes import LineState
from styr.ledger.core.payment_answer import UnreadableAnswerError, read_answer
from styr.ledger.core.payment_file import (
    Payable,
    Share,
    bank_days,
    due_before,
    payment_csv,
    seal_of,
    sha256,
    voucher_csv,
)
from styr.ledger.models import PaymentFile, PaymentLine

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

PURPOSE: Final = "control"
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_WAITING: Final = """
    SELECT i.invoice_id FROM rel_invoice i
    WHERE i.status IN ('approved', 'ready') AND coalesce(i.due_date, i.issue_date + 30) < %s
      AND NOT EXISTS (SELECT FROM ledger_paymentline l WHERE l.invoice_id = i.invoice_id AND l.state <> 'released')
      AND NOT EXISTS (SELECT FROM rel_posting p
                      WHERE p.invoice_id = i.invoice_id AND p.kind IN ('payment', 'correction'))
"""
_PAYABLE: Final = """
    SELECT i.id, i.unit_id, i.supplier_cvr, i.supplier_name, i.payee_account, i.number, i.payable_ore,
           coalesce(i.due_date, i.issue_date + 30)
    FROM invoices_invoice i WHERE i.id = ANY (%s) AND i.payable_ore <> 0 ORDER BY 8, 4, 6, 1
"""
_SHARES: Final = """
    SELECT c.invoice_id, g.number, k.source_id, coalesce(g.account_string, ''),
           date_trunc('month', coalesce(c.period_start, i.issue_date))::date, c.claimed_ore
    FROM rel_claim c JOIN rel_invoice i USING (invoice_id) JOIN rel_grant g ON g.grant_id = c.grant_id
    JOIN key_citizen k ON k.citizen_id = g.citizen_id WHERE c.invoice_id = ANY (%s) ORDER BY c.claim_id
"""


_A_PART: Final = "En betalingsfil dækker hele kommunen. Den skal laves af en, der har adgang til alle enheder og sager."


class UnableToPayError(Refusal):
    """The payment file cannot be made, answered or sent again so; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A payment file that was made: its number, its bank day, its lines and their sum in øre."""

    file_id: UUID
    number: int
    bank_day: date
    lines: int
    amount_ore: int


def sees_whole_municipality() -> bool:
    """Whether the scope spans every unit and case, as whoever makes or fetches a payment file must. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT styr_all_units() AND cardinality(styr_hidden('citizen')::uuid[]) = 0")
        (whole,) = cursor.fetchone()
    return bool(whole)


def make_payment_files(
    *, municipality_id: UUID, today: date, now: datetime, actor_id: UUID | None = None
) -> tuple[MadeFile, ...]:
    """Make the files of the bank days since the last one, today's with them; a day without anything due has none.

    Raises:
        UnableToPayError: the scope does not span the whole municipality.
    """
    if not sees_whole_municipality():
        raise UnableToPayError(_A_PART)
    latest = PaymentFile.objects.order_by("-bank_day").values_list("bank_day", flat=True).first()
    made = (
        make_payment_file(municipality_id=municipality_id, bank_day=day, now=now, actor_id=actor_id)
        for day in bank_days(latest, today)
    )
    return tuple(one for one in made if one is not None)


def catch_up(*, municipality_id: UUID, today: date, now: datetime, begin: bool = True) -> int:
    """Make what `make_payment_files` would, in a scope and transaction a day, as a job; give how many files.

    A run that dies leaves whole files, and the next one goes on after them. Without `begin` nothing is made before
    somebody has made the municipality's first file.
    """
    with service_scope(municipality_id, PURPOSE):
        latest = PaymentFile.objects.order_by("-bank_day").values_list("bank_day", flat=True).first()
    if latest is None and not begin:
        return 0
    made = 0
    for day in bank_days(latest, today):
        with service_scope(municipality_id, PURPOSE):
            made += make_payment_file(municipality_id=municipality_id, bank_day=day, now=now) is not None
    return made


@transaction.atomic
def make_payment_file(
    *, municipality_id: UUID, bank_day: date, now: datetime, actor_id: UUID | None = None
) -> MadeFile | None:
    """Make a bank day's file of all that is payable and due before the next one; None where that is nothing.

    A day that has its file gets no other; two at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"payments:{municipality_id}"])
        if PaymentFile.objects.filter(bank_day=bank_day).exists():
            return None
        units, lines = _lines(bank_day)
    if not lines:
        return None
    last = PaymentFile.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    content, vouchers = payment_csv(number, lines), voucher_csv(number, bank_day, lines)
    file_id = uuid7()
    total = sum(line.amount_ore for line in lines)
    PaymentFile.objects.create(
        id=file_id,
        municipality_id=municipality_id,
        number=number,
        bank_day=bank_day,
        made_at=now,
        made_by_id=actor_id,
        lines=len(lines),
        amount_ore=total,
        content=seal(content, place=_place(file_id, "content")),
        vouchers=seal(vouchers, place=_place(file_id, "vouchers")),
        sha256=sha256(content),
        seal=seal_of(number, bank_day, content, vouchers, "" if last is None else last.seal),
    )
    PaymentLine.objects.bulk_create(
        PaymentLine(
            municipality_id=municipality_id,
            unit_id=units[line.invoice_id],
            file_id=file_id,
            line_no=line_no,
            invoice_id=line.invoice_id,
            amount_ore=line.amount_ore,
            account=line.account,
        )
        for line_no, line in enumerate(lines, 1)
    )
    return MadeFile(file_id, number, bank_day, len(lines), total)


def _lines(bank_day: date) -> tuple[dict[UUID, UUID | None], list[Payable]]:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [due_before(bank_day)])
        asked = list(payable_among([row[0] for row in cursor.fetchall()]))
        cursor.execute(_SHARES, [asked])
        shares: dict[UUID, list[Share]] = {}
        for row in cursor.fetchall():
            share = Share(
                grant_number=row[1], citizen_number=row[2], account_string=row[3], month=row[4], amount_ore=row[5]
            )
            shares.setdefault(row[0], []).append(share)
        cursor.execute(_PAYABLE, [asked])
        rows = cursor.fetchall()
    lines = [
        Payable(
            invoice_id=row[0],
            cvr=row[2],
            supplier=row[3],
            account=row[4],
            number=row[5],
            amount_ore=row[6],
            due=row[7],
            shares=tuple(shares.get(row[0], ())),
        )
        for row in rows
    ]
    return {row[0]: row[1] for row in rows}, lines


def fetch_payment_file(*, file_id: UUID, vouchers: bool, now: datetime) -> tuple[str, bytes]:
    """The file's (or its vouchers') name and bytes; that it was fetched is noted the first time.

    Raises:
        UnableToPayError: there is no such file, the scope is a part of the municipality, or the seal is broken.
    """
    file = PaymentFile.objects.filter(id=file_id).first()
    if file is None or not sees_whole_municipality():
        raise UnableToPayError("Betalingsfilen findes ikke, eller du har ikke adgang til hele kommunen.")
    if not seal_holds(file):
        raise UnableToPayError("Filens segl passer ikke med indholdet. Brug den ikke, og sig det til driften.")
    if file.fetched_at is None:
        PaymentFile.objects.filter(id=file_id).update(fetched_at=now)
    which = "vouchers" if vouchers else "content"
    name = f"{'bilag' if vouchers else 'betalinger'}-{file.number:05d}-{file.bank_day:%Y%m%d}.csv"
    return name, unseal(getattr(file, which), place=_place(file.id, which))


def seal_is_whole(file_id: UUID) -> bool:
    """Whether the file of that id is what it was when it was made. Two queries."""
    return seal_holds(PaymentFile.objects.get(id=file_id))


def seal_holds(file: PaymentFile) -> bool:
    """Whether the file is what it was when it was made, and so is the one before it. One query."""
    before = PaymentFile.objects.filter(number=file.number - 1).values_list("seal", flat=True).first() or ""
    content, vouchers = (
        unseal(getattr(file, which), place=_place(file.id, which)) for which in ("content", "vouchers")
    )
    return file.seal == seal_of(file.number, file.bank_day, content, vouchers, before)


@transaction.atomic
def acknowledge(*, file_id: UUID, answer: bytes, now: datetime) -> tuple[int, int]:
    """Note the finance system's answer on the file's lines: how many it accepted and refused. All of it, or nothing.

    The same answer twice changes nothing. The file is acknowledged when every line is answered.

    Raises:
        UnableToPayError: there is no such file, or the answer cannot be read; the message names every wrong row.
    """
    file = PaymentFile.objects.select_for_update().filter(id=file_id).first()
    if file is None or not sees_whole_municipality():
        raise UnableToPayError("Betalingsfilen findes ikke, eller du har ikke adgang til hele kommunen.")
    states = {line_no: LineState(state) for line_no, state in file.payments.values_list("line_no", "state")}
    try:
        answers = read_answer(answer, number=file.number, states=states)
    except UnreadableAnswerError as wrong:
        raise UnableToPayError(str(wrong)) from wrong
    for state in (LineState.ACCEPTED, LineState.REFUSED):
        for one in answers:
            if one.state is state and states[one.line_no] is LineState.SENT:
                file.payments.filter(line_no=one.line_no).update(state=state.value, reason=one.reason)
    if not file.payments.filter(state=LineState.SENT.value).exists() and file.acknowledged_at is None:
        PaymentFile.objects.filter(id=file_id).update(acknowledged_at=now)
    found = [one.state for one in answers]
    return found.count(LineState.ACCEPTED), found.count(LineState.REFUSED)


def send_again(*, line_id: UUID) -> None:
    """Release a refused line, so that its invoice goes into the next file.

    Raises:
        UnableToPayError: the line is not refused.
    """
    if not PaymentLine.objects.filter(id=line_id, state=LineState.REFUSED.value).update(state=LineState.RELEASED.value):
        raise UnableToPayError("Kun en afvist linje kan sendes igen.")


def _place(file_id: UUID, which: str) -> str:
    return f"ledger_paymentfile|{which}|{file_id}"
