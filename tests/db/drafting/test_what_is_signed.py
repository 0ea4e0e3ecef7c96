"""What is signed is what was approved, and a grant buys on it only within what it is approved for."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from db.drafting.journey import Office, at
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.limits import set_limit
from styr.access.models import Municipality
from styr.contracts.queries import contract_card
from styr.contracts.services import change_contract_rate
from styr.drafting import approving, quality, signing
from styr.drafting.buying import bought
from styr.drafting.core.codes import CheckAnswer, DraftState
from styr.drafting.models import ContractDraft, DraftStep, DraftVersion
from styr.drafting.reference.load import checklist
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.unchanged import agreed_mark
from styr.drafting.versions import File
from styr.grants.models import Grant, OwnRate, ServiceLine
from styr.kernel.ids import uuid7

pytestmark = pytest.mark.django_db
CHANGED = "Kontrakten i registret er ændret, siden udkastet blev sendt til godkendelse eller godkendt"
SIGNED = signing.Said(date(2026, 4, 1), "Set efter")
FIRST = date(2026, 1, 1)


def ready_to_go(desk: Office) -> UUID:
    """A draft that is approved and quality-assured."""
    draft_id = desk.draft()
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 1))
    approving.approve_amount(draft_id=draft_id, actor=at(desk.henrik, 2))
    for item in checklist().items:
        quality.answer(draft_id=draft_id, code=item.code, said=CheckAnswer.YES, note="", actor=at(desk.mads, 3))
    DraftVersion.objects.update(making="done")
    return draft_id


def dearer(desk: Office, amount: int) -> None:
    """Somebody writes another price of the stay in the register."""
    line = contract_card(desk.contract_id).lines[0]
    change_contract_rate(contract_line_id=line.id, valid_from=FIRST, amount=Decimal(amount))


def test_a_price_changed_after_the_approval_is_not_sent_to_be_signed(desk: Office) -> None:
    draft_id = ready_to_go(desk)
    dearer(desk, 9000)
    with pytest.raises(UnableToMoveDraftError, match=CHANGED):
        quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 4))
    dearer(desk, 2400)
    quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 4))
    assert ContractDraft.objects.get().state == DraftState.READY


def test_a_price_changed_while_it_is_out_to_be_signed_is_not_taken_in(desk: Office) -> None:
    """Sending it changes nothing of what was approved; a new round of approval forgets the former."""
    draft_id = ready_to_go(desk)
    quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 4))
    no_pdf = {"draft_id": draft_id, "file": File("kontrakt.pdf", b"tekst"), "said": SIGNED, "actor": at(desk.mads, 5)}
    with pytest.raises(UnableToMoveDraftError, match="skal være en PDF"):
        signing.take_signed(**no_pdf)
    dearer(desk, 9000)
    with pytest.raises(UnableToMoveDraftError, match=CHANGED):
        signing.take_signed(**no_pdf)
    DraftStep.objects.exclude(agreed="").update(agreed=agreed_mark(desk.contract_id))
    with pytest.raises(UnableToMoveDraftError, match="skal være en PDF"):
        signing.take_signed(**no_pdf)


def test_terms_changed_after_the_approval_count_too(desk: Office) -> None:
    before = agreed_mark(desk.contract_id)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contracts_contract SET status = 'sent' WHERE id = %s", [desk.contract_id])
        assert agreed_mark(desk.contract_id) == before
        cursor.execute("UPDATE contracts_contract SET notice_days = 90 WHERE id = %s", [desk.contract_id])
    assert agreed_mark(desk.contract_id) != before


def test_the_signer_cannot_make_a_grant_dearer_than_it_is_approved_for(
    desk: Office, municipality: Municipality
) -> None:
    """The grant has so far bought its stay at 100 kr. of its own; the contract takes 2.400 kr."""
    desk.draft()
    ServiceLine.objects.filter(grant_id=desk.grant_id, line_no=2).delete()
    line = ServiceLine.objects.get(grant_id=desk.grant_id)
    ServiceLine.objects.filter(id=line.id).update(contract_line=None)
    Grant.objects.filter(id=desk.grant_id).update(contract=None)
    OwnRate.objects.create(
        municipality_id=line.municipality_id, unit_id=line.unit_id, service_line=line, valid_from=FIRST, amount=100
    )
    set_limit(
        municipality_id=municipality.id, role=Role.CASEWORKER, act=Act.APPROVE_GRANT, amount_ore=10_000_000,
        starts=at(desk.mads).now.date(), today=at(desk.mads).now.date(),
    )  # fmt: skip
    with pytest.raises(UnableToMoveDraftError, match="Kontrakten gør bevillinger dyrere"):
        bought(ContractDraft.objects.get(), at(desk.mads, 6))
    assert Grant.objects.get(id=desk.grant_id).contract_id is None


def test_a_grant_that_the_signer_does_not_see_is_told_of(desk: Office) -> None:
    desk.draft()
    draft = ContractDraft.objects.get()
    draft.grant_id = uuid7()
    assert bought(draft, at(desk.mads)) == "Bevillingen kan du ikke se; den køber ikke på kontrakten endnu."
