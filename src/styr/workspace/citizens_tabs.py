"""Rows of a citizen's tabs that cross domains: invoices with lines for the citizen, and absence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.invoices.core.codes import Status
from styr.kernel.period import ONE_DAY

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

_INVOICES: Final = """
SELECT i.invoice_id, i.number, i.kind, i.status, i.supplier_id, i.issue_date, min(l.period_start), max(l.period_end),
       sum(l.net_ore)::bigint, array_agg(DISTINCT g.number ORDER BY g.number),
       EXISTS (SELECT FROM rel_line_match o LEFT JOIN rel_grant og ON og.grant_id = o.grant_id
               WHERE o.invoice_id = i.invoice_id AND og.citizen_id IS DISTINCT FROM %(citizen)s)
FROM rel_grant g
JOIN rel_line_match m ON m.grant_id = g.grant_id
JOIN rel_invoice_line l ON l.invoice_line_id = m.invoice_line_id
JOIN rel_invoice i ON i.invoice_id = l.invoice_id
WHERE g.citizen_id = %(citizen)s
GROUP BY i.invoice_id, i.number, i.kind, i.status, i.supplier_id, i.issue_date
ORDER BY i.issue_date DESC NULLS LAST, i.number
"""
_ABSENCES: Final = """
SELECT a.absence_id, g.grant_id, g.number, g.section, a.starts, a.ends, a.reason
FROM rel_grant g JOIN rel_absence a ON a.grant_id = g.grant_id WHERE g.citizen_id = %(citizen)s
ORDER BY a.starts DESC
"""


@dataclass(frozen=True, slots=True)
class CitizenInvoice:
    """An invoice's lines for one citizen; `shared` where it has lines for others, or lines that nobody is known for."""

    id: UUID
    number: str
    kind: str
    status: Status
    supplier_id: UUID | None
    issue_date: date | None
    first_day: date | None
    end_day: date | None
    net_ore: int
    grants: tuple[str, ...]
    shared: bool

    @property
    def last_day(self) -> date | None:
        """The last day that the lines cover, as people are shown it."""
        return None if self.end_day is None else self.end_day - ONE_DAY

    @property
    def kind_text(self) -> str:
        """What the document is, in Danish."""
        return "Kreditnota" if self.kind == "credit_note" else "Faktura"


@dataclass(frozen=True, slots=True)
class CitizenAbsence:
    """Days away from what a grant buys; `ends` is exclusive."""

    id: UUID
    grant_id: UUID
    grant_number: str
    section: str
    starts: date
    ends: date | None
    reason: str

    @property
    def last_day(self) -> date | None:
        """The last day away, as people are shown it."""
        return None if self.ends is None else self.ends - ONE_DAY

    @property
    def days(self) -> int | None:
        """How many days; None while the citizen is still away."""
        return None if self.ends is None else (self.ends - self.starts).days


def invoices_of(citizen_id: UUID) -> list[CitizenInvoice]:
    """Return the invoices with lines matched to the citizen's grants, the latest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_INVOICES, {"citizen": citizen_id})
        rows = cursor.fetchall()
    return [replace(CitizenInvoice(*row), status=Status(row[3]), grants=tuple(row[9])) for row in rows]


def absences_of(citizen_id: UUID) -> list[CitizenAbsence]:
    """Return the citizen's absence, the latest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_ABSENCES, {"citizen": citizen_id})
        return [CitizenAbsence(*row) for row in cursor.fetchall()]
