"""The findings on invoices with what they build on, for those who decide invoices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value
from styr.controls.core.registry import REGISTRY
from styr.controls.core.verdict import Status
from styr.controls.filtering import COSTLIEST_FIRST
from styr.controls.models import Finding
from styr.controls.showing import FindingView, views_of


@dataclass(frozen=True, slots=True)
class FoundOnInvoice:
    """A finding that is open or decided, its exception code ("" where it has none) and its evidence."""

    view: FindingView
    exception_code: str
    evidence: Mapping[str, Value] = field(repr=False)

    @property
    def open(self) -> bool:
        """Whether nobody has settled it."""
        return self.view.status is Status.OPEN


def findings_of_invoices(invoice_ids: Collection[UUID]) -> tuple[FoundOnInvoice, ...]:
    """Findings on these invoices that still hold: open before decided, hard stops first, then by amount. One query."""
    rows = list(
        Finding.objects.filter(invoice_id__in=list(invoice_ids))
        .exclude(status=Status.CLOSED)
        .select_related("assignment__assignee")
        .order_by("-status", "-hard_stop", *COSTLIEST_FIRST)
    )
    return tuple(
        FoundOnInvoice(view, row.exception_code, {**_evidence(row), "amount_ore": row.amount_ore})
        for row, view in zip(rows, views_of(rows), strict=True)
    )


def _evidence(row: Finding) -> dict[str, Value]:
    return typed(row.evidence, REGISTRY[row.control_code].evidence) if row.control_code in REGISTRY else {}
