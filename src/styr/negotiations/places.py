"""The grants that savings and negotiations are about, as the registers have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.kernel.refusal import NotThere
from styr.negotiations.core.rules import Place

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

_GRANT: Final = """
SELECT g.grant_id, g.number, m.municipality_id, g.unit_id, g.citizen_id, g.section, g.status, g.starts, g.ends,
       g.caseworker, g.contract_id, c.number, coalesce(c.supplier_id, g.supplier_id), coalesce(p.name, ''),
       coalesce(p.kind, '')
FROM rel_grant g
JOIN (SELECT id, municipality_id FROM access_unit) m ON m.id = g.unit_id
LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
LEFT JOIN suppliers_supplier p ON p.id = coalesce(c.supplier_id, g.supplier_id)
WHERE g.grant_id = %(grant)s
"""
_LINES: Final = """
SELECT s.service_id, s.line_no, s.service, s.unit, s.per, s.quantity, s.starts, s.ends, s.contract_line_id,
       (SELECT r.amount FROM rel_rate r WHERE r.service_id = s.service_id AND r.valid_from <= %(day)s
        AND (r.valid_to IS NULL OR r.valid_to > %(day)s) LIMIT 1),
       l.kind, l.hours, l.hourly_rate, l.purpose, l.evaluation_on
FROM rel_service s LEFT JOIN rel_contract_line l ON l.contract_line_id = s.contract_line_id
WHERE s.grant_id = %(grant)s ORDER BY s.line_no, s.starts
"""
_PRICE: Final = """
SELECT amount FROM rel_rate WHERE service_id = %(line)s AND valid_from <= %(day)s
ORDER BY (valid_to IS NULL OR valid_to > %(day)s) DESC, valid_from DESC LIMIT 1
"""


class GrantNotThereError(NotThere):
    """There is no such grant or line, or the caller may not see it."""

    def __init__(self) -> None:
        super().__init__("Bevillingen findes ikke, eller du har ikke adgang til den.")


@dataclass(frozen=True, slots=True)
class GrantPlace:
    """A grant with the contract and supplier that it buys by; ends exclusive."""

    id: UUID
    number: str
    municipality_id: UUID
    unit_id: UUID
    citizen_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    caseworker: str
    contract_id: UUID | None
    contract_number: str | None
    supplier_id: UUID | None
    supplier_name: str
    supplier_kind: str


@dataclass(frozen=True, slots=True)
class LinePlace:
    """A service line of a grant, with the price in force on the day asked about, and its contract line's facts."""

    id: UUID
    line_no: int
    service: str
    unit: str
    per: str
    quantity: Decimal
    starts: date
    ends: date | None
    contract_line_id: UUID | None
    price: Decimal | None
    kind: str | None
    hours: Decimal | None
    hourly_rate: Decimal | None
    purpose: str | None
    evaluation_on: date | None


def grant_place(grant_id: UUID) -> GrantPlace:
    """Return the grant; one query.

    Raises:
        GrantNotThereError: there is none for the caller.
    """
    with connection.cursor() as cursor:
        cursor.execute(_GRANT, {"grant": grant_id})
        row = cursor.fetchone()
    if row is None:
        raise GrantNotThereError
    return GrantPlace(*row)


def lines_of(grant_id: UUID, *, on: date) -> list[LinePlace]:
    """Return the grant's service lines with the price on a day; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LINES, {"grant": grant_id, "day": on})
        return [LinePlace(*row) for row in cursor.fetchall()]


def place_of(grant: GrantPlace, line_id: UUID | None, *, before: date) -> Place:
    """What a saving from a day is held against: of a line, its quantity and the price that held the day before.

    A line without a price on that day answers with its first.

    Raises:
        GrantNotThereError: the line is none of the grant's.
    """
    if line_id is None:
        return Place(grant.number, grant.status, grant.starts, grant.ends, None)
    found = [one for one in lines_of(grant.id, on=before) if one.id == line_id]
    if not found:
        raise GrantNotThereError
    line = found[0]
    with connection.cursor() as cursor:
        cursor.execute(_PRICE, {"line": line_id, "day": before})
        row = cursor.fetchone()
    return Place(grant.number, grant.status, line.starts, line.ends, row[0] if row else None, line.quantity)
