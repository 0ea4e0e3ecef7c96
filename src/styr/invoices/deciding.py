"""Moves invoices on: ready where nothing is left to explain, deviating where something is; and people's decisions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.controls.queries import FindingFilter, findings_by_kind
from styr.invoices.core.approval import UNDECIDED, touchless
from styr.invoices.core.codes import Decided, Status
from styr.invoices.models import Decision, Invoice
from styr.invoices.planning import whole_tables
from styr.kernel.engine import PostgresEngine
from styr.kernel.relation import Relation

_TOUCHLESS: Final = Relation("stage_touchless", {"invoice_id": "uuid"})
_SETTLE: Final = """
    UPDATE invoices_invoice i SET status = settled.status
    FROM (SELECT u.id, CASE WHEN t.invoice_id IS NULL THEN %s ELSE %s END AS status
          FROM invoices_invoice u LEFT JOIN pg_temp.stage_touchless t ON t.invoice_id = u.id
          WHERE u.municipality_id = %s AND u.status = ANY (%s)) settled
    WHERE i.id = settled.id AND i.status <> settled.status
    RETURNING i.status
"""


class UnableToDecideInvoiceError(Exception):
    """The invoice cannot be decided as asked; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How many invoices became ready and how many deviating."""

    ready: int
    deviating: int


def approve_touchless(*, municipality_id: UUID) -> Settled:
    """Make undecided invoices ready where nothing at all is left to explain, the others deviating; see `core.approval`.

    Called inside a scope over the whole municipality, after matching and controls. Two statements, however many there
    are. What people have decided stays; an invoice that was ready goes back when something about it changed.
    """
    with transaction.atomic(), connection.cursor() as cursor, whole_tables(cursor):
        engine = PostgresEngine(cursor)
        engine.load(_TOUCHLESS, [])
        engine.insert_select(_TOUCHLESS.name, ["invoice_id"], touchless, key="invoices.touchless")
        cursor.execute(_SETTLE, [Status.DEVIATING.value, Status.READY.value, municipality_id, list(UNDECIDED)])
        moved = [row[0] for row in cursor.fetchall()]
    return Settled(moved.count(Status.READY.value), moved.count(Status.DEVIATING.value))


def decide_invoice(*, invoice_id: UUID, outcome: Decided, reason: str, actor_id: UUID, now: datetime) -> None:
    """Approve or reject an invoice by a person's word.

    What stops payment (a hard stop) must itself have been decided first, by whoever owns that finding: approving the
    invoice says nothing about it.

    Raises:
        UnableToDecideInvoiceError: it is not there, is paid already, no reason is given, or it is to be approved while
            something stops payment.
    """
    with transaction.atomic():
        invoice = Invoice.objects.select_for_update().filter(id=invoice_id).first()
        if invoice is None:
            raise UnableToDecideInvoiceError("Fakturaen findes ikke, eller den ligger uden for dit område.")
        if invoice.status == Status.PAID.value:
            raise UnableToDecideInvoiceError("Fakturaen er betalt og kan ikke afgøres igen.")
        if not reason.strip():
            raise UnableToDecideInvoiceError("Skriv en begrundelse.")
        if outcome is Decided.APPROVED:
            _refuse_hard_stops(invoice_id)
        Decision.objects.create(
            municipality_id=invoice.municipality_id,
            unit_id=invoice.unit_id,
            invoice=invoice,
            outcome=outcome.value,
            reason=reason.strip(),
            decided_by_id=actor_id,
            decided_at=now,
        )
        invoice.status = outcome.value
        invoice.save(update_fields=["status"])


def _refuse_hard_stops(invoice_id: UUID) -> None:
    stops = findings_by_kind(FindingFilter(invoice_id=invoice_id, hard_stop=True))
    if stops:
        named = ", ".join(f"»{stop.title}«" for stop in stops)
        raise UnableToDecideInvoiceError(f"Betalingen er stoppet: {named}. Afgør det først, og godkend så fakturaen.")


def mark_paid(*, invoice_ids: Collection[UUID]) -> int:
    """Note that invoices were paid; only approved and ready ones can have been. Returns how many were noted."""
    payable = [Status.APPROVED.value, Status.READY.value]
    return Invoice.objects.filter(id__in=list(invoice_ids), status__in=payable).update(status=Status.PAID.value)
