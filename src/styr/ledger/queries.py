"""What the pages of payments show: files with their lines, and what waits for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.ledger.core.codes import LineState
from styr.ledger.core.payment_file import account_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

MOST_FILES: Final = 1_000
MOST_HALF_BOOKED: Final = 500


@dataclass(frozen=True, slots=True)
class FileRow:
    """A payment file: its number and day, its lines and sum in øre, and how many lines are answered and how."""

    id: UUID
    number: int
    bank_day: date
    made_at: datetime
    made_by: str | None
    lines: int
    amount_ore: int
    sha256: str
    seal: str
    fetched_at: datetime | None
    acknowledged_at: datetime | None
    waiting: int
    accepted: int
    refused: int


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """A line of a payment file that the scope sees, with its invoice."""

    id: UUID
    line_no: int
    invoice_id: UUID
    invoice_number: str
    supplier: str
    account: str
    amount_ore: int
    due: date | None
    state: str
    reason: str
    status: str

    @property
    def account_words(self) -> str:
        """The payee account as people write it; "" for a NemKonto."""
        return account_words(self.account)

    @property
    def word(self) -> str:
        """The line's state in Danish."""
        return LineState(self.state).danish

    @property
    def no_longer_approved(self) -> bool:
        """Sent to be paid, but nobody stands by it any more."""
        return self.state in {LineState.SENT, LineState.ACCEPTED} and self.status not in {"approved", "ready", "paid"}


@dataclass(frozen=True, slots=True)
class Outlook:
    """What has not been sent: how many invoices may be paid and how many of them are due, in øre; and what was noted.

    `paid` are the invoices that postings have paid, `waiting_parts` service months of which only a part is paid.
    """

    payable: int
    payable_ore: int
    due: int
    due_ore: int
    paid: int
    paid_ore: int
    waiting_parts: int


@dataclass(frozen=True, slots=True)
class HalfBooked:
    """An invoice that may be paid and is booked otherwise than it should be; in no payment file before it is put right.

    `line_id` and `file_id` are the payment line in which it was sent, if it was.
    """

    invoice_id: UUID
    invoice_number: str
    supplier: str
    payable_ore: int
    booked_ore: int
    posted_on: date
    line_id: UUID | None
    file_id: UUID | None

    @property
    def left_ore(self) -> int:
        """What is not booked."""
        return self.payable_ore - self.booked_ore

    @property
    def booked_back(self) -> bool:
        """Sent, booked and booked back: it is sent again only when somebody says so."""
        return self.booked_ore == 0

    @property
    def word(self) -> str:
        """What is wrong, in Danish."""
        if self.booked_back:
            return "Bogført og tilbageført"
        sign = 1 if self.payable_ore > 0 else -1
        if self.booked_ore * sign < 0:
            return "Tilbageført mere end betalt"
        return "Delvist bogført" if self.left_ore * sign > 0 else "Bogført, men fakturaen har en uafklaret afvigelse"


@dataclass(frozen=True, slots=True)
class LedgerFigures:
    """What the books hold: postings with their sum in øre, budget lines, and what was noted because of them."""

    postings: int
    posted_ore: int
    budget_lines: int
    paid_invoices: int
    paid_months: int


