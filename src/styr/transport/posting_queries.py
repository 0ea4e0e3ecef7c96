"""The postings behind a figure of the cost mapping: an area's, by who drove, in a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.transport.core.booked_cost import UNPLACED

if TYPE_CHECKING:
    from uuid import UUID

SORTS: Final = {"bogfoert": "p.posted_on", "beloeb": "p.amount_ore", "konto": "p.account", "leverandoer": "s.name"}
# As `core.booked_cost` places postings, row by row: the longest first digits that fit in the month.
_FROM: Final = """
    FROM rel_posting p
    JOIN LATERAL (
        SELECT a.number, c.operator_kind FROM transport_areaaccount c JOIN transport_area a ON a.id = c.area_id
        WHERE starts_with(p.account, c.prefix) AND c.valid_from <= p.month
          AND (c.valid_to IS NULL OR c.valid_to > p.month)
        ORDER BY length(c.prefix) DESC LIMIT 1
    ) area ON true
    LEFT JOIN transport_operator o ON o.supplier_id = p.supplier_id
    LEFT JOIN suppliers_supplier s ON s.id = p.supplier_id
    WHERE p.month >= %(first)s AND p.month < %(until)s
      AND (%(area)s::int IS NULL OR area.number = %(area)s)
      AND (%(kind)s::text = '' OR coalesce(o.kind, nullif(area.operator_kind, ''), 'unplaced') = %(kind)s)
"""
_ROWS: Final = """
    SELECT p.posting_id, p.voucher, p.posted_on, p.month, p.account, area.number,
           coalesce(o.kind, nullif(area.operator_kind, ''), 'unplaced'), p.supplier_id, s.name, p.citizen_id,
           p.grant_id, p.amount_ore
    {source} ORDER BY {order}, p.posting_id LIMIT %(size)s OFFSET %(skip)s
"""
_TOTAL: Final = "SELECT count(*), coalesce(sum(p.amount_ore), 0)::bigint {source}"


@dataclass(frozen=True)
class PostingsOf:
    """Which postings: a year's, of an area (None: every one), by a kind of operator ("" any, or `UNPLACED`)."""

    year: int
    area_no: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class TransportPosting:
    """A posting that the mapping counts; the citizen is an id, and named by nobody here."""

    id: UUID
    voucher: str
    posted_on: date
    month: date
    account: str
    area_no: int
    kind: str
    supplier_id: UUID | None
    supplier_name: str | None
    citizen_id: UUID | None
    grant_id: UUID | None
    amount_ore: int

    @property
    def is_unplaced(self) -> bool:
        """Whether nobody knows who drove."""
        return self.kind == UNPLACED


def postings_of(
    wanted: PostingsOf, *, order: tuple[str, bool], part: tuple[int, int]
) -> tuple[list[TransportPosting], int, int]:
    """A page (first row, how many) of the postings, how many there are and their sum in øre. Two queries."""
    by, falling = order
    given: dict[str, Any] = {
        "first": date(wanted.year, 1, 1),
        "until": date(wanted.year + 1, 1, 1),
        "area": wanted.area_no,
        "kind": wanted.kind,
        "skip": part[0],
        "size": part[1],
    }
    sort = f"{SORTS.get(by, SORTS['bogfoert'])} {'DESC' if falling else 'ASC'} NULLS LAST"
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL.format(source=_FROM), given)
        total, ore = cursor.fetchone()
        cursor.execute(_ROWS.format(source=_FROM, order=sort), given)
        return [TransportPosting(*row) for row in cursor.fetchall()], total, ore
