"""What stops payment is settled by two persons on the invoice, and by nobody anywhere else."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from personas import persona
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.limits import set_limit
from styr.contracts.services import sign_contract
from styr.controls.core.report import ControlReport, Outcome
from styr.controls.core.verdict import CHOICES, Verdict
from styr.controls.handling import reopen_finding
from styr.controls.models import Finding, FindingDecision
from styr.controls.on_invoices import FoundOnInvoice, findings_of_invoices
from styr.controls.services import DecidedOnInvoiceError, decide_finding, run_controls
from styr.invoices import services
from styr.invoices.core.codes import Decided, Status
from styr.invoices.models import Invoice, LineMatch
from styr.invoices.services import (
    UnableToDecideInvoiceError,
    approve_invoice,
    approve_ready,
    approve_touchless,
    control_everything,
    mark_paid,
)

from .conftest import NOW, TODAY, VILLAGE, Village

LATER = NOW + timedelta(minutes=5)


def status(invoice: Invoice) -> str:
    return Invoice.objects.get(id=invoice.id).status


def new_account(invoice: Invoice) -> None:
    """Somebody else is to have the money: a hard stop, once the controls have run."""
    Invoice.objects.filter(id=invoice.id).update(payee_account="bban:99990001112223")


def control(village: Village) -> None:
    control_everything(municipality_id=village.municipality_id, today=TODAY, now=LATER)


def found_on(invoice: Invoice) -> FoundOnInvoice:
    (found,) = findings_of_invoices([invoice.id])
    return found


def decide(found: FoundOnInvoice, verdict: Verdict, actor_id: UUID) -> None:
    decide_finding(
        finding_id=found.view.id, verdict=verdict, reason="Set", actor_id=actor_id,
        seen_fingerprint=found.view.fingerprint, now=LATER,
    )  # fmt: skip


@pytest.mark.parametrize("verdict", CHOICES)
def test_one_person_cannot_clear_a_hard_stop_with_any_verdict(village: Village, verdict: Verdict) -> None:
    with pytest.raises(DecidedOnInvoiceError, match=r"åbn fakturaen.*En anden skal også godkende"):
        decide(found_on(village.stopped), verdict, village.clerk.id)
    assert not FindingDecision.objects.exists()


@pytest.mark.parametrize("verdict", [*CHOICES, None])
def test_an_invoice_is_never_ready_by_itself_once_its_stop_was_decided(
    village: Village, verdict: Verdict | None
) -> None:
    """However the decision came there: the database holds one that no service would write."""
    written(village.stopped, verdict, village.clerk.id)
    control(village)
    assert status(village.stopped) == Status.DEVIATING
    given = {"invoice_id": village.stopped.id, "reason": "Set", "seen": None, "now": LATER}
    assert approve_invoice(**given, actor_id=village.clerk.id).outcome == Decided.FIRST


@pytest.mark.parametrize(
    ("verdict", "after"),
    [
        (Verdict.ACCEPT, Status.READY),
        (Verdict.IGNORE, Status.READY),
        (Verdict.DISPUTE, Status.DEVIATING),
        (Verdict.MEND, Status.DEVIATING),
    ],
)
def test_a_lesser_finding_counts_by_its_verdict(village: Village, verdict: Verdict, after: Status) -> None:
    Finding.objects.create(
        municipality_id=village.municipality_id, unit_id=village.clean.unit_id, control_code="invoice_remark",
        subject_kind="invoice", subject_id=village.clean.id, invoice_id=village.clean.id, severity="warning",
        hard_stop=False, owner_role="economist", evidence={}, fingerprint="0" * 32, status="open", first_seen=NOW,
        last_seen=NOW,
    )  # fmt: skip
    decide(found_on(village.clean), verdict, village.clerk.id)
    assert found_on(village.clean).open == (after is Status.DEVIATING)
    approve_touchless(municipality_id=village.municipality_id, today=TODAY)
    assert status(village.clean) == after


def test_two_persons_settle_it_on_the_invoice(village: Village) -> None:
    new_account(village.clean)
    control(village)
    assert status(village.clean) == Status.DEVIATING
    colleague = persona("kollega", VILLAGE, Role.ECONOMIST).user.id
    for actor_id, now in ((village.clerk.id, LATER), (colleague, LATER + timedelta(minutes=1))):
        assert mark_paid(invoice_ids=[village.clean.id]) == 0
        approve_invoice(invoice_id=village.clean.id, reason="Ringet op", actor_id=actor_id, seen=None, now=now)
    assert {one.verdict for one in findings_of_invoices([village.clean.id])} == {Verdict.ACCEPT}
    assert mark_paid(invoice_ids=[village.clean.id]) == 1


def test_a_ready_invoice_with_a_new_stop_is_neither_approved_in_bulk_nor_paid(village: Village) -> None:
    """The controls ran alone: the status is still that of yesterday."""
    new_account(village.clean)
    run_controls(municipality_id=village.municipality_id, today=TODAY, now=LATER)
    assert status(village.clean) == Status.READY
    expected = (1, village.clean.payable_ore)
    with pytest.raises(UnableToDecideInvoiceError, match="fundet nye afvigelser ved 2026-001"):
        approve_ready(invoice_ids=[village.clean.id], expected=expected, actor_id=village.clerk.id, now=LATER)
    assert mark_paid(invoice_ids=[village.clean.id]) == 0


def test_an_approved_invoice_that_gets_a_stop_is_not_paid(village: Village) -> None:
    given = {"invoice_id": village.clean.id, "reason": "", "seen": None, "actor_id": village.clerk.id, "now": NOW}
    approve_invoice(**given)
    new_account(village.clean)
    control(village)
    assert status(village.clean) == Status.APPROVED
    assert mark_paid(invoice_ids=[village.clean.id]) == 0


def test_what_is_above_the_limit_for_four_eyes_is_never_ready_by_itself(village: Village) -> None:
    given = {"municipality_id": village.municipality_id, "role": None, "act": Act.FOUR_EYES_INVOICE}
    set_limit(**given, amount_ore=village.clean.payable_ore, starts=TODAY, today=TODAY)
    control(village)
    assert status(village.clean) == Status.READY
    set_limit(**given, amount_ore=village.clean.payable_ore - 1, starts=TODAY, today=TODAY)
    control(village)
    assert status(village.clean) == Status.DEVIATING
    assert mark_paid(invoice_ids=[village.clean.id]) == 0


def test_a_finding_opened_again_holds_an_approved_invoice_back(village: Village) -> None:
    colleague = persona("kollega", VILLAGE, Role.ECONOMIST).user.id
    for actor_id, now in ((village.clerk.id, NOW), (colleague, LATER)):
        approve_invoice(invoice_id=village.stopped.id, reason="Set", actor_id=actor_id, seen=None, now=now)
    finding_id = found_on(village.stopped).view.id
    reopen_finding(finding_id=finding_id, reason="Forkert", actor_id=colleague, now=LATER + timedelta(minutes=1))
    assert mark_paid(invoice_ids=[village.stopped.id]) == 0


def test_when_a_control_cannot_run_what_is_wrong_goes_back_and_nothing_becomes_ready(
    village: Village, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = ControlReport((Outcome(code="invoice_duplicate", error="gik i stykker"),), None, 0.0)

    def run_broken(**given: object) -> ControlReport:
        run_controls(**given)  # type: ignore[arg-type]  # passed on as given
        return failed

    monkeypatch.setattr(services, "run_controls", run_broken)
    new_account(village.clean)
    contract_id = LineMatch.objects.get(invoice=village.stopped).contract_id
    sign_contract(contract_id=contract_id, signed_on=TODAY.replace(year=2025))
    control(village)
    assert (status(village.clean), status(village.stopped)) == (Status.DEVIATING, Status.DEVIATING)


def test_what_is_found_after_the_payment_is_decided_by_one(village: Village) -> None:
    assert mark_paid(invoice_ids=[village.clean.id]) == 1
    new_account(village.clean)
    control(village)
    decide(found_on(village.clean), Verdict.DISPUTE, village.clerk.id)
    assert status(village.clean) == Status.PAID


def written(invoice: Invoice, verdict: Verdict | None, actor_id: UUID) -> None:
    found = Finding.objects.get(invoice_id=invoice.id)
    if verdict is not None:
        FindingDecision.objects.create(
            municipality_id=found.municipality_id, unit_id=found.unit_id, finding=found, verdict=verdict.value,
            reason="Set", decided_by_id=actor_id, decided_at=NOW, fingerprint=found.fingerprint, evidence={},
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE controls_finding SET status = 'decided', decided_fingerprint = fingerprint WHERE id = %s",
            [found.id],
        )
