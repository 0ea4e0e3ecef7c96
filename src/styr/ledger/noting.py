"""What was paid comes back: postings mark our invoices paid, and what they paid for becomes paid months.

One transaction: either the invoices are paid and their months are, or neither. Noting again changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.grants.core.codes import AdjustmentReason
from styr.grants.payments import PaidMonth, months_paid, record_paid_months
from styr.grants.settle import settle_paid_months
from styr.invoices.services import mark_paid
from styr.kernel.ids import uuid7
from styr.ledger.core.paid_months import FullMonth, PaidClaim, Part, Window, full_months, parts_of
from styr.ledger.models import InvoicePayment
from styr.ledger.pricing import expected_parts, expected_quantities
from styr.ledger.running_days import running_days
from styr.ledger.unnoting import reopen_booked_back

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

_MANY: Final = 100
_ANALYZE: Final = "SELECT ledger_analyze(t) FROM unnest(%s::text[]) AS t WHERE %s"
_WRITTEN: Final = ["ledger_paidpart", "ledger_invoicepayment"]

# An invoice is paid when postings for all of it have come: more than all of it is a finding, and paid all the same.
_COME: Final = """
    SELECT i.invoice_id, i.unit_id, i.status, max(p.posted_on), sum(p.amount_ore)::bigint
    FROM rel_posting p JOIN rel_invoice i ON i.invoice_id = p.invoice_id
    WHERE p.kind IN ('payment', 'correction') AND i.status IN ('approved', 'ready', 'paid') AND i.payable_ore <> 0
      AND NOT EXISTS (SELECT FROM ledger_invoicepayment n WHERE n.invoice_id = i.invoice_id)
    GROUP BY i.invoice_id, i.unit_id, i.status, i.payable_ore
    HAVING sum(p.amount_ore) * sign(i.payable_ore) >= abs(i.payable_ore)
    ORDER BY i.invoice_id
"""
_STATUS: Final = "SELECT invoice_id FROM rel_invoice WHERE invoice_id = ANY (%s) AND status = 'paid'"
_CLAIMS: Final = """
    SELECT c.invoice_id, coalesce(i.credits_invoice_id, c.invoice_id), c.grant_id, c.service_id, c.period_start,
           c.period_end, c.claimed_ore, n.paid_on
    FROM ledger_invoicepayment n
    JOIN rel_claim c ON c.invoice_id = n.invoice_id JOIN rel_invoice i ON i.invoice_id = n.invoice_id
    WHERE n.invoice_id = ANY (%s) AND c.service_id IS NOT NULL AND c.grant_id IS NOT NULL
      AND c.period_start < c.period_end AND c.claimed_ore <> 0
    ORDER BY c.claim_id
"""
_PARTS: Final = """
    INSERT INTO ledger_paidpart (id, municipality_id, unit_id, payment_id, origin_id, grant_id, service_line_id, month,
                                 first_day, end_day, amount_ore)
    SELECT p.id, g.municipality_id, g.unit_id, n.id, p.origin_id, g.id, p.service_id, p.month, p.first_day, p.end_day,
           p.amount_ore
    FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::uuid[], %s::date[], %s::date[], %s::date[],
                %s::bigint[])
         AS p(id, invoice_id, origin_id, grant_id, service_id, month, first_day, end_day, amount_ore)
    JOIN grants_grant g ON g.id = p.grant_id JOIN ledger_invoicepayment n ON n.invoice_id = p.invoice_id
"""
_ALL_PARTS: Final = """
    SELECT n.invoice_id, p.origin_id, p.grant_id, p.service_line_id, p.month, p.first_day, p.end_day, p.amount_ore,
           n.paid_on
    FROM ledger_paidpart p JOIN ledger_invoicepayment n ON n.id = p.payment_id
    WHERE p.service_line_id = ANY (%s) AND NOT EXISTS (
          SELECT FROM ledger_recordedmonth r WHERE r.service_line_id = p.service_line_id AND r.month = p.month)
    ORDER BY p.id
"""
_WAITING: Final = """
    SELECT DISTINCT p.service_line_id FROM ledger_paidpart p
    WHERE NOT EXISTS (SELECT FROM grants_paidperiod r
                      WHERE r.service_line_id = p.service_line_id AND r.month = p.month)
"""
_RECORDED: Final = """
    INSERT INTO ledger_recordedmonth (id, municipality_id, unit_id, service_line_id, month, amount_ore, noted_at)
    SELECT r.id, l.municipality_id, l.unit_id, l.id, r.month, r.amount_ore, %s
    FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::bigint[]) AS r(id, service_id, month, amount_ore)
    JOIN grants_serviceline l ON l.id = r.service_id
