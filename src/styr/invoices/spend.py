"""What suppliers have invoiced (forbrug), by CVR number: a supplier may stand twice in the register."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from styr.invoices.core.codes import Status
from styr.invoices.models import Invoice
from styr.kernel.period import Period

_ACCEPTED = (Status.READY.value, Status.APPROVED.value, Status.PAID.value)


@dataclass(frozen=True, slots=True)
class Spend:
    """Documents and øre (credit notes subtracted); rejected documents are left out.

    `accepted_ore` is what is ready, approved or paid; the rest waits for somebody to explain it.
    """

    documents: int
    invoiced_ore: int
    accepted_ore: int


@dataclass(frozen=True, slots=True)
class MonthSpend:
    """A month (its first day) by date of issue."""

    month: date
    spend: Spend


@dataclass(frozen=True, slots=True)
class SupplierInvoice:
    """A document of a supplier in a list; a credit note's amount is negative."""

    id: UUID
    kind: str
    number: str
    issue_date: date | None
    payable_ore: int
    status: Status


NOTHING = Spend(0, 0, 0)


def spend_by_supplier(period: Period, *, cvrs: Collection[str] | None = None) -> dict[str, Spend]:
    """Sum what was issued in the period, by CVR number. One query."""
    found = _issued(period)
    if cvrs is not None:
        found &= Q(supplier_cvr__in=list(cvrs))
    groups = Invoice.objects.filter(found).values("supplier_cvr").annotate(**_SUMS)
    return {group["supplier_cvr"]: _spend(group) for group in groups}


def spend_by_month(cvr: str, period: Period) -> list[MonthSpend]:
    """Sum what one supplier issued in the period, month by month; months without documents are left out. One query."""
    groups = (
        Invoice.objects.filter(_issued(period), supplier_cvr=cvr)
        .annotate(month=TruncMonth("issue_date"))
        .values("month")
        .annotate(**_SUMS)
        .order_by("month")
    )
    return [MonthSpend(group["month"], _spend(group)) for group in groups]


def latest_invoices(cvr: str, *, limit: int) -> list[SupplierInvoice]:
    """Return the supplier's latest documents. One query."""
    rows = Invoice.objects.filter(supplier_cvr=cvr).order_by("-issue_date", "-received_at", "id")[:limit]
    return [
        SupplierInvoice(row.id, row.kind, row.number, row.issue_date, row.payable_ore, Status(row.status))
        for row in rows
    ]


_SUMS = {
    "documents": Count("id"),
    "invoiced": Sum("payable_ore"),
    "accepted": Sum("payable_ore", filter=Q(status__in=_ACCEPTED)),
}


def _issued(period: Period) -> Q:
    found = Q(issue_date__gte=period.start) & ~Q(status=Status.REJECTED.value) & ~Q(supplier_cvr="")
    return found if period.end is None else found & Q(issue_date__lt=period.end)


def _spend(group: Mapping[str, Any]) -> Spend:
    return Spend(group["documents"] or 0, group["invoiced"] or 0, group["accepted"] or 0)
