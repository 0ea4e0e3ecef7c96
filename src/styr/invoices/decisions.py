"""People's decisions about an invoice: approve (alone or as one of two), reject, or wait for a credit note."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from styr.controls.rerunning import request_rerun
from styr.controls.services import accept_with_invoice
from styr.invoices.core.codes import Decided, Status, Waiting
from styr.invoices.core.reasons import NOTHING_WRONG
from styr.invoices.deciding import UnableToDecideInvoiceError, held_among
from styr.invoices.following import Claim, open_follow_up
from styr.invoices.holding import Held, four_eyes_from, hold, moved
from styr.invoices.letters import LetterDraft, keep_letter
from styr.invoices.models import Decision, Invoice
from styr.invoices.questioning import withdraw_questions
from styr.kernel.clock import danish_day

MOST_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True)
class BulkApproved:
    """What a bulk approval came to; all of it bears the same moment, by which it can be taken back."""

    count: int
    amount_ore: int
    decided_at: datetime


@transaction.atomic
def approve_invoice(  # noqa: PLR0913 - one use case, all by keyword
    *, invoice_id: UUID, reason: str, actor_id: UUID, seen: str | None, now: datetime, claim: Claim | None = None
) -> Decision:
    """Approve an invoice, also in spite of its findings; return the decision, which is the first of two or the final.

    A second person must approve what is above the municipality's limit for four eyes, whatever a hard stop is on, and
    what no control has looked at yet; that takes a reason as findings do.
    The findings are accepted with the reason. `claim` makes a follow-up on what is paid too much.

    Raises:
        UnableToDecideInvoiceError: it is not there, is decided, waits for somebody else, is above the person's limit,
            the reason is missing, or the two persons are one.
        InvoiceChangedMeanwhileError: it is not as it was seen.
    """
    held = hold(invoice_id=invoice_id, seen=seen, actor_id=actor_id, now=now)
    _refuse_waiting(held)
    given = reason.strip() or ("" if held.open or held.uncontrolled else NOTHING_WRONG)
    two = (
        bool(held.stops)
        | held.uncontrolled
        | four_eyes_from(
            actor_id=actor_id, unit_id=held.invoice.unit_id, amount_ore=held.amount_ore, on=danish_day(now)
        )
    )
    if held.invoice.waits_for == Waiting.SECOND.value:
        _refuse_same_person(held, actor_id)
    elif two:
        first = moved(
            held, Decided.FIRST, status=Status(held.invoice.status), waits_for=Waiting.SECOND,
            reason=given, actor_id=actor_id, now=now,
        )  # fmt: skip
        _follow(held, first, claim, actor_id, now)
        return first
    final = moved(
        held, Decided.APPROVED, status=Status.APPROVED, waits_for=Waiting.NOBODY,
        reason=given, actor_id=actor_id, now=now,
    )  # fmt: skip
    for found in held.open:
        accept_with_invoice(
            finding_id=found.view.id, reason=given, actor_id=actor_id, seen_fingerprint=found.view.fingerprint, now=now
        )
    _follow(held, final, claim, actor_id, now)
    request_rerun(municipality_id=held.invoice.municipality_id, ids=[invoice_id])
    return final


@transaction.atomic
def reject_invoice(  # noqa: PLR0913 - one use case, all by keyword
    *,
    invoice_id: UUID,
    reason: str,
    actor_id: UUID,
    seen: str | None,
    now: datetime,
    claim: Claim,
    letter: LetterDraft | None = None,
) -> Decision:
    """Reject an invoice; it becomes a follow-up, and the letter to the supplier is kept, ready to be sent.

    Raises:
        UnableToDecideInvoiceError: it is not there, is decided, or the reason is missing.
        InvoiceChangedMeanwhileError: it is not as it was seen.
    """
    held = hold(invoice_id=invoice_id, seen=seen, actor_id=actor_id, now=now)
    decision = moved(
        held, Decided.REJECTED, status=Status.REJECTED, waits_for=Waiting.NOBODY,
        reason=reason, actor_id=actor_id, now=now,
    )  # fmt: skip
    withdraw_questions(invoice_id=invoice_id, now=now)
    _follow(held, decision, claim, actor_id, now)
    if letter is not None:
        keep_letter(decision=decision, draft=letter, now=now)
    request_rerun(municipality_id=held.invoice.municipality_id, ids=[invoice_id])
    return decision


@transaction.atomic
def wait_for_credit_note(  # noqa: PLR0913 - one use case, all by keyword
    *,
    invoice_id: UUID,
    reason: str,
    actor_id: UUID,
    seen: str | None,
    now: datetime,
    claim: Claim,
    letter: LetterDraft | None = None,
) -> Decision:
    """Let an invoice wait until its credit note comes; `crediting.settle_credited` ends the waiting.

    Raises:
        UnableToDecideInvoiceError: it is not there, is decided, waits already, or the reason is missing.
        InvoiceChangedMeanwhileError: it is not as it was seen.
    """
    held = hold(invoice_id=invoice_id, seen=seen, actor_id=actor_id, now=now)
    _refuse_waiting(held, also_second=True)
    decision = moved(
        held, Decided.WAITING, status=Status(held.invoice.status), waits_for=Waiting.CREDIT_NOTE,
        reason=reason, actor_id=actor_id, now=now,
    )  # fmt: skip
    _follow(held, decision, claim, actor_id, now)
    if letter is not None:
        keep_letter(decision=decision, draft=letter, now=now)
    return decision


@transaction.atomic
def approve_ready(
    *, invoice_ids: Collection[UUID], expected: tuple[int, int], actor_id: UUID, now: datetime
) -> BulkApproved:
    """Approve invoices that nothing is left to explain on; `expected` is the count and sum (øre) that were confirmed.

    Five statements however many there are. Those that a second person must approve cannot be among them.

    Raises:
        UnableToDecideInvoiceError: one of them is no longer ready, has something unsettled or is beyond a limit, the
            count or sum is another than confirmed, or they are too many.
    """
    if len(invoice_ids) > MOST_AT_ONCE:
        raise UnableToDecideInvoiceError(f"Godkend højst {MOST_AT_ONCE} fakturaer ad gangen.")
    ready = list(
        Invoice.objects.select_for_update()
        .filter(id__in=list(invoice_ids), status=Status.READY.value, waits_for=Waiting.NOBODY.value)
        .annotate(amount=Greatest(F("payable_ore"), F("net_ore"), 0))
        .order_by("id")
    )
    if (len(ready), sum(one.payable_ore for one in ready)) != expected or not ready:
        raise UnableToDecideInvoiceError("Fakturaerne er ikke længere de samme som dem, du bekræftede. Se listen igen.")
    dearest: dict[UUID | None, int] = {}
    for one in ready:
        dearest[one.unit_id] = max(one.amount, dearest.get(one.unit_id, 0))
    if _takes_two(dearest, actor_id, now):
        raise UnableToDecideInvoiceError("En af fakturaerne kræver to godkendere. Godkend den enkeltvis.")
    if held := held_among([one.id for one in ready]):
        few = ", ".join(held[:3]) + (" og flere" if held[3:] else "")
        raise UnableToDecideInvoiceError(
            f"Der er fundet nye afvigelser ved {few}. Fravælg dem, og afgør dem hver for sig."
        )
    Decision.objects.bulk_create(
        Decision(
            municipality_id=one.municipality_id, unit_id=one.unit_id, invoice=one, outcome=Decided.APPROVED.value,
            reason=NOTHING_WRONG, status_before=one.status, decided_by_id=actor_id, decided_at=now,
        )
        for one in ready
    )  # fmt: skip
    Invoice.objects.filter(id__in=[one.id for one in ready]).update(status=Status.APPROVED.value)
    request_rerun(municipality_id=ready[0].municipality_id, ids=[one.id for one in ready])
    return BulkApproved(len(ready), expected[1], now)


def _takes_two(dearest: dict[UUID | None, int], actor_id: UUID, now: datetime) -> bool:
    """Whether the dearest (øre) of some unit takes two persons; each unit may refuse the one who asks."""
    asked = [
        four_eyes_from(actor_id=actor_id, unit_id=unit_id, amount_ore=ore, on=danish_day(now))
        for unit_id, ore in dearest.items()
    ]
    return any(asked)


def _refuse_waiting(held: Held, *, also_second: bool = False) -> None:
    waits = Waiting(held.invoice.waits_for)
    if waits is Waiting.NOBODY or (waits is Waiting.SECOND and not also_second):
        return
    raise UnableToDecideInvoiceError(f"Fakturaen {waits.danish}. Afbryd ventetiden, før du afgør den.")


def _refuse_same_person(held: Held, actor_id: UUID) -> None:
    first = Decision.objects.filter(invoice=held.invoice, outcome=Decided.FIRST.value, undone_by=None).latest(
        "decided_at"
    )
    if first.decided_by_id == actor_id:
        raise UnableToDecideInvoiceError("Du har selv godkendt fakturaen som den første. En anden skal godkende den.")
    agreed = {(ground["finding_id"], ground["fingerprint"]) for ground in first.grounds}
    now_open = {(str(one.view.id), one.view.fingerprint) for one in held.open}
    if not now_open <= agreed:
        raise UnableToDecideInvoiceError(
            "Der er fundet nye afvigelser ved fakturaen efter den første godkendelse. Fortryd den, og begynd forfra."
        )


def _follow(held: Held, decision: Decision, claim: Claim | None, actor_id: UUID, now: datetime) -> None:
    if claim is not None:
        open_follow_up(invoice=held.invoice, decision=decision, claim=claim, opened_by=actor_id, now=now)
