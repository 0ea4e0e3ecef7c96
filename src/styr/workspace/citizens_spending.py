"""What was invoiced for citizens: the lines matched to their grants, by the period that each covers.

A line without a period is dated by its invoice. Rejected invoices are left out; `COUNTED` are those in which the
control found nothing to explain, or that a person approved. Amounts are øre before VAT; credit notes are negative.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.invoices.core.codes import Status
from styr.kernel.period import ONE_DAY, Period
from styr.workspace.core.citizen_year import split_by_month

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from uuid import UUID

COUNTED: Final = (Status.READY.value, Status.APPROVED.value, Status.PAID.value)

_FROM: Final = """
FROM rel_grant g
JOIN rel_line_match m ON m.grant_id = g.grant_id
JOIN rel_invoice_line l ON l.invoice_line_id = m.invoice_line_id
JOIN rel_invoice i ON i.invoice_id = l.invoice_id
CROSS JOIN LATERAL (SELECT coalesce(l.period_start, i.issue_date, i.received_at::date) AS first_day) AS f
CROSS JOIN LATERAL (SELECT coalesce(CASE WHEN l.period_start IS NOT NULL THEN l.period_end END, f.first_day + 1)
                    AS end_day) AS e
WHERE g.citizen_id = ANY(%(citizens)s::uuid[]) AND i.status <> 'rejected'
  AND e.end_day > %(first)s AND f.first_day < %(end)s AND e.end_day > f.first_day
"""
_LINES: Final = f"""
SELECT l.invoice_line_id, l.invoice_id, i.number, i.kind, i.status, i.supplier_id, i.supplier_cvr, i.issue_date,
       i.received_at, l.line_no, coalesce(l.service, ''), l.net_ore, f.first_day, e.end_day, g.grant_id, g.number
{_FROM} ORDER BY i.issue_date DESC NULLS LAST, i.number, l.line_no
"""
# The part of a line that lies in the year: what is due by its end less what is due by its start, as `split_by_month`.
_DUE: Final = (
    "round(l.net_ore::numeric * (least(greatest({day}::date, f.first_day), e.end_day) - f.first_day)"
    " / (e.end_day - f.first_day))"
)
_SUMS: Final = f"""
WITH spent AS (
    SELECT g.citizen_id, sum({_DUE.format(day="%(end)s")} - {_DUE.format(day="%(first)s")})::bigint AS ore
    {_FROM} AND i.status = ANY(%(counted)s) GROUP BY g.citizen_id
), running AS (
    SELECT citizen_id, count(*) AS grants FROM rel_grant
    WHERE citizen_id = ANY(%(citizens)s::uuid[]) AND status = 'granted' AND starts <= %(today)s
      AND (ends IS NULL OR ends > %(today)s) GROUP BY citizen_id
)
SELECT c.id, coalesce(running.grants, 0), coalesce(spent.ore, 0) FROM unnest(%(citizens)s::uuid[]) AS c(id)
LEFT JOIN running ON running.citizen_id = c.id LEFT JOIN spent ON spent.citizen_id = c.id
"""  # noqa: S608 -- constants of this module


@dataclass(frozen=True, slots=True)
class Spent:
    """How many grants run today, and what counts as spent in the period, øre."""

    running: int
    spent_ore: int


@dataclass(frozen=True, slots=True)
class InvoicedLine:
    """A line for one of the citizen's grants; [first_day, end_day) is what it covers."""

    line_id: UUID
    invoice_id: UUID
    invoice_number: str
    kind: str
    status: Status
    supplier_id: UUID | None
    supplier_cvr: str
    issue_date: date | None
    received_at: datetime
    line_no: int
    service: str
    net_ore: int
    first_day: date
    end_day: date
    grant_id: UUID
    grant_number: str

    @property
    def counted(self) -> bool:
        """Whether the line counts as spent."""
        return self.status.value in COUNTED

    @property
    def by_month(self) -> dict[date, int]:
        """The amount by the months that the line covers (first days)."""
        return split_by_month(self.net_ore, Period(self.first_day, self.end_day))

    @property
    def last_day(self) -> date:
        """The last day that the line covers, as people are shown it."""
        return self.end_day - ONE_DAY


def invoiced_lines(citizen_id: UUID, period: Period) -> list[InvoicedLine]:
    """Return the lines that cover some day of a closed period, the latest invoice first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"citizens": [citizen_id], "first": period.start, "end": period.until})
        return [replace(InvoicedLine(*row), status=Status(row[4])) for row in cursor.fetchall()]


def spent_and_running(period: Period, citizen_ids: Collection[UUID], *, today: date) -> dict[UUID, Spent]:
    """Return each citizen's running grants and what counts as spent in a closed period; one query."""
    given: dict[str, Any] = {
        "citizens": list(citizen_ids),
        "first": period.start,
        "end": period.until,
        "counted": list(COUNTED),
        "today": today,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, given)
        return {citizen_id: Spent(running, ore) for citizen_id, running, ore in cursor.fetchall()}


def sums_by_month(lines: Iterable[InvoicedLine], *, counted: bool) -> dict[date, int]:
    """Sum those lines that count as spent (or those that wait) by month."""
    sums: dict[date, int] = {}
    for line in lines:
        if line.counted is counted:
            for month, ore in line.by_month.items():
                sums[month] = sums.get(month, 0) + ore
    return sums
