"""Taking decisions back one after another leaves no invoice where nobody can move it."""

from datetime import timedelta

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.invoices.core.codes import Status, Waiting
from styr.invoices.models import Invoice, Question
from styr.invoices.services import (
    Claim,
    UnableToDecideInvoiceError,
    approve_invoice,
    ask_about_invoice,
    reject_invoice,
    undo_decision,
    wait_for_credit_note,
)

from .conftest import NOW, TODAY, VILLAGE, Village

MINUTES = [NOW + timedelta(minutes=minute) for minute in range(6)]
CLAIM = Claim(amount_ore=0, cause="Forkert", due_on=TODAY)


def stands(village: Village) -> tuple[str, str]:
    found = Invoice.objects.get(id=village.stopped.id)
    return found.status, found.waits_for


def test_both_of_two_approvals_can_be_taken_back_the_latest_first(village: Village) -> None:
    colleague = persona("kollega", VILLAGE, Role.ECONOMIST).user.id
    given = {"invoice_id": village.stopped.id, "reason": "Set", "seen": None}
    first = approve_invoice(**given, actor_id=village.clerk.id, now=MINUTES[0])
    second = approve_invoice(**given, actor_id=colleague, now=MINUTES[1])
    with pytest.raises(UnableToDecideInvoiceError, match="ikke den seneste"):
        undo_decision(decision_id=first.id, actor_id=village.clerk.id, now=MINUTES[2])
    undo_decision(decision_id=second.id, actor_id=colleague, now=MINUTES[2])
    assert stands(village) == (Status.DEVIATING, Waiting.SECOND)
    undo_decision(decision_id=first.id, actor_id=village.clerk.id, now=MINUTES[3])
    assert stands(village) == (Status.DEVIATING, Waiting.NOBODY)
    with pytest.raises(UnableToDecideInvoiceError, match="ikke den seneste"):
        undo_decision(decision_id=first.id, actor_id=village.clerk.id, now=MINUTES[4])
    approve_invoice(**given, actor_id=village.clerk.id, now=MINUTES[5])


def test_a_question_that_a_rejection_withdrew_is_asked_again_when_that_is_taken_back(village: Village) -> None:
    given = {"invoice_id": village.stopped.id, "actor_id": village.clerk.id, "seen": None}
    asked = ask_about_invoice(**given, to_role=Role.CASEWORKER, text="Leveret?", due_on=TODAY, now=MINUTES[0])
    rejected = reject_invoice(**given, reason="Nej", claim=CLAIM, now=MINUTES[1])
    assert Question.objects.get().withdrawn_at == MINUTES[1]
    undo_decision(decision_id=rejected.id, actor_id=village.clerk.id, now=MINUTES[2])
    assert stands(village) == (Status.DEVIATING, Waiting.ANSWER)
    assert Question.objects.get().withdrawn_at is None
    undo_decision(decision_id=asked.id, actor_id=village.clerk.id, now=MINUTES[3])
    assert stands(village) == (Status.DEVIATING, Waiting.NOBODY)
    assert Question.objects.get().withdrawn_at == MINUTES[3]


def test_a_waiting_that_a_rejection_broke_off_can_still_be_ended(village: Village) -> None:
    given = {"invoice_id": village.stopped.id, "actor_id": village.clerk.id, "seen": None, "claim": CLAIM}
    waiting = wait_for_credit_note(**given, reason="Kommer", now=MINUTES[0])
    rejected = reject_invoice(**given, reason="Nej", now=MINUTES[1])
    undo_decision(decision_id=rejected.id, actor_id=village.clerk.id, now=MINUTES[2])
    assert stands(village) == (Status.DEVIATING, Waiting.CREDIT_NOTE)
    undo_decision(decision_id=waiting.id, actor_id=village.clerk.id, now=MINUTES[3])
    assert stands(village) == (Status.DEVIATING, Waiting.NOBODY)
