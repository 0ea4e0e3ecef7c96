"""Whom a line could be for where the matching cannot tell: grants of the supplier at the time, the likeliest first."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db import connection

from styr.invoices.core.breakdown import price_text
from styr.kernel.danish import danish_date
from styr.kernel.period import ONE_DAY

_FIND: Final = """
    WITH asked AS (
        SELECT l.id AS line_id, l.unit_price, l.measure, l.service,
               coalesce(l.period_start, i.issue_date - 31) AS starts,
               coalesce(l.period_end, i.issue_date + 1) AS ends, s.supplier_id
        FROM invoices_invoiceline l JOIN invoices_invoice i ON i.id = l.invoice_id
        LEFT JOIN rel_supplier s ON s.cvr = i.supplier_cvr
        WHERE l.invoice_id = %(invoice)s
    ),
    keyed AS (
        SELECT DISTINCT c.citizen_id FROM invoices_invoicekey k
        JOIN rel_citizen c ON (k.kind = 'cpr' AND c.cpr_index = k.value) OR (k.kind = 'name' AND c.name_key = k.value)
            OR (k.kind = 'birth_date' AND c.birth_date::text = k.value)
        WHERE k.invoice_id = %(invoice)s
    ),
    party AS (
        SELECT g.*, coalesce(g.supplier_id, c.supplier_id) AS party_id
        FROM rel_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
        WHERE CASE WHEN %(searched)s THEN g.number = %(number)s OR g.citizen_id = ANY(%(citizens)s)
              ELSE coalesce(g.supplier_id, c.supplier_id) IN (SELECT supplier_id FROM asked)
                OR g.citizen_id IN (SELECT citizen_id FROM keyed)
                OR g.number IN (SELECT k.value FROM invoices_invoicekey k
                                WHERE k.invoice_id = %(invoice)s AND k.kind = 'grant_number') END
    )
    SELECT p.grant_id, p.number, p.citizen_id, p.section, p.status, p.starts, p.ends, sv.service_id, sv.service,
           sv.unit, r.price, bool_or(r.price = a.unit_price) AS at_price,
           p.citizen_id IN (SELECT citizen_id FROM keyed) AS named,
           bool_or(p.starts < a.ends AND coalesce(p.ends, 'infinity') > a.starts) AS then_running,
           bool_or(p.party_id = a.supplier_id) AS same_supplier, EXISTS (SELECT FROM keyed) AS somebody_named
    FROM party p
    CROSS JOIN asked a
    JOIN rel_service sv ON sv.grant_id = p.grant_id
    LEFT JOIN LATERAL (
        SELECT rr.amount * sv.factor AS price FROM rel_rate rr
        WHERE rr.service_id = sv.service_id AND rr.valid_from < a.ends AND coalesce(rr.valid_to, 'infinity') > a.starts
        ORDER BY rr.valid_from DESC LIMIT 1) r ON true
    GROUP BY p.grant_id, p.number, p.citizen_id, p.section, p.status, p.starts, p.ends, sv.service_id, sv.service,
             sv.unit, r.price
    ORDER BY (p.citizen_id IN (SELECT citizen_id FROM keyed)) DESC, bool_or(r.price = a.unit_price) DESC NULLS LAST,
             bool_or(p.starts < a.ends AND coalesce(p.ends, 'infinity') > a.starts) DESC, p.number, sv.service_id
    LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service of a grant that a line could be for, and what speaks for it."""

    grant_id: UUID
    number: str
    citizen_id: UUID
    section: str
    status: str
    starts: date
    ends: date | None
    service_id: UUID
    service: str
    unit: str
    price: Decimal | None
    at_price: bool | None
    named: bool
    running: bool
    same_supplier: bool | None
    somebody_named: bool

    @property
    def price_text(self) -> str:
        """The price as it is written, or a dash."""
        return "–" if self.price is None else price_text(self.price)

    @property
    def days(self) -> str:
        """The grant's days, the last one inclusive."""
        last = f"{danish_date(self.ends - ONE_DAY)}" if self.ends else "indtil videre"
        return f"{danish_date(self.starts)} – {last}"

    @property
    def reasons(self) -> tuple[str, ...]:
        """What speaks for it, in words."""
        told = (
            (self.named, "borgeren er nævnt på fakturaen"),
            (bool(self.at_price), "prisen passer"),
            (self.running, "løb i perioden"),
            (bool(self.same_supplier), "samme leverandør"),
        )
        return tuple(words for holds, words in told if holds)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What speaks against it, in words."""
        told = (
            (self.somebody_named and not self.named, "fakturaen nævner en anden borger"),
            (self.at_price is False, "prisen er en anden"),
            (not self.running, "løb ikke i perioden"),
            (self.same_supplier is not True, "en anden leverandør"),
        )
        return tuple(words for holds, words in told if holds)


@dataclass(frozen=True, slots=True)
class Searched:
    """What somebody searches for: a grant's number, or citizens."""

    number: str = ""
    citizens: tuple[UUID, ...] = ()


def candidates_of(invoice_id: UUID, *, searched: Searched | None = None, most: int = 20) -> tuple[Candidate, ...]:
    """The grants that an invoice could be for, or that somebody searches for, the likeliest first. One query.

    Only grants within the caller's reach are found.
    """
    given: dict[str, Any] = {
        "invoice": invoice_id,
        "most": most,
        "searched": searched is not None,
        "number": searched.number if searched else "",
        "citizens": list(searched.citizens) if searched else [],
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, given)
        return tuple(Candidate(*row) for row in cursor.fetchall())
