"""What the management page's figures are made of, read from the other domains' relations and queries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from django.db import connection

from styr.reports.core.coverage import GrantFact

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

_FACTS: Final = """
SELECT g.grant_id, g.unit_id, g.section, g.citizen_id, g.status, g.starts, g.ends, g.contract_id,
       coalesce(c.status IN ('signed', 'terminated'), false)
FROM rel_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id"""
_DAYS: Final = """
SELECT grant_id, greatest(0, least(ends, %(first)s) - greatest(starts, %(before)s)),
       greatest(0, least(ends, %(end)s) - greatest(starts, %(first)s)), ride
FROM (SELECT s.grant_id, min(s.starts) AS starts, max(coalesce(s.ends, 'infinity'::date)) AS ends,
             bool_and(s.service = 'befordring') AS ride
      FROM rel_service s JOIN rel_grant g ON g.grant_id = s.grant_id
      WHERE g.status IN ('granted', 'stopped') GROUP BY s.grant_id) AS runs"""
_INVOICES: Final = """
SELECT unit_id, count(*), coalesce(sum(payable_ore), 0)::bigint FROM rel_invoice
WHERE received_at >= %(first)s AND received_at < %(end)s GROUP BY 1"""
_REJECTED: Final = """
SELECT invoice_id, unit_id, payable_ore FROM rel_invoice
WHERE received_at >= %(first)s AND received_at < %(end)s AND status = 'rejected'"""
_ABOUT: Final = """
SELECT DISTINCT m.invoice_id, g.citizen_id FROM rel_line_match m JOIN rel_grant g ON g.grant_id = m.grant_id
WHERE m.invoice_id = ANY(%(invoices)s)"""
_DEADLINES: Final = """
SELECT unit_id, kind, count(*) FROM rel_milestone WHERE due_on >= %(today)s AND due_on < %(ahead)s GROUP BY 1, 2
UNION ALL
SELECT unit_id, 'late_follow_up', count(*) FROM rel_grant
WHERE status = 'granted' AND follow_up_on < %(today)s AND (ends IS NULL OR ends > %(today)s) GROUP BY 1"""

Given = dict[str, Any]


def grant_facts() -> dict[UUID, GrantFact]:
    """What the registers say of every grant. One query."""
    return {grant_id: GrantFact(*told) for grant_id, *told in _ask(_FACTS, {})}


def days_of_grants(given: Given) -> dict[UUID, tuple[int, int, bool]]:
    """By grant: its days last year, its days this year, and whether it is one of transport. One query."""
    return {grant_id: (before, after, bool(ride)) for grant_id, before, after, ride in _ask(_DAYS, given)}


def checked_invoices(given: Given) -> list[tuple[UUID | None, int, int]]:
    """By unit: how many invoices came in the year, and what they ask for (øre). One query."""
    return [tuple(row) for row in _ask(_INVOICES, given)]


def rejected_invoices(given: Given) -> list[tuple[UUID, UUID | None, int]]:
    """(invoice, unit, øre) of the year's rejected ones. One query."""
    return [tuple(row) for row in _ask(_REJECTED, given)]


def citizens_on(invoices: Collection[UUID]) -> Mapping[UUID, list[UUID]]:
    """The citizens whose grants invoices were matched with. One query."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for invoice_id, citizen_id in _ask(_ABOUT, {"invoices": list(invoices)}):
        found[invoice_id].append(citizen_id)
    return found


def deadlines(given: Given) -> list[tuple[UUID | None, str, int]]:
    """(unit, kind, how many) of what falls due. One query."""
    return [tuple(row) for row in _ask(_DEADLINES, given)]


def units_of_savings() -> dict[UUID, UUID]:
    """The unit of each saving. One query."""
    return dict(_ask("SELECT saving_id, unit_id FROM rel_saving", {}))


def _ask(text: str, given: Given) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(text, given)
        rows: list[Any] = cursor.fetchall()
    return rows
