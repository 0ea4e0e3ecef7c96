"""Letters leave once and without CPR numbers; a person's choice of grant stands until it is taken back."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from loggedin import logged_in_client, send
from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality
from styr.invoices.letters import deliver_letter
from styr.invoices.models import Invoice, LineMatch, ManualMatch, SupplierQuery
from styr.invoices.services import (
    LetterDraft,
    UnableToDecideInvoiceError,
    UnableToMatchError,
    UnableToSendLetterError,
    approve_invoice,
    control_everything,
    mark_paid,
    match_by_hand,
    reject_invoice,
    send_letter,
    undo_decision,
    unmatch,
)

from .conftest import NOW, TODAY, Village
from .test_casework import LATER, LETTER, claim, given


class TestLetters:
    def test_a_letter_is_sent_once(self, village: Village) -> None:
        reject_invoice(**given(village, village.stopped), claim=claim(), letter=LETTER)
        letter = SupplierQuery.objects.get()
        send_letter(letter_id=letter.id, actor_id=village.clerk.id, now=NOW)
        assert ProcrastinateJob.objects.filter(task_name="invoices.send_letter").count() == 1
        assert deliver_letter(letter_id=letter.id)
        assert not deliver_letter(letter_id=letter.id)
        (sent,) = mail.outbox
        assert (sent.to, sent.body) == (["bogholderi@leverandoer.example"], "Send en kreditnota.")
        with pytest.raises(UnableToSendLetterError, match="allerede sendt"):
            send_letter(letter_id=letter.id, actor_id=village.clerk.id, now=NOW)

    def test_a_cpr_number_never_leaves_by_letter(self, village: Village) -> None:
        with pytest.raises(UnableToSendLetterError, match="CPR-nummer"):
            reject_invoice(
                **given(village, village.stopped), claim=claim(), letter=LetterDraft("Om", "Det gælder 150687-1234.")
            )

    def test_a_letter_that_somebody_changed_meanwhile_is_not_written_over(self, village: Village) -> None:
        reject_invoice(**given(village, village.stopped), claim=claim(), letter=LETTER)
        client = logged_in_client(persona("lone", Municipality.objects.get(id=village.municipality_id), Role.ECONOMIST))
        page = reverse("letter", args=[SupplierQuery.objects.get().id])
        shown = re.search(r'name="seen" value="(\w+)"', client.get(page).content.decode())
        assert shown
        fields = {"handling": "gem", "emne": "Om", "tekst": "Mit eget.", "modtager": "", "seen": shown.group(1)}
        assert send(client, page, {**fields, "tekst": "En andens."}).status_code == 302
        refused = send(client, page, {**fields, "handling": "send"})
        assert refused.status_code == 422
        told = refused.content.decode()
        assert "En anden har rettet brevet" in told
        assert "»En andens.«" in told
        assert "Mit eget.</textarea>" in told
        assert (SupplierQuery.objects.get().body, len(mail.outbox)) == ("En andens.", 0)
        now_shown = re.search(r'name="seen" value="(\w+)"', told)
        assert now_shown
        assert send(client, page, {**fields, "seen": now_shown.group(1)}).status_code == 302
        assert SupplierQuery.objects.get().body == "Mit eget."

    def test_undoing_after_the_letter_went_takes_a_reason(self, village: Village) -> None:
        decision = reject_invoice(**given(village, village.stopped), claim=claim(), letter=LETTER)
        send_letter(letter_id=SupplierQuery.objects.get().id, actor_id=village.clerk.id, now=NOW)
        with pytest.raises(UnableToDecideInvoiceError, match="er sendt"):
            undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=LATER)


class TestMatchingByHand:
    def test_it_stands_through_later_matching_until_it_is_taken_back(self, village: Village) -> None:
        match = LineMatch.objects.get(invoice=village.clean)
        other = LineMatch.objects.get(invoice=village.stopped)
        assert match.grant_id != other.grant_id
        match_by_hand(
            invoice_id=village.clean.id, line_ids=[match.line_id], grant_id=other.grant_id, service_id=other.service_id,
            reason="Leverandøren har ringet", actor_id=village.clerk.id, now=NOW,
        )  # fmt: skip
        for changed in ([village.clean.id], None):
            control_everything(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=changed)
            found = LineMatch.objects.get(invoice=village.clean)
            assert (found.grant_id, found.service_id, found.step) == (other.grant_id, other.service_id, "by_hand")
        assert unmatch(invoice_id=village.clean.id, actor_id=village.clerk.id, now=LATER) == 1
        control_everything(municipality_id=village.municipality_id, today=TODAY, now=LATER, changed=[village.clean.id])
        assert LineMatch.objects.get(invoice=village.clean).grant_id == match.grant_id
        assert ManualMatch.objects.get().reason == "Leverandøren har ringet"

    def test_an_invoice_that_somebody_matched_is_approved_by_name(self, village: Village) -> None:
        match = LineMatch.objects.get(invoice=village.clean)
        match_by_hand(
            invoice_id=village.clean.id, line_ids=[match.line_id], grant_id=match.grant_id, service_id=match.service_id,
            reason="Leverandøren har ringet", actor_id=village.clerk.id, now=NOW,
        )  # fmt: skip
        control_everything(municipality_id=village.municipality_id, today=TODAY, now=LATER)
        assert Invoice.objects.get(id=village.clean.id).status == "deviating"
        assert mark_paid(invoice_ids=[village.clean.id]) == 0
        approve_invoice(**given(village, village.clean))
        assert mark_paid(invoice_ids=[village.clean.id]) == 1

    def test_without_a_reason_or_with_a_strange_service_it_is_refused(self, village: Village) -> None:
        match = LineMatch.objects.get(invoice=village.clean)
        other = LineMatch.objects.get(invoice=village.stopped)
        wanted = {"invoice_id": village.clean.id, "line_ids": [match.line_id], "grant_id": match.grant_id,
                  "actor_id": village.clerk.id, "now": NOW}  # fmt: skip
        with pytest.raises(UnableToMatchError, match="hvordan du ved"):
            match_by_hand(**wanted, service_id=None, reason="")
        with pytest.raises(UnableToMatchError, match="hører ikke til"):
            match_by_hand(**wanted, service_id=other.service_id, reason="Ja")
