"""A person approves or rejects an invoice; what stops payment takes a reason and a second person."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.invoices.core.codes import Decided, Status
from styr.invoices.models import Decision, Invoice
from styr.invoices.queries import figures
from styr.invoices.services import (
    Claim,
    UnableToDecideInvoiceError,
    approve_invoice,
    approve_touchless,
    mark_paid,
    reject_invoice,
)
from styr.kernel.ids import uuid7

from .conftest import NOW, VILLAGE, Village

Decide = Callable[..., None]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def decide(village: Village) -> Decide:
    """Decide as the village's clerk."""

    def run(invoice: Invoice, outcome: Decided = Decided.APPROVED, reason: str = "Aftalt med Ida") -> None:
        given = {"invoice_id": invoice.id, "reason": reason, "actor_id": village.clerk.id, "seen": None, "now": NOW}
        if outcome is Decided.APPROVED:
            approve_invoice(**given)
        else:
            reject_invoice(**given, claim=Claim(amount_ore=0, cause="", due_on=NOW.date()))

    return run


def colleague() -> UUID:
    return persona("kollega", VILLAGE, Role.ECONOMIST).user.id


def status(invoice: Invoice) -> str:
    return Invoice.objects.get(id=invoice.id).status


def test_a_decision_is_kept_with_who_when_and_why(village: Village, decide: Decide) -> None:
    decide(village.clean, reason="  Set og godkendt ")
    kept = Decision.objects.get(invoice=village.clean)
    assert (kept.outcome, kept.reason, kept.decided_by_id, kept.decided_at) == (
        "approved", "Set og godkendt", village.clerk.id, NOW,
    )  # fmt: skip
    assert kept.unit_id == village.clean.unit_id
    assert status(village.clean) == Status.APPROVED


def test_an_invoice_that_a_person_touched_is_no_longer_touchless(village: Village, decide: Decide) -> None:
    before = figures().touchless
    decide(village.clean)
    assert figures().touchless == before - 1


def test_what_stops_payment_takes_two_persons(village: Village, decide: Decide) -> None:
    assert status(village.stopped) == Status.DEVIATING
    decide(village.stopped)
    assert status(village.stopped) == Status.DEVIATING
    assert Decision.objects.get().outcome == Decided.FIRST
    with pytest.raises(UnableToDecideInvoiceError, match="En anden skal godkende"):
        decide(village.stopped)
    assert mark_paid(invoice_ids=[village.stopped.id]) == 0


def test_a_stopped_invoice_can_be_rejected_at_once(village: Village, decide: Decide) -> None:
    decide(village.stopped, Decided.REJECTED, "Der er ingen kontrakt")
    assert status(village.stopped) == Status.REJECTED


@pytest.mark.parametrize("outcome", [Decided.APPROVED, Decided.REJECTED])
def test_without_a_reason_nothing_is_decided(village: Village, decide: Decide, outcome: Decided) -> None:
    with pytest.raises(UnableToDecideInvoiceError, match="Skriv en begrundelse"):
        decide(village.stopped, outcome, "  ")
    assert status(village.stopped) == Status.DEVIATING


def test_a_paid_invoice_is_not_decided_again(village: Village, decide: Decide) -> None:
    assert mark_paid(invoice_ids=[village.clean.id]) == 1
    with pytest.raises(UnableToDecideInvoiceError, match="betalt"):
        decide(village.clean, Decided.REJECTED)
    assert status(village.clean) == Status.PAID


def test_an_invoice_out_of_sight_is_not_decided(village: Village) -> None:
    with pytest.raises(UnableToDecideInvoiceError, match="findes ikke"):
        approve_invoice(invoice_id=uuid7(), reason="Ja", actor_id=village.clerk.id, seen=None, now=NOW)


def test_the_control_leaves_what_people_decided(village: Village, decide: Decide) -> None:
    decide(village.clean, Decided.REJECTED)
    approve_touchless(municipality_id=village.municipality_id, today=NOW.date())
    assert status(village.clean) == Status.REJECTED


def test_only_what_is_ready_or_approved_is_paid_and_once(village: Village, decide: Decide) -> None:
    assert mark_paid(invoice_ids=[village.clean.id, village.stopped.id]) == 1
    assert (status(village.clean), status(village.stopped)) == (Status.PAID, Status.DEVIATING)
    decide(village.stopped)
    approve_invoice(invoice_id=village.stopped.id, reason="Set", actor_id=colleague(), seen=None, now=NOW + MINUTE)
    assert mark_paid(invoice_ids=[village.clean.id, village.stopped.id]) == 1
    assert status(village.stopped) == Status.PAID


def test_a_rejected_invoice_is_not_paid(village: Village, decide: Decide) -> None:
    decide(village.clean, Decided.REJECTED)
    assert mark_paid(invoice_ids=[village.clean.id]) == 0
    assert status(village.clean) == Status.REJECTED
