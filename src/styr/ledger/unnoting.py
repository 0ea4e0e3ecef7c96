"""Payments that were none: an import of postings that is taken back takes along what was noted because of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from styr.invoices.services import take_back_paid
from styr.ledger.models import InvoicePayment, PaidPart

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

_RESTING: Final = """
    SELECT DISTINCT n.id, n.invoice_id, n.status_before FROM ledger_posting p
    JOIN ledger_invoicepayment n ON n.invoice_id = p.invoice_id WHERE p.id = ANY (%s)
"""
_MONTHS: Final = """
    SELECT ledger_take_back_months(array_agg(service_line_id), array_agg(month))
    FROM (SELECT DISTINCT service_line_id, month FROM ledger_paidpart WHERE payment_id = ANY (%s)) AS m
    HAVING count(*) > 0
"""


@transaction.atomic
def take_back_payments(*, posting_ids: Collection[UUID]) -> int:
    """Take back what was noted because of the postings: invoices are what they were, their months are open again.

    Give how many invoices. Months are recorded anew by `note_payments` where other payments still pay them in full.
    Adjustments of those months go with them: they were differences from what had been paid.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RESTING, [list(posting_ids)])
        resting = cursor.fetchall()
        payments = [row[0] for row in resting]
        cursor.execute(_MONTHS, [payments])
    PaidPart.objects.filter(payment_id__in=payments).delete()
    InvoicePayment.objects.filter(id__in=payments).delete()
    take_back_paid(before={invoice_id: status for _, invoice_id, status in resting if status})
    return len(payments)
