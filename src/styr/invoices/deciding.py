"""Moves invoices on: ready where nothing is left to explain, deviating where something is, and paid."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from styr.access import queries as access
from styr.access.core.acts import Act
from styr.controls.core.settled import UNSETTLED
from styr.invoices.core.approval import FOUR_EYES, UNDECIDED, touchless
from styr.invoices.core.codes import Status
from styr.invoices.models import Invoice
from styr.invoices.planning import whole_tables
from styr.kernel.engine import PostgresEngine
from styr.kernel.refusal import Refusal
from styr.kernel.relation import Relation

_TOUCHLESS: Final = Relation("stage_touchless", {"invoice_id": "uuid"})
_SETTLE: Final = """
    UPDATE invoices_invoice i SET status = settled.status
    FROM (SELECT u.id, CASE WHEN t.invoice_id IS NULL THEN %s WHEN %s THEN %s ELSE u.status END AS status
          FROM invoices_invoice u LEFT JOIN pg_temp.stage_touchless t ON t.invoice_id = u.id
          WHERE u.municipality_id = %s AND u.status = ANY (%s)) settled
    WHERE i.id = settled.id AND i.status <> settled.status AND i.status = ANY (%s)
    RETURNING i.status
"""
_HELD: Final = f"""EXISTS (
    SELECT FROM rel_finding f WHERE f.invoice_id = i.id
        AND ({UNSETTLED} OR i.status = 'ready' AND f.hard_stop AND f.status <> 'closed'))"""
"""Something about invoice `i` is unsettled; nobody has approved a ready one, so there a stop is never settled."""
_LOCK: Final = "SELECT id FROM invoices_invoice WHERE id = ANY (%s) ORDER BY id FOR UPDATE"
_IN_ORDER: Final = f"i.status IN ('approved', 'ready') AND i.waits_for = '' AND NOT {_HELD}"
_MAY_BE_PAID: Final = frozenset({Status.APPROVED.value, Status.READY.value})
_PAY: Final = f"UPDATE invoices_invoice i SET status = 'paid' WHERE i.id = ANY (%s) AND {_IN_ORDER}"  # noqa: S608 -- made of our own constants
_PAYABLE: Final = f"""
    SELECT i.id FROM invoices_invoice i WHERE (%s::uuid[] IS NULL OR i.id = ANY (%s)) AND {_IN_ORDER}
"""  # noqa: S608 -- the same
_TAKE_BACK: Final = """
    UPDATE invoices_invoice i SET status = b.status FROM unnest(%s::uuid[], %s::text[]) AS b(id, status)
    WHERE i.id = b.id AND i.status = 'paid'
"""
_HELD_AMONG: Final = f"SELECT i.number FROM invoices_invoice i WHERE i.id = ANY (%s) AND {_HELD} ORDER BY i.number"  # noqa: S608 -- made of our own constants


class UnableToDecideInvoiceError(Refusal):
    """The invoice cannot be decided as asked; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class Settled:
    """How many invoices became ready and how many deviating."""

    ready: int
    deviating: int


def approve_touchless(*, municipality_id: UUID, today: date, complete: bool = True) -> Settled:
    """Make undecided invoices ready where nothing at all is left to explain, the others deviating; see `core.approval`.

    Called inside a scope over the whole municipality, after matching and controls. Three statements, however many there
    are. What is above the limit for four eyes on `today` is not made ready: two persons must approve it. What people
    have decided stays; an invoice that was ready goes back when something about it changed. Where the controls were
    not `complete`, none becomes ready: what nobody looked for cannot be said not to be there.
    """
    with transaction.atomic(), connection.cursor() as cursor, whole_tables(cursor):
        engine = PostgresEngine(cursor)
        limit = access.limits_in_force(Act.FOUR_EYES_INVOICE, today).get(None)
        engine.load(FOUR_EYES, [] if limit is None else [{"amount_ore": limit}])
        engine.load(_TOUCHLESS, [])
        engine.insert_select(_TOUCHLESS.name, ["invoice_id"], touchless, key="invoices.touchless")
        undecided = list(UNDECIDED)
        cursor.execute(
            _SETTLE,
            [Status.DEVIATING.value, complete, Status.READY.value, municipality_id, undecided, undecided],
        )
        moved = [row[0] for row in cursor.fetchall()]
    return Settled(moved.count(Status.READY.value), moved.count(Status.DEVIATING.value))


def mark_paid(*, invoice_ids: Collection[UUID]) -> int:
    """Note that invoices were paid; gives how many could have been.

    Those are approved or ready, wait for nobody, and have nothing unsettled at this very moment, whatever their status
    said when it was set.
    """
    asked = list(invoice_ids)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [asked])
        cursor.execute(_PAY, [asked])
        return int(cursor.rowcount)


def payable_among(invoice_ids: Collection[UUID] | None = None) -> tuple[UUID, ...]:
    """Those of the invoices (None: of all) that `mark_paid` would note as paid at this moment. One statement."""
    with connection.cursor() as cursor:
        asked = None if invoice_ids is None else list(invoice_ids)
        cursor.execute(_PAYABLE, [asked, asked])
        return tuple(row[0] for row in cursor.fetchall())


def take_back_paid(*, before: Mapping[UUID, str]) -> int:
    """Note that payments were none: each invoice is what it was before it was noted as paid; gives how many were.

    Raises:
        UnableToDecideInvoiceError: before, it was none of what may be paid.
    """
    if set(before.values()) - _MAY_BE_PAID:
        raise UnableToDecideInvoiceError("En betaling kan kun tages tilbage til det, fakturaen var før.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(before)])
        cursor.execute(_TAKE_BACK, [list(before), list(before.values())])
        return int(cursor.rowcount)


def may_be_paid(invoice_id: UUID) -> bool:
    """Whether it is not paid, as far as the caller can see."""
    return not Invoice.objects.filter(id=invoice_id, status=Status.PAID.value).exists()


def held_among(invoice_ids: Collection[UUID]) -> tuple[str, ...]:
    """The numbers of those invoices on which something is unsettled at this moment. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD_AMONG, [list(invoice_ids)])
        return tuple(row[0] for row in cursor.fetchall())
