"""Payments that were none: what was noted because of postings goes when those are taken back, or booked back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.invoices.services import take_back_paid
from styr.ledger.models import InvoicePayment, PaidPart

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

_RESTING: Final = """
    SELECT DISTINCT n.id, n.invoice_id, n.status_before FROM ledger_posting p
    JOIN ledger_invoicepayment n ON n.invoice_id = p.invoice_id WHERE p.id = ANY (%s)
"""
# Postings that took money back have come after the invoice was noted, or it is no longer the one they are for.
_FALLEN: Final = """
    SELECT n.id, n.invoice_id, n.status_before
    FROM ledger_invoicepayment n JOIN rel_invoice i ON i.invoice_id = n.invoice_id
    LEFT JOIN (SELECT invoice_id, sum(amount_ore)::bigint AS ore FROM rel_posting
               WHERE invoice_id IS NOT NULL AND kind IN ('payment', 'correction') GROUP BY invoice_id) b
           ON b.invoice_id = n.invoice_id
    WHERE coalesce(b.ore, 0) * sign(i.payable_ore) < abs(i.payable_ore)
    ORDER BY n.invoice_id
"""
_MONTHS: Final = """
    SELECT ledger_take_back_months(array_agg(service_line_id), array_agg(month))
    FROM (SELECT DISTINCT service_line_id, month FROM ledger_paidpart WHERE payment_id = ANY (%s)) AS m
    HAVING count(*) > 0
"""


@transaction.atomic
def take_back_payments(*, posting_ids: Collection[UUID]) -> int:
    """Take back what was noted because of the postings: invoices are what they were, their months are open again.

    Give how many invoices. `note_payments` records months anew where other payments still pay them in full: their parts
    wait again. Adjustments of those months go with them: they were differences from what had been paid.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESTING, [list(posting_ids)])
        return _take_back(cursor.fetchall())


@transaction.atomic
def reopen_booked_back() -> int:
    """Take back the payments of which the books no longer hold all: money came back after they were noted.

    Give how many invoices. Called inside a scope over the whole municipality.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FALLEN)
        return _take_back(cursor.fetchall())


def _take_back(resting: Sequence[tuple[UUID, UUID, str]]) -> int:
    payments = [row[0] for row in resting]
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [payments])
    PaidPart.objects.filter(payment_id__in=payments).delete()
    InvoicePayment.objects.filter(id__in=payments).delete()
    take_back_paid(before={invoice_id: status for _, invoice_id, status in resting if status})
    return len(payments)
