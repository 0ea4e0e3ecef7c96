"""The lines of a payment file as a list: asked of by words, answer and amount, and paged by the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.ledger.core.codes import LineState
from styr.ledger.queries import PaymentRow

if TYPE_CHECKING:
    from uuid import UUID


_MOST_REFUSED: Final = 500


@dataclass(frozen=True, slots=True)
class LineFilter:
    """What is asked of the lines; `words` are of the supplier's name, or the invoice's number."""

    words: str = ""
    state: str = ""


SORTS: Final = {
    "linje": "l.line_no",
    "leverandoer": "i.supplier_name",
    "forfald": "i.due_date",
    "svar": "l.state",
    "beloeb": "l.amount_ore",
}
"""What the list can be sorted by, as the address names it."""

_ROWS: Final = """
    SELECT l.id, l.line_no, l.invoice_id, i.number, i.supplier_name, l.account, l.amount_ore, i.due_date, l.state,
           l.reason, i.status
    FROM ledger_paymentline l JOIN invoices_invoice i ON i.id = l.invoice_id
    WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s
"""
_TOTAL: Final = """
    SELECT count(*), coalesce(sum(l.amount_ore), 0)::bigint
    FROM ledger_paymentline l JOIN invoices_invoice i ON i.id = l.invoice_id WHERE {where}
"""


def line_page(
    file_id: UUID, wanted: LineFilter, *, order: tuple[str, bool] = ("linje", False), part: tuple[int, int] = (0, 50)
) -> tuple[list[PaymentRow], int, int]:
    """Return a part of the file's lines that the scope sees, how many there are and their sum in øre. Two queries.

    `order` is a word of `SORTS` and whether it falls, `part` the first line and how many.
    """
    where, given = _where(file_id, wanted)
    way = "DESC" if order[1] else "ASC"
    by = f"{SORTS.get(order[0], SORTS['linje'])} {way} NULLS LAST, l.line_no {way}"
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL.format(where=where), given)
        total, sum_ore = cursor.fetchone()
        cursor.execute(_ROWS.format(where=where, order=by), [*given, part[1], part[0]])
        return [PaymentRow(*row) for row in cursor.fetchall()], total, sum_ore


def refused_lines(file_id: UUID) -> list[PaymentRow]:
    """Return the lines that the finance system refused and nobody has sent again. Two queries."""
    found, _, _ = line_page(file_id, LineFilter(state=LineState.REFUSED.value), part=(0, _MOST_REFUSED))
    return found


def _where(file_id: UUID, wanted: LineFilter) -> tuple[str, list[Any]]:
    parts: list[str] = ["l.file_id = %s"]
    given: list[Any] = [file_id]
    if wanted.state:
        parts.append("l.state = %s")
        given.append(wanted.state)
    if wanted.words:
        like = wanted.words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parts.append("(i.number = %s OR i.supplier_name ILIKE %s)")
        given += [wanted.words, f"%{like}%"]
    return " AND ".join(parts), given
