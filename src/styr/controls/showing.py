"""A finding as people read it: one Danish sentence, its source, and who settles it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from styr.controls.core.evidence import typed
from styr.controls.core.explain import explain
from styr.controls.core.registry import REGISTRY, Registry
from styr.controls.core.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from styr.controls.models import Finding


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding as it is shown: one Danish sentence, its source, and who settles it. Never a name or a CPR number."""

    id: UUID
    code: str
    title: str
    sentence: str
    source: str
    severity: str
    hard_stop: bool
    owner_role: str
    amount_ore: int | None
    status: Status
    lapsed: bool  # somebody decided, but the evidence has changed since
    subject_kind: str
    subject_id: UUID
    unit_id: UUID | None
    citizen_id: UUID | None
    supplier_id: UUID | None
    grant_id: UUID | None
    contract_id: UUID | None
    invoice_id: UUID | None
    first_seen: datetime
    last_seen: datetime
    closed_at: datetime | None
    fingerprint: str  # of the evidence shown; hand it back with a decision
    holder: str  # whom it lies with, by name; "" for everybody in the role


def views_of(rows: Iterable[Finding]) -> tuple[FindingView, ...]:
    """The findings as they are shown, in the order given."""
    return tuple(_view(row) for row in rows)


def title_of(code: str, registry: Registry = REGISTRY) -> str:
    """A control's title; also of one that is gone, since its findings stay."""
    return registry.control(code).title if code in registry else f"Udgået kontrol ({code})"


def source_of(code: str, registry: Registry = REGISTRY) -> str:
    """The law or contract behind a control."""
    return registry.control(code).source if code in registry else ""


def sentence_of(code: str, evidence: dict[str, object], amount_ore: int | None, registry: Registry = REGISTRY) -> str:
    """What the evidence says, in one sentence."""
    if code not in registry:
        return "Kontrollen findes ikke længere."
    entry = registry[code]
    values = {**typed(evidence, entry.evidence), "amount_ore": amount_ore}
    return explain(entry.control.explanation, values)


def _view(row: Finding) -> FindingView:
    return FindingView(
        id=row.id,
        code=row.control_code,
        title=title_of(row.control_code),
        sentence=sentence_of(row.control_code, row.evidence, row.amount_ore),
        source=source_of(row.control_code),
        severity=row.severity,
        hard_stop=row.hard_stop,
        owner_role=row.owner_role,
        amount_ore=row.amount_ore,
        status=Status(row.status),
        lapsed=row.status == Status.OPEN and bool(row.decided_fingerprint),
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        unit_id=row.unit_id,
        citizen_id=row.citizen_id,
        supplier_id=row.supplier_id,
        grant_id=row.grant_id,
        contract_id=row.contract_id,
        invoice_id=row.invoice_id,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        closed_at=row.closed_at,
        fingerprint=row.fingerprint,
        holder=row.assignment.assignee.name if hasattr(row, "assignment") else "",
    )
