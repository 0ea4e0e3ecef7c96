"""The running contracts as open data (OCDS), within the caller's scope."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection

from styr.access.queries import municipality_code, municipality_name
from styr.contracts import queries as contracts
from styr.kernel.period import ONE_DAY
from styr.suppliers import queries as suppliers
from styr.texts.core.opendata import Price, PublicContract, package

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from styr.suppliers.queries import SupplierLine

_RUNNING = """
SELECT c.number, c.kind = 'framework', c.section, c.supplier_id, c.starts, c.ends, c.signed_on,
       coalesce(array_agg(ARRAY[l.service, l.unit, r.amount::text] ORDER BY l.line_no)
                FILTER (WHERE r.amount IS NOT NULL), '{}'),
       coalesce(c.citizen_id, CASE WHEN c.kind = 'framework' THEN c.supplier_id END)
FROM rel_contract AS c
LEFT JOIN rel_contract_line AS l ON l.contract_id = c.contract_id AND l.kind = 'base'
LEFT JOIN rel_contract_rate AS r ON r.contract_line_id = l.contract_line_id
     AND r.valid_from <= %(day)s AND (r.valid_to IS NULL OR r.valid_to > %(day)s)
WHERE c.status = 'signed' AND c.starts <= %(day)s AND (c.ends IS NULL OR c.ends > %(day)s)
GROUP BY 1, 2, 3, 4, 5, 6, 7, 9
"""
_A_PERSON = "sole_proprietor"


def open_contracts(*, today: date, now: datetime) -> tuple[dict[str, Any], int]:
    """The release package of the contracts that run today, and how many are left out as too few; five queries."""
    told = list(_public(today))
    return package(told, buyer_code=municipality_code(), buyer_name=municipality_name(), at=now)


def _public(today: date) -> Iterator[PublicContract]:
    known = {one.id: one for one in suppliers.all_suppliers()}
    services = contracts.service_names()
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING, {"day": today})
        for number, framework, section, supplier_id, starts, ends, signed_on, prices, about in cursor.fetchall():
            name, cvr = _named(known.get(supplier_id))
            yield PublicContract(
                number=number, framework=framework, section=section, supplier_name=name, supplier_cvr=cvr,
                starts=starts, last_day=ends and ends - ONE_DAY, signed_on=signed_on,
                about=str(about or ""),
                prices=tuple(Price(services.get(code, code), unit, Decimal(amount)) for code, unit, amount in prices),
            )  # fmt: skip


def _named(supplier: SupplierLine | None) -> tuple[str, str]:
    """Name and CVR number; both empty for a person."""
    if supplier is None or supplier.kind == _A_PERSON or not supplier.cvr:
        return "", ""
    return supplier.name, supplier.cvr
