"""The use cases of invoices, for the domains above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from styr.controls.core.report import ControlReport
from styr.controls.services import run_controls
from styr.invoices.crediting import settle_credited
from styr.invoices.deciding import (
    Settled,
    UnableToDecideInvoiceError,
    approve_touchless,
    mark_paid,
    payable_among,
    take_back_paid,
)
from styr.invoices.decisions import BulkApproved, approve_invoice, approve_ready, reject_invoice, wait_for_credit_note
from styr.invoices.following import (
    Claim,
    FollowUpChangedMeanwhileError,
    UnableToFollowUpError,
    change_follow_up,
    drop_follow_up,
    settle_follow_up,
)
from styr.invoices.hand_matching import UnableToMatchError, match_by_hand, unmatch
from styr.invoices.holding import InvoiceChangedMeanwhileError
from styr.invoices.letters import (
    LetterDraft,
    UnableToSendLetterError,
    change_letter,
    note_sent,
    send_letter,
)
from styr.invoices.questioning import ASKABLE, UnableToAnswerError, answer_question, ask_about_invoice
from styr.invoices.rematching import rematch
from styr.invoices.storing import StoreResult, key_index, store_invoices
from styr.invoices.undoing import UNDO_WITHIN, undo_decision, undo_together

__all__ = [
    "ASKABLE",
    "UNDO_WITHIN",
    "BulkApproved",
    "Claim",
    "Controlled",
    "FollowUpChangedMeanwhileError",
    "InvoiceChangedMeanwhileError",
    "LetterDraft",
    "Settled",
    "StoreResult",
    "UnableToAnswerError",
    "UnableToDecideInvoiceError",
    "UnableToFollowUpError",
    "UnableToMatchError",
    "UnableToSendLetterError",
    "answer_question",
    "approve_invoice",
    "approve_ready",
    "approve_touchless",
    "ask_about_invoice",
    "change_follow_up",
    "change_letter",
    "control_everything",
    "drop_follow_up",
    "key_index",
    "mark_paid",
    "match_by_hand",
    "note_sent",
    "payable_among",
    "reject_invoice",
    "rematch",
    "send_letter",
    "settle_credited",
    "settle_follow_up",
    "store_invoices",
    "take_back_paid",
    "undo_decision",
    "undo_together",
    "unmatch",
    "wait_for_credit_note",
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

    Called inside a scope over the whole municipality. Credit notes that have come settle what waited for them. If a
    control could not run, nothing becomes ready; what is no longer in order goes back all the same.
    """
    lines = rematch(municipality_id=municipality_id, changed=changed)
    report = run_controls(municipality_id=municipality_id, today=today, now=now, narrow_ids=changed)
    settle_credited(municipality_id=municipality_id, now=now)
    settled = approve_touchless(municipality_id=municipality_id, today=today, complete=not report.failures)
    return Controlled(lines, report, settled)
