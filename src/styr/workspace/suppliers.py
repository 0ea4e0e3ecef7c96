"""What the pages about suppliers show, gathered from the domains: a fixed number of queries, however many there are."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from styr.contracts import listing as contracts
from styr.contracts.queries import running_contracts_by_supplier
from styr.controls import counting
from styr.controls import queries as controls
from styr.invoices import spend as invoices
from styr.kernel.period import Period
from styr.suppliers import queries as suppliers
from styr.workspace.core.supplier_list import SupplierRow

_RUNNING = """
    SELECT supplier_id, count(*), count(DISTINCT citizen_id) FROM rel_grant
    WHERE supplier_id IS NOT NULL AND status = 'granted' AND starts <= %(today)s AND (ends IS NULL OR ends > %(today)s)
    GROUP BY supplier_id
"""
_LATEST = 12


@dataclass(frozen=True, slots=True)
class Running:
    """Grants that run, and how many citizens they are for."""

    grants: int
    citizens: int


@dataclass(frozen=True, slots=True)
class SupplierPage:
    """The first sheet about one supplier; `months` covers `period`, months without documents left out."""

    supplier: suppliers.SupplierLine
    running: Running
    contracts: tuple[contracts.ListedContract, ...]
    contract_total: int
    findings: tuple[controls.KindCount, ...]
    period: Period
    months: tuple[invoices.MonthSpend, ...]
    spend: invoices.Spend
    share: float | None
    invoices: tuple[invoices.SupplierInvoice, ...]


def year_before(today: date) -> Period:
    """The twelve whole months before this one, and this one so far: what a list calls the last year."""
    return Period(date(today.year - 1, today.month, 1), None)


def supplier_rows(*, today: date) -> list[SupplierRow]:
    """Return every supplier by name with what the domains know of it. Six queries."""
    listed = suppliers.all_suppliers()
    offers = suppliers.provider_unit_counts()
    running = running_contracts_by_supplier(today)
    grants = _running(today)
    spent = invoices.spend_by_supplier(year_before(today))
    found = counting.open_findings("supplier_id", [line.id for line in listed])
    nothing, nobody = invoices.NOTHING, Running(0, 0)
    return [
        SupplierRow(
            id=line.id,
            name=line.name,
            cvr=line.cvr,
            kind=line.kind,
            offers=offers.get(line.id, 0),
            contracts=running.get(line.id, 0),
            grants=grants.get(line.id, nobody).grants,
            citizens=grants.get(line.id, nobody).citizens,
            spend_ore=spent.get(line.cvr, nothing).invoiced_ore,
            findings=found.get(line.id, counting.NONE_OPEN).count,
            at_stake_ore=found.get(line.id, counting.NONE_OPEN).amount_ore,
        )
        for line in listed
    ]


def supplier_page(*, supplier_id: UUID, today: date) -> SupplierPage:
    """Return the first sheet about a supplier. Eight queries.

    Raises:
        SupplierNotVisibleError: there is none in the municipality.
    """
    supplier = suppliers.supplier_line(supplier_id)
    period = year_before(today)
    wanted = contracts.ContractFilter(supplier_id=supplier_id)
    shown, total = contracts.contract_rows(wanted, today=today, sort="-slut", size=_LATEST)
    spent = invoices.spend_by_supplier(period)
    own = spent.get(supplier.cvr, invoices.NOTHING)
    whole = sum(one.invoiced_ore for one in spent.values() if one.invoiced_ore > 0)
    return SupplierPage(
        supplier=supplier,
        running=_running(today, supplier_id).get(supplier_id, Running(0, 0)),
        contracts=tuple(shown),
        contract_total=total,
        findings=controls.findings_by_kind(controls.FindingFilter(supplier_id=supplier_id)),
        period=period,
        months=tuple(invoices.spend_by_month(supplier.cvr, period)),
        spend=own,
        share=own.invoiced_ore / whole if whole and own.invoiced_ore > 0 else None,
        invoices=tuple(invoices.latest_invoices(supplier.cvr, limit=_LATEST)),
    )


def _running(today: date, supplier_id: UUID | None = None) -> dict[UUID, Running]:
    one = "" if supplier_id is None else "HAVING supplier_id = %(supplier)s"
    with connection.cursor() as cursor:
        cursor.execute(_RUNNING + one, {"today": today, "supplier": supplier_id})
        return {row[0]: Running(row[1], row[2]) for row in cursor.fetchall()}
