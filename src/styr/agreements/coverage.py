"""How much of what is spent stands under a contract that is registered, signed and quality-assured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import connection

from styr.invoices.spend import spend_by_supplier
from styr.kernel.period import Period
from styr.suppliers.queries import SupplierLine, all_suppliers

if TYPE_CHECKING:
    from uuid import UUID

_SIGNED: Final = (
    "c.status IN ('signed', 'terminated') AND c.signed_on < month + interval '1 month' "
    "AND c.starts < month + interval '1 month' AND (c.ends IS NULL OR c.ends > month)"
)
_MONTHS: Final = f"""
WITH spent AS (
    SELECT date_trunc('month', i.issue_date)::date AS month, coalesce(m.contract_id, g.contract_id) AS contract_id,
           sum(l.net_ore) AS ore
    FROM rel_invoice i JOIN rel_invoice_line l ON l.invoice_id = i.invoice_id
    LEFT JOIN rel_line_match m ON m.invoice_line_id = l.invoice_line_id
    LEFT JOIN rel_grant g ON g.grant_id = m.grant_id
    WHERE i.issue_date >= %(first)s AND i.issue_date < %(after)s AND i.status <> 'rejected'
    GROUP BY 1, 2
)
SELECT month, sum(ore)::bigint, coalesce(sum(ore) FILTER (WHERE c.contract_id IS NOT NULL), 0)::bigint,
       coalesce(sum(ore) FILTER (WHERE {_SIGNED}), 0)::bigint,
       coalesce(sum(ore) FILTER (WHERE {_SIGNED} AND q.assured_on < month + interval '1 month'), 0)::bigint
FROM spent LEFT JOIN rel_contract c ON c.contract_id = spent.contract_id
LEFT JOIN agreements_qualitymark q ON q.contract_id = c.contract_id
GROUP BY month ORDER BY month
"""  # noqa: S608 - constants
_LACKING: Final = """
SELECT g.supplier_id, array_agg(g.number ORDER BY g.number)
FROM rel_grant g LEFT JOIN rel_contract c ON c.contract_id = g.contract_id
WHERE g.supplier_id IS NOT NULL AND g.status = 'granted' AND g.starts <= %(today)s
  AND (g.ends IS NULL OR g.ends > %(today)s)
  AND (c.contract_id IS NULL OR c.status NOT IN ('signed', 'terminated') OR c.ends <= %(today)s)
GROUP BY g.supplier_id
"""
_HAVING: Final = (
    "SELECT DISTINCT supplier_id FROM rel_contract "
    "WHERE status IN ('signed', 'terminated') AND (ends IS NULL OR ends > %(today)s)"
)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class MonthCoverage:
    """What was invoiced in a month (øre), and how much under a contract that is registered, signed, quality-assured.

    Signed and quality-assured count when they were so at the month's end, and the contract ran in the month.
    """

    month: date
    spent_ore: int
    registered_ore: int
    signed_ore: int
    assured_ore: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Months, the earliest first, and what they come to."""

    months: tuple[MonthCoverage, ...]

    def share(self, what: str) -> float | None:
        """The share of all that was spent: `what` is registered, signed or assured; None when nothing was spent."""
        spent = sum(one.spent_ore for one in self.months)
        if spent <= 0:
            return None
        covered: int = sum(getattr(one, f"{what}_ore") for one in self.months)
        return covered / spent


@dataclass(frozen=True, slots=True)
class Lacking:
    """A supplier that is paid, or has grants, without a signed contract."""

    supplier_id: UUID
    name: str
    cvr: str
    grants: tuple[str, ...]
    spend_ore: int


def coverage(*, today: date) -> Coverage:
    """The last twelve whole months and this one so far; one query."""
    first = date(today.year - 1, today.month, 1)
    after = date(today.year + today.month // _YEAR, today.month % _YEAR + 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, {"first": first, "after": after})
        return Coverage(tuple(MonthCoverage(*row) for row in cursor.fetchall()))


def lacking_of(supplier: SupplierLine, *, today: date) -> Lacking | None:
    """What one supplier lacks; None when nothing. At most three queries."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_LACKING} HAVING g.supplier_id = %(supplier)s", {"today": today, "supplier": supplier.id})
        found = cursor.fetchone()
        if found is None:
            cursor.execute(f"{_HAVING} AND supplier_id = %(supplier)s", {"supplier": supplier.id, "today": today})
            if cursor.fetchone() is not None:
                return None
    spent = spend_by_supplier(Period(date(today.year - 1, today.month, 1), None), cvrs=[supplier.cvr])
    spend = spent[supplier.cvr].invoiced_ore if supplier.cvr in spent else 0
    if found is None and spend <= 0:
        return None
    return Lacking(supplier.id, supplier.name, supplier.cvr, tuple(found[1]) if found else (), spend)


def lacking(*, today: date) -> tuple[Lacking, ...]:
    """Suppliers with running grants without a signed contract, or with invoices and no signed contract; dearest first.

    Four queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LACKING, {"today": today})
        grants = dict(cursor.fetchall())
        cursor.execute(_HAVING, {"today": today})
        having = {row[0] for row in cursor.fetchall()}
    spent = spend_by_supplier(Period(date(today.year - 1, today.month, 1), None))
    found = []
    for line in all_suppliers():
        spend = spent[line.cvr].invoiced_ore if line.cvr in spent else 0
        if line.id in grants or (spend > 0 and line.id not in having):
            found.append(Lacking(line.id, line.name, line.cvr, tuple(grants.get(line.id, ())), spend))
    return tuple(sorted(found, key=lambda one: (-one.spend_ore, one.name)))
