"""The list of postings (posteringer): filtered, sorted, paged, with what each means in our registers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class PostingFilter:
    """Which postings; what is None or empty is not asked about.

    `text` is a voucher's, an invoice's or a grant's number, or a part of a supplier's name; `citizens` are ids of those
    it names besides; `account` is how the account string begins; `lacks` what must be missing: grant, citizen, unit.
    """

    text: str = ""
    citizens: Collection[UUID] = ()
    kind: str | None = None
    unit_id: UUID | None = None
    citizen_id: UUID | None = None
    grant_id: UUID | None = None
    supplier_id: UUID | None = None
    invoice_id: UUID | None = None
    from_month: date | None = None
    to_month: date | None = None
    account: str = ""
    lacks: str | None = None


@dataclass(frozen=True, slots=True)
class ListedPosting:
    """A posting in the list; the citizen is an id: names come through `people.queries`."""

    id: UUID
    voucher: str
    line_no: int
    posted_on: date
    month: date
    account: str
    account_name: str | None
    amount_ore: int
    kind: str
    text: str
    citizen_id: UUID | None
    grant_id: UUID | None
    grant_number: str | None
    supplier_id: UUID | None
    supplier_name: str | None
    invoice_id: UUID | None
    invoice_number: str
    unit_name: str | None


SORTS: Final = {
    "bogfoert": "p.posted_on",
    "periode": "p.month",
    "bilag": "p.voucher",
    "konto": "p.account_string",
    "beloeb": "p.amount_ore",
}
"""What the list can be sorted by, as the address names it."""

_LACKS: Final = {"grant": "p.grant_id", "citizen": "p.citizen_id", "unit": "p.unit_id"}
_ROWS: Final = """
    SELECT p.id, p.voucher, p.line_no, p.posted_on, p.month, p.account_string, f.name, p.amount_ore, p.kind, p.text,
           p.citizen_id, p.grant_id, coalesce(g.number, nullif(p.grant_number, '')), p.supplier_id, s.name,
           p.invoice_id, p.invoice_number, u.name
    FROM (SELECT * FROM ledger_posting p WHERE {where} ORDER BY {order} LIMIT %s OFFSET %s) p
    LEFT JOIN rel_grant g ON g.grant_id = p.grant_id
    LEFT JOIN suppliers_supplier s ON s.id = p.supplier_id
    LEFT JOIN access_unit u ON u.id = p.unit_id
    LEFT JOIN LATERAL (SELECT t.name FROM rel_account_treatment t WHERE t.function = left(p.account_string, 5)
                       AND t.cost_type = '' AND t.ownership = '' LIMIT 1) f ON true
    ORDER BY {order}
"""
_TOTAL: Final = "SELECT count(*), coalesce(sum(p.amount_ore), 0)::bigint FROM ledger_posting p WHERE {where}"


def posting_rows(
    wanted: PostingFilter, *, sort: str = "bogfoert", falling: bool = True, page: int = 1, size: int = 50
) -> tuple[list[ListedPosting], int, int]:
    """Return a page of postings, how many there are in all and their sum in øre. Two queries; the last page at most."""
    where, given = _where(wanted)
    way = "DESC" if falling else "ASC"
    order = f"{SORTS.get(sort, SORTS['bogfoert'])} {way}, p.voucher {way}, p.line_no, p.id"
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL.format(where=where), given)
        total, sum_ore = cursor.fetchone()
        first = min(max(page, 1) - 1, max(0, -(-total // size) - 1)) * size
        cursor.execute(_ROWS.format(where=where, order=order), [*given, size, first])
        return [ListedPosting(*row) for row in cursor.fetchall()], total, sum_ore


def _where(wanted: PostingFilter) -> tuple[str, list[Any]]:
    asked = {
        "p.kind = %s": wanted.kind,
        "p.unit_id = %s": wanted.unit_id,
        "p.citizen_id = %s": wanted.citizen_id,
        "p.grant_id = %s": wanted.grant_id,
        "p.supplier_id = %s": wanted.supplier_id,
        "p.invoice_id = %s": wanted.invoice_id,
        "p.month >= %s": wanted.from_month,
        "p.month <= %s": wanted.to_month,
        "p.account_string LIKE %s": f"{wanted.account}%" if wanted.account else None,
    }
    parts = [part for part, value in asked.items() if value]
    given: list[Any] = [value for value in asked.values() if value]
    if wanted.lacks in _LACKS:
        parts.append(f"{_LACKS[wanted.lacks]} IS NULL")
    if wanted.text:
        parts.append(
            "(p.voucher = %s OR p.invoice_number = %s OR p.grant_number = %s OR p.citizen_id = ANY (%s) "
            "OR p.supplier_id IN (SELECT id FROM suppliers_supplier WHERE name ILIKE %s))"
        )
        like = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        given += [wanted.text, wanted.text, wanted.text, list(wanted.citizens), f"%{like}%"]
    return " AND ".join(parts) or "true", given
