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
from styr.kernel.ids import uuid7
from styr.kernel.refusal import Refusal
from styr.ledger.core.codes import LineState
from styr.ledger.core.payment_answer import UnreadableAnswerError, read_answer
from styr.ledger.core.payment_file import (
    bank_days,
    laid_out,
    payment_csv,
    seal_of,
    sha256,
    voucher_csv,
)
from styr.ledger.core.payment_layout import UnusableLayoutError, layout_of
from styr.ledger.layouts import layout_on
from styr.ledger.models import PaymentFile, PaymentLine
from styr.ledger.payable import payable_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from styr.ledger.core.payment_file import Payable
    from styr.ledger.core.payment_layout import Layout

PURPOSE: Final = "control"
# Both ids are in order of time: what was booked before the line was sent says nothing of the line.
_RELEASE: Final = """
    UPDATE ledger_paymentline l
    SET state = 'released', reason = CASE WHEN l.state = 'refused' THEN l.reason ELSE %s END
    WHERE l.id = %s AND l.file_id = %s AND (l.state = 'refused' OR l.state <> 'released' AND EXISTS (
          SELECT FROM rel_posting p JOIN rel_invoice i ON i.invoice_id = p.invoice_id
          WHERE p.invoice_id = l.invoice_id AND p.kind IN ('payment', 'correction')
            AND i.status IN ('approved', 'ready')
          HAVING sum(p.amount_ore) = 0 AND bool_or(p.posting_id > l.id)))
"""
_BOOKED_BACK: Final = "Tilbageført i regnskabet"
_LOCK: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
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
    days = bank_days(latest, today)
    made = (
        make_payment_file(
            municipality_id=municipality_id,
            bank_day=day,
            today=today,
            missed=day != days[-1],
            now=now,
            actor_id=actor_id,
        )
        for day in days
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
    days = bank_days(latest, today)
    for day in days:
        missed = day != days[-1]
        with service_scope(municipality_id, PURPOSE):
            file = make_payment_file(municipality_id=municipality_id, bank_day=day, today=today, missed=missed, now=now)
        made += file is not None
    return made


@transaction.atomic
def make_payment_file(  # noqa: PLR0913 - two days, a moment and who
    *,
    municipality_id: UUID,
    bank_day: date,
    today: date,
    missed: bool,
    now: datetime,
    actor_id: UUID | None = None,
) -> MadeFile | None:
    """Make a bank day's file of all that is payable and due before the next one; None where that is nothing.

    A day that has its file gets no other; two at once wait for each other. A day that was `missed` gets one of
    what was there then. The vouchers are of `today`, whatever day the file is for: nothing is booked back in time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"payments:{municipality_id}"])
        if PaymentFile.objects.filter(bank_day=bank_day).exists():
            return None
        units, lines = payable_lines(bank_day, missed=missed)
    if not lines:
        return None
    last = PaymentFile.objects.order_by("-number").first()
    number = 1 if last is None else last.number + 1
    layout = layout_on(bank_day)
    content, vouchers = _written(layout, number, (bank_day, today), lines)
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
        layout=dict(layout.spec) if layout else {},
    )
    _write_lines(municipality_id, file_id, lines, units)
    return MadeFile(file_id, number, bank_day, len(lines), total)


def _written(
    layout: Layout | None, number: int, days: tuple[date, date], lines: Sequence[Payable]
) -> tuple[bytes, bytes]:
    if layout is None:
        return payment_csv(number, lines), voucher_csv(number, days[1], lines)
    try:
        return laid_out(layout, number, days, lines)
    except UnusableLayoutError as wrong:
        raise UnableToPayError(f"Filen kan ikke skrives i det valgte layout. {wrong}") from wrong


def _write_lines(
    municipality_id: UUID, file_id: UUID, lines: Sequence[Payable], units: Mapping[UUID, UUID | None]
) -> None:
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


def fetch_payment_file(*, file_id: UUID, vouchers: bool, now: datetime) -> tuple[str, bytes]:
    """The file's (or its vouchers') name and bytes; that it was fetched is noted the first time.

    Raises:
        UnableToPayError: there is no such file, the scope is a part of the municipality, or the seal is broken.
    """
    file = PaymentFile.objects.filter(id=file_id).first()
    if file is None or not sees_whole_municipality():
        raise UnableToPayError("Betalingsfilen findes ikke, eller du har ikke adgang til hele kommunen.")
    if not seal_holds(file):
        raise UnableToPayError("Filens plombe passer ikke med indholdet. Brug den ikke, og kontakt driften.")
    if file.fetched_at is None:
        PaymentFile.objects.filter(id=file_id).update(fetched_at=now)
    which = "vouchers" if vouchers else "content"
    suffix = layout_of(file.layout).suffix if file.layout else "csv"
    name = f"{'bilag' if vouchers else 'betalinger'}-{file.number:05d}-{file.bank_day:%Y%m%d}.{suffix}"
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

    The same answer twice changes nothing, also of a line that has been sent again since: an answer may tell all that
    the finance system has decided so far. The file is acknowledged when every line is answered.

    Raises:
        UnableToPayError: there is no such file, or the answer cannot be read; the message names every wrong row.
    """
    file = PaymentFile.objects.select_for_update().filter(id=file_id).first()
    if file is None or not sees_whole_municipality():
        raise UnableToPayError("Betalingsfilen findes ikke, eller du har ikke adgang til hele kommunen.")
    rows = list(file.payments.values_list("line_no", "state", "reason"))
    states = {line_no: LineState(state) for line_no, state, _ in rows}
    before = {line_no: _answered(LineState(state), reason) for line_no, state, reason in rows}
    try:
        layout = layout_of(file.layout) if file.layout else None
        answers = read_answer(answer, number=file.number, states=before, layout=layout)
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


def _answered(state: LineState, reason: str) -> LineState:
    """What a line was answered: one that was released was refused, or booked back, of which no answer says anything."""
    if state is not LineState.RELEASED:
        return state
    return LineState.SENT if reason == _BOOKED_BACK else LineState.REFUSED


@transaction.atomic
def send_again(*, file_id: UUID, line_id: UUID) -> None:
    """Release a refused line, or one whose payment was booked and booked back, so that its invoice is sent again.

    Raises:
        UnableToPayError: the line is neither, or not in the file.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [_BOOKED_BACK, line_id, file_id])
        if not cursor.rowcount:
            raise UnableToPayError("Kun en afvist eller tilbageført linje kan sendes igen.")


def _place(file_id: UUID, which: str) -> str:
    return f"ledger_paymentfile|{which}|{file_id}"
