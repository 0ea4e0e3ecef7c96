"""The use cases of invoices, for the domains above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from styr.controls.core.report import ControlReport
from styr.controls.services import run_controls
from styr.invoices.deciding import Settled, UnableToDecideInvoiceError, approve_touchless, decide_invoice, mark_paid
from styr.invoices.rematching import rematch
from styr.invoices.storing import StoreResult, key_index, store_invoices

__all__ = [
    "Controlled",
    "Settled",
    "StoreResult",
    "UnableToDecideInvoiceError",
    "approve_touchless",
    "control_everything",
    "decide_invoice",
    "key_index",
    "mark_paid",
    "rematch",
    "store_invoices",
]


@dataclass(frozen=True, slots=True)
class Controlled:
    """What a control run did: lines matched, the controls' report, and where invoices were moved."""

    lines: int
    report: ControlReport
    settled: Settled


def control_everything(
    *, municipality_id: UUID, today: date, now: datetime, changed: Collection[UUID] | None = None
) -> Controlled:
    """Match all invoices, run all controls and settle what is touchless; or only what `changed` ids touch.

    Called inside a scope over the whole municipality. If a control could not run, nothing becomes ready: what nobody
    looked for cannot be said not to be there.
    """
    lines = rematch(municipality_id=municipality_id, changed=changed)
    report = run_controls(municipality_id=municipality_id, today=today, now=now, narrow_ids=changed)
    settled = Settled(0, 0) if report.failures else approve_touchless(municipality_id=municipality_id)
    return Controlled(lines, report, settled)
