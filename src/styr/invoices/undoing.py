"""Taking a decision back: a decision of its own, kept like any other, that puts the invoice where it was."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from styr.controls.core.verdict import Status as FindingStatus
from styr.controls.handling import reopen_with_invoice
from styr.controls.on_invoices import findings_of_invoices
from styr.controls.rerunning import request_rerun
from styr.invoices.core.codes import Decided, Status, Waiting
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.following import drop_with_decision
from styr.invoices.holding import refuse_outside
from styr.invoices.letters import sent_with, withdraw_with
from styr.invoices.models import Decision, Invoice
from styr.invoices.questioning import revive_questions, withdraw_questions
from styr.invoices.sent import refuse_sent

UNDO_WITHIN: Final = timedelta(hours=24)
"""For so long one's own decision is taken back without a word; later, or another's, with a reason."""
_REGRETTED: Final = "Fortrudt."


@transaction.atomic
def undo_decision(*, decision_id: UUID, actor_id: UUID, now: datetime, reason: str = "") -> Decision:
    """Take the latest decision of an invoice that still stands back; return the decision that does so.

    Its follow-up is dropped, its question and its unsent letter are withdrawn, and the findings that it settled are
    open again; the questions that it withdrew wait for an answer again. What is paid stays paid. When the second of two
    approvals is taken back, the first can be as well.

    Raises:
        UnableToDecideInvoiceError: it is not there, not the latest, or in a unit where the person may not decide; the
            invoice is paid or sent to be; or a reason is missing: for somebody else's decision, one more than a day
            old, or one whose letter is sent.
    """
    found = Decision.objects.filter(id=decision_id).first()
    if found is None:
        raise UnableToDecideInvoiceError("Afgørelsen findes ikke, eller den ligger uden for dit område.")
    invoice = Invoice.objects.select_for_update().get(id=found.invoice_id)
    refuse_outside(invoice, actor_id=actor_id, now=now)
    _refuse(found, invoice)
    own = found.decided_by_id == actor_id and now - found.decided_at <= UNDO_WITHIN and not sent_with(found)
    if not own and not reason.strip():
        raise UnableToDecideInvoiceError(_why_reason(found, actor_id))
    undone = Decision.objects.create(
        municipality_id=found.municipality_id,
        unit_id=invoice.unit_id,
        invoice=invoice,
        outcome=Decided.UNDONE.value,
        reason=reason.strip() or _REGRETTED,
        status_before=invoice.status,
        waits_before=invoice.waits_for,
        undoes=found,
        decided_by_id=actor_id,
        decided_at=now,
    )
    invoice.status, invoice.waits_for = found.status_before or Status.RECEIVED.value, found.waits_before
    invoice.save(update_fields=["status", "waits_for"])
    _take_along(found, actor_id, now)
    request_rerun(municipality_id=invoice.municipality_id, ids=[invoice.id])
    return undone


@transaction.atomic
def undo_together(*, decided_at: datetime, actor_id: UUID, now: datetime) -> int:
    """Take back a bulk approval: everything that the person approved at that very moment and that is not paid.

    Raises:
        UnableToDecideInvoiceError: there is nothing left of it to take back.
    """
    together = Decision.objects.filter(
        decided_by_id=actor_id, decided_at=decided_at, outcome=Decided.APPROVED.value, undone_by=None
    ).exclude(invoice__status=Status.PAID.value)
    ids = list(together.order_by("id").values_list("id", flat=True))
    if not ids:
        raise UnableToDecideInvoiceError("Der er ikke noget at fortryde: fakturaerne er betalt eller afgjort igen.")
    for one in ids:
        undo_decision(decision_id=one, actor_id=actor_id, now=now)
    return len(ids)


def _refuse(found: Decision, invoice: Invoice) -> None:
    standing = Decision.objects.filter(invoice=invoice, undone_by=None).exclude(outcome=Decided.UNDONE.value)
    latest = standing.order_by("-decided_at", "-id").first()
    if latest is None or latest.id != found.id:
        raise UnableToDecideInvoiceError("Afgørelsen er ikke den seneste og kan ikke fortrydes.")
    if invoice.status == Status.PAID.value:
        raise UnableToDecideInvoiceError("Fakturaen er betalt. Opret en opfølgning i stedet.")
    refuse_sent(invoice.id)
    if found.outcome in {Decided.ASKED.value, Decided.WAITING.value, Decided.FIRST.value} and not invoice.waits_for:
        raise UnableToDecideInvoiceError("Fakturaen venter ikke længere, så der er ikke noget at fortryde.")


def _why_reason(found: Decision, actor_id: UUID) -> str:
    if found.decided_by_id != actor_id:
        return "En anden har truffet afgørelsen. Skriv, hvorfor den tages tilbage."
    if sent_with(found):
        return "Brevet til leverandøren er sendt. Skriv, hvorfor afgørelsen tages tilbage."
    return "Afgørelsen er mere end et døgn gammel. Skriv, hvorfor den tages tilbage."


def _take_along(found: Decision, actor_id: UUID, now: datetime) -> None:
    drop_with_decision(decision=found, actor_id=actor_id, now=now)
    withdraw_with(found)
    if found.outcome == Decided.ASKED.value and Waiting(found.waits_before) is not Waiting.ANSWER:
        withdraw_questions(invoice_id=found.invoice_id, now=now)
    if found.outcome == Decided.REJECTED.value:
        revive_questions(invoice_id=found.invoice_id, withdrawn_at=found.decided_at)
    if found.outcome != Decided.APPROVED.value or not found.grounds:
        return
    accepted = {UUID(ground["finding_id"]) for ground in found.grounds}
    for one in findings_of_invoices([found.invoice_id]):
        if one.view.id in accepted and one.view.status is FindingStatus.DECIDED:
            reopen_with_invoice(
                finding_id=one.view.id, reason="Fakturaens afgørelse blev fortrudt.", actor_id=actor_id, now=now
            )
