"""Questions (spørgsmål) about an invoice to whoever knows, and their answers."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from styr.access import queries as access
from styr.access.core.roles import Role
from styr.access.unit_roles import roles_in
from styr.invoices.core.codes import Decided, Status, Waiting
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.holding import hold, moved
from styr.invoices.models import Decision, Invoice, Question
from styr.kernel.clock import danish_day
from styr.kernel.refusal import Refusal

ASKABLE = (Role.CASEWORKER, Role.NEGOTIATOR, Role.TRANSPORT_COORDINATOR, Role.LAWYER, Role.MANAGER)


class UnableToAnswerError(Refusal):
    """The question cannot be answered as asked; the message is fit to show a user."""


@transaction.atomic
def ask_about_invoice(  # noqa: PLR0913 - one use case, all by keyword
    *, invoice_id: UUID, to_role: Role, text: str, due_on: date, actor_id: UUID, seen: str | None, now: datetime
) -> Decision:
    """Send an invoice to those who know, with a question; it waits for their answer.

    Raises:
        UnableToDecideInvoiceError: it is not there, decided or waiting, in a unit where the person may not decide, the
            question is empty, or nobody has the role.
        InvoiceChangedMeanwhileError: it is not as it was seen.
    """
    if to_role not in ASKABLE:
        raise UnableToDecideInvoiceError("Vælg, hvem der skal svare.")
    if not text.strip():
        raise UnableToDecideInvoiceError("Skriv, hvad du vil vide.")
    held = hold(invoice_id=invoice_id, seen=seen, actor_id=actor_id, now=now)
    if held.invoice.waits_for:
        raise UnableToDecideInvoiceError(f"Fakturaen {Waiting(held.invoice.waits_for).danish}.")
    decision = moved(
        held, Decided.ASKED, status=Status(held.invoice.status), waits_for=Waiting.ANSWER,
        reason=text, actor_id=actor_id, now=now,
    )  # fmt: skip
    Question.objects.create(
        municipality_id=decision.municipality_id,
        unit_id=decision.unit_id,
        invoice_id=invoice_id,
        decision=decision,
        to_role=to_role.value,
        text=text.strip(),
        due_on=due_on,
        asked_by_id=actor_id,
        asked_at=now,
    )
    return decision


@transaction.atomic
def answer_question(*, question_id: UUID, answer: str, actor_id: UUID, now: datetime) -> UUID:
    """Answer a question; the invoice goes back to those who decide it. Return the invoice's id.

    Raises:
        UnableToAnswerError: it is not there, answered or taken back, the person asked it or has not the role that was
            asked where the invoice is, or the answer is empty.
    """
    found = Question.objects.select_for_update().filter(id=question_id).first()
    if found is None:
        raise UnableToAnswerError("Spørgsmålet findes ikke, eller det ligger uden for dit område.")
    if found.answered_at is not None:
        raise UnableToAnswerError("Spørgsmålet er allerede besvaret. Se svaret på fakturaen.")
    if found.withdrawn_at is not None:
        raise UnableToAnswerError("Spørgsmålet er trukket tilbage: fakturaen er afgjort på anden måde.")
    if found.asked_by_id == actor_id:
        raise UnableToAnswerError("Du har selv stillet spørgsmålet. Fortryd det, hvis du ikke behøver et svar.")
    asked = Role(found.to_role)
    if asked not in _roles_at(found, actor_id, danish_day(now)):
        raise UnableToAnswerError(f"Spørgsmålet er stillet til en anden rolle: {asked.danish.lower()}.")
    if not answer.strip():
        raise UnableToAnswerError("Skriv et svar.")
    found.answer, found.answered_by_id, found.answered_at = answer.strip(), actor_id, now
    found.save(update_fields=["answer", "answered_by", "answered_at"])
    waiting = Invoice.objects.filter(id=found.invoice_id, waits_for=Waiting.ANSWER.value)
    waiting.update(waits_for=Waiting.NOBODY.value)
    return found.invoice_id


def _roles_at(question: Question, actor_id: UUID, on: date) -> frozenset[Role]:
    """The roles that cover the invoice's unit; an invoice without one may be answered for by whoever has the role."""
    if question.unit_id is None:
        return access.roles_on(user_id=actor_id, on=on)
    return roles_in(user_id=actor_id, unit_id=question.unit_id, on=on)


def withdraw_questions(*, invoice_id: UUID, now: datetime) -> None:
    """The invoice was decided in another way, or the question taken back: nobody need answer."""
    unanswered = Question.objects.filter(invoice_id=invoice_id, answered_at=None, withdrawn_at=None)
    unanswered.update(withdrawn_at=now)


def revive_questions(*, invoice_id: UUID, withdrawn_at: datetime) -> None:
    """What withdrew the questions at that moment was taken back: they are to be answered again."""
    Question.objects.filter(invoice_id=invoice_id, withdrawn_at=withdrawn_at).update(withdrawn_at=None)
