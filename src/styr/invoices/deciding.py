"""Moves invoices on: ready where nothing is left to explain, deviating where something is, and paid."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.invoices.core.approval import UNDECIDED, touchless
from styr.invoices.core.codes import Status, Waiting
from styr.invoices.models import Invoice
from styr.invoices.planning import whole_tables
from styr.kernel.engine import PostgresEngine
from styr.kernel.refusal import Refusal
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


class UnableToDecideInvoiceError(Refusal):
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


def mark_paid(*, invoice_ids: Collection[UUID]) -> int:
    """Note that invoices were paid; only approved and ready ones that wait for nobody can have been. Gives how many."""
    payable = [Status.APPROVED.value, Status.READY.value]
    due = Invoice.objects.filter(id__in=list(invoice_ids), status__in=payable, waits_for=Waiting.NOBODY.value)
    return due.update(status=Status.PAID.value)
