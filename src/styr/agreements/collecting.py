"""The collection drive's use cases: open cases, ask, remind, receive, close. Every act is a step with who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from styr.access.core.permissions import Permission
from styr.access.unit_roles import may_in
from styr.agreements.core.codes import CollectionState, MailState, StepKind
from styr.agreements.coverage import lacking
from styr.agreements.mailing import UnableToMailError, checked_address, queue_letter
from styr.agreements.models import CollectionCase, CollectionStep
from styr.invoices.core.masking import holds_cpr
from styr.kernel.ids import uuid7
from styr.kernel.refusal import NotThere, Refusal

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

LONGEST_TEXT = 6_000


class CaseNotVisibleError(NotThere):
    """There is no such case for the caller."""

    def __init__(self) -> None:
        super().__init__("Indsamlingssagen findes ikke, eller du har ikke adgang til den.")


class UnableToCollectError(Refusal):
    """The act is refused; the message says why."""


@transaction.atomic
def open_cases(*, municipality_id: UUID, actor_id: UUID | None, today: date, now: datetime) -> int:
    """Open a case for every supplier that lacks a contract and has no open case; returns how many. Twice opens none.

    `actor_id` becomes their owner; None for the program itself.

    Raises:
        UnableToCollectError: the actor has no role for the whole municipality that may change contracts.
    """
    if actor_id is not None:
        _require_collector(actor_id, today)
    known = set(
        CollectionCase.objects.exclude(state=CollectionState.CLOSED.value).values_list("supplier_id", flat=True)
    )
    cases = [
        CollectionCase(
            id=uuid7(), municipality_id=municipality_id, supplier_id=one.supplier_id, owner_id=actor_id, opened_at=now
        )
        for one in lacking(today=today)
        if one.supplier_id not in known
    ]
    CollectionCase.objects.bulk_create(cases)
    CollectionStep.objects.bulk_create(
        CollectionStep(municipality_id=municipality_id, case=case, kind=StepKind.OPENED.value, at=now, by_id=actor_id)
        for case in cases
    )
    return len(cases)


@transaction.atomic
def letter_sent(  # noqa: PLR0913 - one use case, all by keyword
    *, case_id: UUID, text: str, due_on: date, actor_id: UUID, today: date, now: datetime, recipient: str = ""
) -> None:
    """Note that a letter was sent: the first is a request, those after it reminders. With an address we mail it.

    Who was asked by mail is reminded by mail, by the program itself (`mailing.remind`).

    Raises:
        CaseNotVisibleError: there is no such case for the caller.
        UnableToCollectError: it is closed, the letter is empty or too long, or the day has gone by.
        UnableToMailError: the address is none, or the letter holds a CPR number.
    """
    case = _open(case_id, actor_id, today)
    address = checked_address(recipient)
    if address and holds_cpr(text):
        raise UnableToMailError("Der står et CPR-nummer i brevet. Brug bevillingsnummeret i stedet.")
    words = text.strip()
    if not words or len(words) > LONGEST_TEXT:
        raise UnableToCollectError(f"Skriv brevet; det kan højst have {LONGEST_TEXT} tegn.")
    if due_on < today:
        raise UnableToCollectError("Svarfristen er overskredet. Vælg en senere dag.")
    first = case.state == CollectionState.OPEN.value
    case.state = CollectionState.ASKED.value if first else CollectionState.REMINDED.value
    case.due_on, case.email = due_on, address
    case.save(update_fields=["state", "due_on", "email"])
    step = _step(case, StepKind.ASKED if first else StepKind.REMINDED, actor_id, now, words)
    if address:
        step.recipient, step.mail = address, MailState.WAITING.value
        step.save(update_fields=["recipient", "mail"])
        queue_letter(step)


@transaction.atomic
def add_note(*, case_id: UUID, text: str, actor_id: UUID, today: date, now: datetime) -> None:
    """Write a note (no names of citizens) in a case.

    Raises:
        CaseNotVisibleError, UnableToCollectError: as `letter_sent`.
    """
    case = _open(case_id, actor_id, today)
    words = text.strip()
    if not words or len(words) > LONGEST_TEXT:
        raise UnableToCollectError("Skriv notatet.")
    _step(case, StepKind.NOTE, actor_id, now, words)


@transaction.atomic
def give_owner(*, case_id: UUID, owner_id: UUID, owner_name: str, actor_id: UUID, today: date, now: datetime) -> None:  # noqa: PLR0913 - by keyword
    """Give a case another owner, who may change contracts in the whole municipality.

    Raises:
        CaseNotVisibleError, UnableToCollectError: as `letter_sent`, or the new owner may not.
    """
    case = _open(case_id, actor_id, today)
    if not may_in(user_id=owner_id, permission=Permission.EDIT_CONTRACTS, unit_id=None, on=today):
        raise UnableToCollectError("Den ansvarlige skal have en rolle for hele kommunen, som må ændre kontrakter.")
    case.owner_id = owner_id
    case.save(update_fields=["owner"])
    _step(case, StepKind.OWNER, actor_id, now, owner_name)


@transaction.atomic
def hand_over_cases(  # noqa: PLR0913 - one use case, all by keyword
    *, from_id: UUID, to_id: UUID, to_name: str, actor_id: UUID, today: date, now: datetime
) -> tuple[int, int]:
    """Give another all open cases of somebody who leaves; return how many went over, and how many stayed.

    All stay when the receiver may not collect. Whoever calls this has asked whether the actor may hand over.
    """
    cases = CollectionCase.objects.select_for_update().filter(owner_id=from_id)
    found = list(cases.exclude(state=CollectionState.CLOSED.value).order_by("id"))
    if not may_in(user_id=to_id, permission=Permission.EDIT_CONTRACTS, unit_id=None, on=today):
        return 0, len(found)
    for case in found:
        case.owner_id = to_id
        case.save(update_fields=["owner"])
        _step(case, StepKind.OWNER, actor_id, now, to_name)
    return len(found), 0


@transaction.atomic
def close_case(*, case_id: UUID, text: str, actor_id: UUID, today: date, now: datetime) -> None:
    """Close a case with the reason.

    Raises:
        CaseNotVisibleError, UnableToCollectError: as `letter_sent`.
    """
    case = _open(case_id, actor_id, today)
    if not text.strip():
        raise UnableToCollectError("Skriv, hvorfor sagen afsluttes.")
    case.state, case.closed_at, case.due_on = CollectionState.CLOSED.value, now, None
    case.save(update_fields=["state", "closed_at", "due_on"])
    _step(case, StepKind.CLOSED, actor_id, now, text.strip()[:LONGEST_TEXT])


@transaction.atomic
def note_received(*, case_id: UUID, file_name: str, actor_id: UUID, now: datetime) -> None:
    """Note that a file came in; the case waits for nobody any more. A closed case stays closed.

    Raises:
        CaseNotVisibleError: there is no such case for the caller.
    """
    case = CollectionCase.objects.select_for_update().filter(id=case_id).first()
    if case is None:
        raise CaseNotVisibleError
    if case.state != CollectionState.CLOSED.value:
        case.state, case.due_on = CollectionState.RECEIVED.value, None
        case.save(update_fields=["state", "due_on"])
    _step(case, StepKind.RECEIVED, actor_id, now, file_name)


def _open(case_id: UUID, actor_id: UUID, today: date) -> CollectionCase:
    case = CollectionCase.objects.select_for_update().filter(id=case_id).first()
    if case is None:
        raise CaseNotVisibleError
    _require_collector(actor_id, today)
    if case.state == CollectionState.CLOSED.value:
        raise UnableToCollectError("Sagen er afsluttet.")
    return case


def _require_collector(actor_id: UUID, today: date) -> None:
    if not may_in(user_id=actor_id, permission=Permission.EDIT_CONTRACTS, unit_id=None, on=today):
        raise UnableToCollectError("Indsamlingen kræver en rolle for hele kommunen, som må ændre kontrakter.")


def _step(case: CollectionCase, kind: StepKind, actor_id: UUID | None, now: datetime, text: str) -> CollectionStep:
    return CollectionStep.objects.create(
        municipality_id=case.municipality_id, case=case, kind=kind.value, at=now, by_id=actor_id, text=text
    )
