"""A person approves or rejects an invoice; what stops payment is decided for itself first."""

from collections.abc import Callable

import pytest

from styr.controls.core.verdict import Verdict
from styr.controls.queries import FindingFilter, finding_page
from styr.controls.services import decide_finding
from styr.invoices.core.codes import Decided, Status
from styr.invoices.models import Decision, Invoice
from styr.invoices.queries import figures
from styr.invoices.services import UnableToDecideInvoiceError, approve_touchless, decide_invoice, mark_paid
from styr.kernel.ids import uuid7

from .conftest import NOW, Village

pytestmark = pytest.mark.xdist_group("invoices")

Decide = Callable[..., None]


@pytest.fixture
def decide(village: Village) -> Decide:
    """Decide as the village's clerk."""

    def run(invoice: Invoice, outcome: Decided = Decided.APPROVED, reason: str = "Aftalt med Ida") -> None:
        decide_invoice(invoice_id=invoice.id, outcome=outcome, reason=reason, actor_id=village.clerk.id, now=NOW)

    return run


def status(invoice: Invoice) -> str:
    return Invoice.objects.get(id=invoice.id).status


def settle_findings(village: Village, **wanted: bool) -> None:
    for found in finding_page(FindingFilter(invoice_id=village.stopped.id, **wanted)).rows:
        decide_finding(
            finding_id=found.id, verdict=Verdict.ACCEPT, reason="Underskrevet på papir", actor_id=village.clerk.id,
            seen_fingerprint=found.fingerprint, now=NOW,
        )  # fmt: skip


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


def test_what_stops_payment_refuses_the_approval_and_is_named(village: Village, decide: Decide) -> None:
    assert status(village.stopped) == Status.DEVIATING
    with pytest.raises(UnableToDecideInvoiceError, match="Betalingen er stoppet: »Kontrakten er ikke underskrevet«"):
        decide(village.stopped)
    assert status(village.stopped) == Status.DEVIATING
    assert not Decision.objects.exists()


def test_a_deviating_invoice_is_approved_when_the_stop_is_decided(village: Village, decide: Decide) -> None:
    settle_findings(village, hard_stop=True)
    decide(village.stopped, reason="Kontrakten er underskrevet på papir")
    assert status(village.stopped) == Status.APPROVED


def test_a_stopped_invoice_can_be_rejected_at_once(village: Village, decide: Decide) -> None:
    decide(village.stopped, Decided.REJECTED, "Der er ingen kontrakt")
    assert status(village.stopped) == Status.REJECTED


@pytest.mark.parametrize("outcome", list(Decided))
def test_without_a_reason_nothing_is_decided(village: Village, decide: Decide, outcome: Decided) -> None:
    with pytest.raises(UnableToDecideInvoiceError, match="Skriv en begrundelse"):
        decide(village.clean, outcome, "  ")
    assert status(village.clean) == Status.READY


def test_a_paid_invoice_is_not_decided_again(village: Village, decide: Decide) -> None:
    assert mark_paid(invoice_ids=[village.clean.id]) == 1
    with pytest.raises(UnableToDecideInvoiceError, match="betalt"):
        decide(village.clean, Decided.REJECTED)
    assert status(village.clean) == Status.PAID


def test_an_invoice_out_of_sight_is_not_decided(village: Village) -> None:
    with pytest.raises(UnableToDecideInvoiceError, match="findes ikke"):
        decide_invoice(invoice_id=uuid7(), outcome=Decided.APPROVED, reason="Ja", actor_id=village.clerk.id, now=NOW)


def test_the_control_leaves_what_people_decided(village: Village, decide: Decide) -> None:
    decide(village.clean, Decided.REJECTED)
    approve_touchless(municipality_id=village.municipality_id)
    assert status(village.clean) == Status.REJECTED


def test_only_what_is_ready_or_approved_is_paid_and_once(village: Village, decide: Decide) -> None:
    settle_findings(village)
    assert mark_paid(invoice_ids=[village.clean.id, village.stopped.id]) == 1
    assert (status(village.clean), status(village.stopped)) == (Status.PAID, Status.DEVIATING)
    decide(village.stopped)
    assert mark_paid(invoice_ids=[village.clean.id, village.stopped.id]) == 1
    assert status(village.stopped) == Status.PAID


def test_a_rejected_invoice_is_not_paid(village: Village, decide: Decide) -> None:
    decide(village.clean, Decided.REJECTED)
    assert mark_paid(invoice_ids=[village.clean.id]) == 0
    assert status(village.clean) == Status.REJECTED