"""


@dataclass(frozen=True, slots=True)
class Noted:
    """How many invoices were noted as paid, how many had to stay as they are, and months now paid in full.

    `reopened` are invoices that were noted before, and of which the books no longer hold all.
    """

    invoices: int
    held: int
    months: int
    reopened: int = 0


@transaction.atomic
def note_payments(*, municipality_id: UUID, now: datetime) -> Noted:
    """Mark the invoices paid for which all the money has been posted, and record the months that are now paid in full.

    Invoices that were noted and have been booked back since are reopened first, with the months that rested on them.
    Every month that waits is looked at, so one that was taken back is recorded anew where other payments pay it.

    Called inside a scope over the whole municipality, after matching and controls: what is not in order at this moment
    is not marked (`invoices.services.mark_paid`), and stays to be explained. A fixed number of statements.
    """
    reopened = reopen_booked_back()
    with connection.cursor() as cursor:
        cursor.execute(_COME)
        come = cursor.fetchall()
        mark_paid(invoice_ids=[row[0] for row in come if row[2] != "paid"])
        cursor.execute(_STATUS, [[row[0] for row in come]])
        paid = {row[0] for row in cursor.fetchall()}
    fresh = [row for row in come if row[0] in paid]
    InvoicePayment.objects.bulk_create(
        InvoicePayment(
            municipality_id=municipality_id,
            unit_id=unit_id,
            invoice_id=invoice_id,
            paid_on=paid_on,
            posted_ore=posted_ore,
            status_before="" if status == "paid" else status,
            noted_at=now,
        )
        for invoice_id, unit_id, status, paid_on, posted_ore in fresh
    )
    if fresh:
        _note_parts([row[0] for row in fresh])
    return Noted(len(fresh), len(come) - len(fresh), record_full_months(_waiting_services(), now=now), reopened)


def record_full_months(service_ids: Collection[UUID], *, now: datetime) -> int:
    """Record the months of the services that their parts pay in full, and settle their grants; give how many."""
    parts = _parts_not_recorded(service_ids)
    found = full_months(parts, running_days([part.window for part in parts]))
    told = months_paid({month.service_id for month in found})
    months = [month for month in found if (month.service_id, month.month) not in told]
    if not months:
        return 0
    quantities = expected_quantities({(month.service_id, month.month) for month in months})
    record_paid_months(
        months=[
            PaidMonth(
                service_line_id=month.service_id,
                month=month.month,
                quantity=quantities.get((month.service_id, month.month), Decimal(0)),
                amount_ore=month.amount_ore,
                paid_on=month.paid_on,
                reference="Regnskabet" if month.payments == 1 else f"Regnskabet, {month.payments} betalinger",
            )
            for month in months
        ]
    )
    _mark_recorded(months, now)
    settle_paid_months(grant_ids={month.grant_id for month in months}, reason=AdjustmentReason.REGISTER, now=now)
    return len(months)


def _waiting_services() -> list[UUID]:
    """The services of which a month is paid in part, as far as nobody has told it paid."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        return [row[0] for row in cursor.fetchall()]


def _note_parts(invoice_ids: Sequence[UUID]) -> None:
    """Cut the invoices' claims into parts, and keep them."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS, [list(invoice_ids)])
        claims = [
            PaidClaim(
                invoice_id=row[0], origin_id=row[1], grant_id=row[2], service_id=row[3], start=row[4], end=row[5],
                amount_ore=row[6], paid_on=row[7],
            )
            for row in cursor.fetchall()
        ]  # fmt: skip
        expected = expected_parts(claims)
        parts = [part for claim in claims for part in parts_of(claim, expected) if part.amount_ore]
        cursor.execute(
            _PARTS,
            [
                [uuid7() for _ in parts],
                [part.invoice_id for part in parts],
                [part.origin_id for part in parts],
                [part.grant_id for part in parts],
                [part.window.service_id for part in parts],
                [part.window.month for part in parts],
                [part.window.first_day for part in parts],
                [part.window.end_day for part in parts],
                [part.amount_ore for part in parts],
            ],
        )
        cursor.execute(_ANALYZE, [_WRITTEN, len(parts) >= _MANY])


def _parts_not_recorded(service_ids: Collection[UUID]) -> list[Part]:
    with connection.cursor() as cursor:
        cursor.execute(_ALL_PARTS, [list(service_ids)])
        return [
            Part(
                invoice_id=row[0],
                origin_id=row[1],
                grant_id=row[2],
                window=Window(*row[3:7]),
                amount_ore=row[7],
                paid_on=row[8],
            )
            for row in cursor.fetchall()
        ]


def _mark_recorded(months: Sequence[FullMonth], now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _RECORDED,
            [
                now,
                [uuid7() for _ in months],
                [month.service_id for month in months],
                [month.month for month in months],
                [month.amount_ore for month in months],
            ],
        )
