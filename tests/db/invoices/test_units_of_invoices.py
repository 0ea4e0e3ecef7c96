"""Whoever decides invoices in one unit decides none in another in which they only look on."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from personas import persona
from styr.access import queries as access
from styr.access.core.roles import Role
from styr.access.models import Limit, Membership, Municipality, Unit
from styr.invoices.core.codes import Recovery
from styr.invoices.deciding import UnableToDecideInvoiceError
from styr.invoices.decisions import approve_invoice, approve_ready, reject_invoice, wait_for_credit_note
from styr.invoices.following import (
    Claim,
    UnableToFollowUpError,
    change_follow_up,
    drop_follow_up,
    settle_follow_up,
)
from styr.invoices.letters import LetterDraft, UnableToSendLetterError, change_letter, note_sent, send_letter
from styr.invoices.models import Decision, FollowUp, Invoice, SupplierQuery
from styr.invoices.undoing import undo_decision

from .conftest import NOW, TODAY, Limits, Village

REAL_LIMIT = access.limit_for  # the tests beside this one put their own in its place
SINCE = date(2020, 1, 1)


@pytest.fixture
def mixed(village: Village, limits: Limits, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """Manager of the neighbouring unit, transport coordinator in the invoice's own."""
    monkeypatch.setattr(access, "limit_for", REAL_LIMIT)
    municipality = Municipality.objects.get(id=village.municipality_id)
    assert village.clean.unit_id is not None
    neighbour = Unit.objects.create(municipality=municipality, number="77", name="Naboen")
    user = persona("blandet", municipality, Role.MANAGER, neighbour).user
    Membership.objects.create(
        municipality=municipality, user=user, role=Role.TRANSPORT_COORDINATOR, unit_id=village.clean.unit_id,
        starts=SINCE,
    )  # fmt: skip
    return user.id


def test_a_role_in_another_unit_decides_no_invoice_of_this_one(village: Village, mixed: UUID) -> None:
    one = village.clean
    given: dict[str, Any] = {"invoice_id": one.id, "reason": "Set", "actor_id": mixed, "seen": None, "now": NOW}
    claim = Claim(amount_ore=1, cause="For dyr", due_on=TODAY, exception_code="rate_high")
    ways = (
        approve_invoice,
        partial(reject_invoice, claim=claim),
        partial(wait_for_credit_note, claim=claim),
    )
    for decide in ways:
        with pytest.raises(UnableToDecideInvoiceError, match="i den enhed, fakturaen hører til"):
            decide(**given)
    assert not Decision.objects.filter(invoice=one).exists()


def test_nor_takes_its_decision_back_nor_handles_what_follows(village: Village, mixed: UUID) -> None:
    claim = Claim(amount_ore=1, cause="For dyr", due_on=TODAY, exception_code="rate_high")
    draft = LetterDraft("Faktura", "Send en kreditnota.", "bogholderi@leverandoer.example")
    rejected = reject_invoice(
        invoice_id=village.clean.id, reason="Nej", actor_id=village.clerk.id, seen=None, now=NOW, claim=claim,
        letter=draft,
    )  # fmt: skip
    with pytest.raises(UnableToDecideInvoiceError, match="i den enhed, fakturaen hører til"):
        undo_decision(decision_id=rejected.id, actor_id=mixed, now=NOW, reason="Fortrudt")
    followed, letter = FollowUp.objects.get(), SupplierQuery.objects.get()
    given: dict[str, Any] = {"follow_up_id": followed.id, "seen_version": followed.version, "actor_id": mixed}
    settled: dict[str, Any] = {"recovery": Recovery.REFUNDED, "recovered_ore": 1, "evidence": "Bilag 7"}
    for handle in (
        partial(settle_follow_up, **given, **settled, now=NOW),
        partial(drop_follow_up, **given, reason="Nej", now=NOW),
        partial(change_follow_up, **given, owner_id=mixed, due_on=TODAY, today=TODAY),
    ):
        with pytest.raises(UnableToFollowUpError, match="i den enhed, opfølgningen hører til"):
            handle()
    post: dict[str, Any] = {"letter_id": letter.id, "actor_id": mixed, "now": NOW}
    for send in (partial(change_letter, draft=draft), send_letter, note_sent):
        with pytest.raises(UnableToSendLetterError, match="i den enhed, brevet hører til"):
            send(**post)
    FollowUp.objects.update(owner_id=mixed)
    followed.refresh_from_db()
    settle_follow_up(**{**given, "seen_version": followed.version}, **settled, now=NOW)


def test_many_at_once_are_held_to_each_unit_s_roles(village: Village, mixed: UUID) -> None:
    Invoice.objects.filter(id=village.clean.id).update(status="ready")
    one = Invoice.objects.get(id=village.clean.id)
    with pytest.raises(UnableToDecideInvoiceError, match="Du må ikke godkende fakturaer her"):
        approve_ready(invoice_ids=[one.id], expected=(1, one.payable_ore), actor_id=mixed, now=NOW)


def test_the_limit_is_that_of_the_role_in_the_invoice_s_unit(village: Village, mixed: UUID) -> None:
    Membership.objects.filter(user_id=mixed, role=Role.TRANSPORT_COORDINATOR).update(role=Role.ECONOMIST)
    Limit.objects.create(
        municipality_id=village.municipality_id, role=Role.ECONOMIST, act="approve_invoice", amount_ore=100,
        valid_from=SINCE,
    )  # fmt: skip
    with pytest.raises(UnableToDecideInvoiceError, match=r"op til 1 kr\."):
        approve_invoice(invoice_id=village.clean.id, reason="Set", actor_id=mixed, seen=None, now=NOW)
