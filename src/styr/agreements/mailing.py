"""Letters of the collection drive that we mail ourselves: requests and reminders, each sent once and logged.

A letter is noted as handed over before the mail server gets it. A job that is killed in between leaves it so: the page
tells that nobody knows whether it arrived, and it is not sent again by itself. A letter holds no citizen's data.
"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from procrastinate.contrib.django import app as jobs

from styr.access.queries import municipality_name
from styr.access.scope import service_scope
from styr.access.services import municipality_ids
from styr.agreements.core.codes import CollectionState, MailState, StepKind
from styr.agreements.core.collecting.letters import ANSWER_WITHIN, LetterFacts, reminder_letter
from styr.agreements.coverage import lacking_of
from styr.agreements.models import CollectionCase, CollectionStep
from styr.kernel.clock import danish_day
from styr.kernel.refusal import Refusal
from styr.suppliers.queries import SupplierLine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

SEND_TASK: Final = "agreements.send_letter"
"""The job's name; `tasks.py` performs it."""
MOST_REMINDERS: Final = 2
"""Reminders that the program sends by itself; then somebody calls the supplier."""
_SUBJECTS: Final = {StepKind.ASKED: "Anmodning om kontrakter", StepKind.REMINDED: "Påmindelse: kontrakter, vi mangler"}
_WAITS: Final = (CollectionState.ASKED.value, CollectionState.REMINDED.value)

_LOG: Final = logging.getLogger(__name__)


class UnableToMailError(Refusal):
    """The letter cannot be mailed; the message says why."""


def checked_address(written: str) -> str:
    """The address without blanks, "" where none is written.

    Raises:
        UnableToMailError: it is no e-mail address.
    """
    address = written.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise UnableToMailError("Mailadressen er ikke skrevet rigtigt.") from error
    return address


def queue_letter(step: CollectionStep) -> None:
    """Let a job mail a step's letter when the caller's transaction is through."""
    jobs.configure_task(SEND_TASK).defer(municipality_id=str(step.municipality_id), step_id=str(step.id))


def deliver(*, municipality_id: UUID, step_id: UUID) -> bool:
    """Mail a letter that waits; False when that was tried before. Run it outside any transaction."""
    with service_scope(municipality_id, "job"):
        step = CollectionStep.objects.select_for_update().filter(id=step_id, mail=MailState.WAITING.value).first()
        if step is None:
            return False
        _note(step, MailState.HANDED)
    try:
        EmailMessage(subject=_SUBJECTS[StepKind(step.kind)], body=step.text, to=[step.recipient]).send()
        came = MailState.SENT
    except (SMTPException, OSError) as failed:
        _LOG.warning("Brev %s kunne ikke sendes: %s", step.id, type(failed).__name__)
        came = MailState.FAILED
    with service_scope(municipality_id, "job"):
        _note(step, came)
    return came is MailState.SENT


def remind(*, today: date, now: datetime) -> int:
    """Remind, in every municipality, those who were asked by mail and have not answered in time; returns how many."""
    return sum(remind_in(municipality_id, today=today, now=now) for municipality_id in municipality_ids())


def remind_in(municipality_id: UUID, *, today: date, now: datetime) -> int:
    """Write and queue the reminders that are due; each moves the day of answer, so twice a day writes none twice."""
    with service_scope(municipality_id, "job"), transaction.atomic():
        name = municipality_name()
        return sum(_reminded(case, name, today, now) for case in _due(today))


def _due(today: date) -> Iterator[CollectionCase]:
    cases = CollectionCase.objects.select_for_update(skip_locked=True, of=("self",)).select_related("supplier", "owner")
    for case in cases.filter(state__in=_WAITS, due_on__lt=today).exclude(email="").order_by("id"):
        if case.steps.filter(kind=StepKind.REMINDED.value).count() < MOST_REMINDERS:
            yield case


def _reminded(case: CollectionCase, municipality: str, today: date, now: datetime) -> int:
    one = case.supplier
    lacks = lacking_of(SupplierLine(one.id, one.source_id, one.name, one.cvr, one.kind, one.ean), today=today)
    if lacks is None:
        return 0
    asked = case.steps.filter(kind=StepKind.ASKED.value).order_by("at").values_list("at", flat=True).first()
    sender = municipality if case.owner is None else case.owner.name
    facts = LetterFacts(municipality, one.name, one.cvr, lacks.grants, sender)
    case.state, case.due_on = CollectionState.REMINDED.value, today + ANSWER_WITHIN
    case.save(update_fields=["state", "due_on"])
    step = CollectionStep.objects.create(
        municipality_id=case.municipality_id, case=case, kind=StepKind.REMINDED.value, at=now, by=None,
        text=reminder_letter(facts, asked_on=None if asked is None else danish_day(asked), due_on=case.due_on),
        recipient=case.email, mail=MailState.WAITING.value,
    )  # fmt: skip
    queue_letter(step)
    return 1


def _note(step: CollectionStep, state: MailState) -> None:
    step.mail = state.value
    step.save(update_fields=["mail"])