_FIGURES: Final = """
    SELECT p.n, p.ore, (SELECT count(*) FROM ledger_budgetline), (SELECT count(*) FROM ledger_invoicepayment),
           (SELECT count(*) FROM ledger_recordedmonth)
    FROM (SELECT count(*) AS n, coalesce(sum(amount_ore), 0)::bigint AS ore FROM rel_posting) p
"""
_FILES: Final = """
    SELECT f.id, f.number, f.bank_day, f.made_at, u.name, f.lines, f.amount_ore, f.sha256, f.seal, f.fetched_at,
           f.acknowledged_at, coalesce(l.waiting, 0), coalesce(l.accepted, 0), coalesce(l.refused, 0)
    FROM ledger_paymentfile f
    LEFT JOIN access_user u ON u.id = f.made_by_id
    LEFT JOIN LATERAL (
        SELECT count(*) FILTER (WHERE state = 'sent') AS waiting,
               count(*) FILTER (WHERE state = 'accepted') AS accepted,
               count(*) FILTER (WHERE state IN ('refused', 'released')) AS refused
        FROM ledger_paymentline WHERE file_id = f.id) l ON true
    WHERE %s::uuid IS NULL OR f.id = %s
    ORDER BY f.number DESC LIMIT %s
"""
_OUTLOOK: Final = """
    WITH booked AS (
        SELECT p.invoice_id FROM rel_posting p WHERE p.invoice_id IS NOT NULL AND p.kind IN ('payment', 'correction')
        GROUP BY p.invoice_id HAVING sum(p.amount_ore) <> 0),
    waiting AS (
        SELECT i.payable_ore, coalesce(i.due_date, i.issue_date + 30) < %s AS due FROM rel_invoice i
        WHERE i.status IN ('approved', 'ready')
          AND NOT EXISTS (SELECT FROM ledger_paymentline l WHERE l.invoice_id = i.invoice_id AND l.state <> 'released')
          AND NOT EXISTS (SELECT FROM booked b WHERE b.invoice_id = i.invoice_id)),
    parts AS (
        SELECT DISTINCT q.service_line_id, q.month FROM ledger_paidpart q
        WHERE NOT EXISTS (SELECT FROM grants_paidperiod r
                          WHERE r.service_line_id = q.service_line_id AND r.month = q.month))
    SELECT w.n, w.ore, w.due, w.due_ore, n.n, n.ore, (SELECT count(*) FROM parts)
    FROM (SELECT count(*) AS n, coalesce(sum(payable_ore), 0)::bigint AS ore, count(*) FILTER (WHERE due) AS due,
                 coalesce(sum(payable_ore) FILTER (WHERE due), 0)::bigint AS due_ore FROM waiting) w
    CROSS JOIN (SELECT count(*) AS n, coalesce(sum(posted_ore), 0)::bigint AS ore FROM ledger_invoicepayment) n
"""
_HALF_BOOKED: Final = """
    SELECT i.id, i.number, i.supplier_name, i.payable_ore, b.ore, b.posted_on, l.id, l.file_id
    FROM (SELECT invoice_id, sum(amount_ore)::bigint AS ore, max(posted_on) AS posted_on FROM rel_posting
          WHERE invoice_id IS NOT NULL AND kind IN ('payment', 'correction') GROUP BY invoice_id) b
    JOIN invoices_invoice i ON i.id = b.invoice_id
    LEFT JOIN ledger_paymentline l ON l.invoice_id = i.id AND l.state <> 'released'
    WHERE i.status IN ('approved', 'ready') AND i.payable_ore <> 0 AND (b.ore <> 0 OR EXISTS (
          SELECT FROM rel_posting p WHERE p.invoice_id = i.id AND p.kind IN ('payment', 'correction')
            AND p.posting_id > l.id))
    ORDER BY abs(i.payable_ore - b.ore) DESC, i.number LIMIT %s
"""


def ledger_figures() -> LedgerFigures:
    """What the books hold in the scope. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES)
        return LedgerFigures(*cursor.fetchone())


def payment_files(*, limit: int = MOST_FILES) -> Sequence[FileRow]:
    """The latest payment files, the newest first. One query."""
    return _files(None, limit)


def payment_file(file_id: UUID) -> FileRow | None:
    """One payment file; None where the scope sees none. One query."""
    return next(iter(_files(file_id, 1)), None)


def outlook(*, due_before: date) -> Outlook:
    """What waits to be sent, and what was noted as paid. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OUTLOOK, [due_before])
        return Outlook(*cursor.fetchone())


def half_booked(*, limit: int = MOST_HALF_BOOKED) -> Sequence[HalfBooked]:
    """Invoices that may be paid and are booked otherwise than they should be, most money first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_HALF_BOOKED, [limit])
        return [HalfBooked(*row) for row in cursor.fetchall()]


def _files(file_id: UUID | None, limit: int) -> Sequence[FileRow]:
    with connection.cursor() as cursor:
        cursor.execute(_FILES, [file_id, file_id, limit])
        return [FileRow(*row) for row in cursor.fetchall()]
