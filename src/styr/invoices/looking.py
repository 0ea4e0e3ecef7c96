"""Notes who looked at an invoice; the same person within an hour counts once."""

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import connection

_NOTE: Final = """
    INSERT INTO invoices_invoicelook (id, municipality_id, unit_id, invoice_id, looked_by_id, what, looked_at)
    SELECT %(id)s, i.municipality_id, i.unit_id, i.id, %(user)s, %(what)s, %(now)s
    FROM invoices_invoice i
    WHERE i.id = %(invoice)s AND (%(each)s OR NOT EXISTS (
        SELECT FROM invoices_invoicelook k WHERE k.invoice_id = i.id AND k.looked_by_id = %(user)s AND k.what = %(what)s
            AND k.looked_at > %(since)s))
"""
_APART: Final = timedelta(hours=1)


def note_look(*, invoice_id: UUID, what: str, actor_id: UUID, now: datetime) -> None:
    """Note that somebody opened the page ("page") or fetched a document (every time). One statement."""
    given: dict[str, Any] = {
        "id": uuid4(), "user": actor_id, "what": what, "now": now, "invoice": invoice_id, "since": now - _APART,
        "each": what in {"original", "file"},
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, given)
