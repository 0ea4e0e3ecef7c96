"""The findings on invoices with what they build on, for those who decide invoices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import OuterRef, Subquery

from styr.controls.core.evidence import typed
from styr.controls.core.explain import Value
from styr.controls.core.registry import REGISTRY
from styr.controls.core.settled import settled
from styr.controls.core.verdict import Status, Verdict
from styr.controls.filtering import COSTLIEST_FIRST
from styr.controls.models import Finding, FindingDecision
from styr.controls.showing import FindingView, views_of

_LATEST = FindingDecision.objects.filter(finding_id=OuterRef("id")).order_by("-decided_at", "-id")


@dataclass(frozen=True, slots=True)
class FoundOnInvoice:
    """A finding that is open or decided, its exception code ("" where it has none) and its evidence."""

    view: FindingView
    exception_code: str
    evidence: Mapping[str, Value] = field(repr=False)
    verdict: Verdict | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be settled: nobody has decided it, or they decided that it is wrong."""
        return not settled(status=self.view.status, verdict=self.verdict, hard_stop=self.view.hard_stop)


def findings_of_invoices(invoice_ids: Collection[UUID]) -> tuple[FoundOnInvoice, ...]:
    """Findings on these invoices that still hold: open before decided, hard stops first, then by amount. One query."""
    rows = list(
        Finding.objects.filter(invoice_id__in=list(invoice_ids))
        .exclude(status=Status.CLOSED)
        .select_related("assignment__assignee")
        .annotate(verdict=Subquery(_LATEST.values("verdict")[:1]))
        .order_by("-status", "-hard_stop", *COSTLIEST_FIRST)
    )
    return tuple(
        FoundOnInvoice(view, row.exception_code, {**_evidence(row), "amount_ore": row.amount_ore}, _verdict(row))
        for row, view in zip(rows, views_of(rows), strict=True)
    )


def _verdict(row: Finding) -> Verdict | None:
    return Verdict(row.verdict) if row.status == Status.DECIDED and row.verdict else None  # type: ignore[attr-defined]  # annotated above


def _evidence(row: Finding) -> dict[str, Value]:
    return typed(row.evidence, REGISTRY[row.control_code].evidence) if row.control_code in REGISTRY else {}
