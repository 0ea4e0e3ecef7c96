"""Letters to suppliers (henvendelser): kept with the decision, mended, and sent by mail or by hand."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.invoices.core.codes import QueryState
from styr.invoices.core.masking import holds_cpr
from styr.invoices.models import Decision, SupplierQuery
from styr.kernel.clock import danish_day
from styr.kernel.refusal import Refusal

SEND_TASK: Final = "invoices.send_letter"
"""The job's name; `tasks.py` performs it."""


class UnableToSendLetterError(Refusal):
    """The letter cannot be kept or sent as asked; the message is fit to show a user."""


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as somebody wrote it; `recipient` is an e-mail address or ""."""

    subject: str
    body: str = field(repr=False)
    recipient: str = ""
    exception_code: str = ""


def keep_letter(*, decision: Decision, draft: LetterDraft, now: datetime) -> SupplierQuery:
    """Keep the letter that goes with a decision.

    Raises:
        UnableToSendLetterError: it is empty, holds a CPR number, or the address is none.
    """
    _check(draft)
    return SupplierQuery.objects.create(
        municipality_id=decision.municipality_id,
        unit_id=decision.unit_id,
        invoice_id=decision.invoice_id,
        decision=decision,
        exception_code=draft.exception_code,
        subject=draft.subject.strip(),
        body=draft.body.strip(),
        recipient=draft.recipient.strip(),
        drafted_at=now,
    )


@transaction.atomic
def change_letter(*, letter_id: UUID, draft: LetterDraft, actor_id: UUID, now: datetime) -> None:
    """Mend a letter that is not sent yet.

    Raises:
        UnableToSendLetterError: it is not there, sent or not the person's, or is not fit to be sent.
    """
    _check(draft)
    letter = _unsent(letter_id, actor_id, now)
    letter.subject, letter.body, letter.recipient = draft.subject.strip(), draft.body.strip(), draft.recipient.strip()
    letter.save(update_fields=["subject", "body", "recipient"])


@transaction.atomic
def send_letter(*, letter_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Send a letter by mail; the job that does it is queued in this transaction.

    Raises:
        UnableToSendLetterError: it is not there, sent or not the person's, or has no address.
    """
    letter = _unsent(letter_id, actor_id, now)
    if not letter.recipient:
        raise UnableToSendLetterError("Der er ingen mailadresse. Skriv en, eller hent brevet og send det selv.")
    letter.state, letter.sent_at, letter.sent_by_id = QueryState.SENDING.value, now, actor_id
    letter.save(update_fields=["state", "sent_at", "sent_by"])
    jobs.configure_task(SEND_TASK).defer(municipality_id=str(letter.municipality_id), letter_id=str(letter_id))


@transaction.atomic
def note_sent(*, letter_id: UUID, actor_id: UUID, now: datetime) -> None:
    """Note that somebody sent a letter by other means than ours.

    Raises:
        UnableToSendLetterError: it is not there, sent already or not the person's.
    """
    letter = _unsent(letter_id, actor_id, now)
    letter.state, letter.sent_at, letter.sent_by_id = QueryState.SENT.value, now, actor_id
    letter.save(update_fields=["state", "sent_at", "sent_by"])


@transaction.atomic
def deliver_letter(*, letter_id: UUID) -> bool:
    """Hand a letter to the mail server; False when that was done before. A job does it, and again if the server is out.

    The letter counts as sent when the server has taken it. A crash just there sends it twice, never not at all.
    """
    letter = SupplierQuery.objects.select_for_update().filter(id=letter_id, state=QueryState.SENDING.value).first()
    if letter is None:
        return False
    EmailMessage(subject=letter.subject, body=letter.body, to=[letter.recipient]).send()
    letter.state = QueryState.SENT.value
    letter.save(update_fields=["state"])
    return True


def sent_with(decision: Decision) -> bool:
    """Whether the letter that goes with a decision is out of the house."""
    out = [QueryState.SENDING.value, QueryState.SENT.value, QueryState.ANSWERED.value]
    return SupplierQuery.objects.filter(decision=decision, state__in=out).exists()


def withdraw_with(decision: Decision) -> None:
    """The decision was taken back: its letter is not to be sent."""
    unsent = SupplierQuery.objects.filter(decision=decision, state=QueryState.DRAFT.value)
    unsent.update(state=QueryState.WITHDRAWN.value)


def _unsent(letter_id: UUID, actor_id: UUID, now: datetime) -> SupplierQuery:
    letter = SupplierQuery.objects.select_for_update().filter(id=letter_id).first()
    if letter is None:
        raise UnableToSendLetterError("Brevet findes ikke, eller det ligger uden for dit område.")
    wanted = Permission.DECIDE_INVOICES
    if not may_in(user_id=actor_id, permission=wanted, unit_id=letter.unit_id, on=danish_day(now)):
        raise UnableToSendLetterError(f"Du må ikke {wanted.danish} i den enhed, brevet hører til.")
    if letter.state != QueryState.DRAFT.value:
        raise UnableToSendLetterError(f"Brevet er allerede {QueryState(letter.state).danish}.")
    return letter


def _check(draft: LetterDraft) -> None:
    if not draft.subject.strip() or not draft.body.strip():
        raise UnableToSendLetterError("Skriv både emne og tekst i brevet.")
    if holds_cpr(draft.subject) or holds_cpr(draft.body):
        raise UnableToSendLetterError("Der står et CPR-nummer i brevet. Brug bevillingsnummeret i stedet.")
    if "\n" in draft.subject.strip() or "\r" in draft.subject.strip():
        raise UnableToSendLetterError("Emnet skal stå på én linje.")
    if draft.recipient.strip():
        try:
            validate_email(draft.recipient.strip())
        except ValidationError:
            raise UnableToSendLetterError("Mailadressen er ikke en mailadresse.") from None
