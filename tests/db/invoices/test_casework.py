"""What people do about invoices: two persons, limits, questions, letters, follow-ups, undo; the services refuse."""

from datetime import timedelta
from typing import Any

import pytest

from personas import persona
from styr.access.core.roles import Role
from styr.access.models import Municipality, User
from styr.controls.on_invoices import findings_of_invoices
from styr.invoices.case import invoice_case
from styr.invoices.core.codes import Recovery, Status, Waiting
from styr.invoices.core.intake import read_document
from styr.invoices.history import history
from styr.invoices.holding import shown
from styr.invoices.models import Decision, FollowUp, Invoice, Question, SupplierQuery
from styr.invoices.services import (
    Claim,
    InvoiceChangedMeanwhileError,
    LetterDraft,
    UnableToAnswerError,
    UnableToDecideInvoiceError,
    UnableToFollowUpError,
    answer_question,
    approve_invoice,
    approve_ready,
    ask_about_invoice,
    control_everything,
    key_index,
    mark_paid,
    reject_invoice,
    settle_credited,
    settle_follow_up,
    store_invoices,
    undo_decision,
    undo_together,
    wait_for_credit_note,
)

from .conftest import FILES, NOW, TODAY, VILLAGE, Limits, Village

LATER = NOW + timedelta(minutes=5)
LETTER = LetterDraft("Vedr. faktura", "Send en kreditnota.", "bogholderi@leverandoer.example")


@pytest.fixture
def colleague(village: Village) -> User:
    municipality = Municipality.objects.get(id=village.municipality_id)
    return persona("kollega", municipality, Role.ECONOMIST).user


def fresh(invoice: Invoice) -> Invoice:
    return Invoice.objects.get(id=invoice.id)


def seen(invoice: Invoice) -> str:
    now = fresh(invoice)
    decisions = Decision.objects.filter(invoice=now).count()
    return shown(now.status, now.waits_for, decisions, findings_of_invoices([now.id]))


def given(village: Village, invoice: Invoice, **more: Any) -> dict[str, Any]:
    usual = {"invoice_id": invoice.id, "reason": "Undersøgt", "actor_id": village.clerk.id, "seen": None, "now": NOW}
    return {**usual, **more}


def claim(ore: int = 100_000) -> Claim:
    return Claim(amount_ore=ore, cause="Taksten er for høj", due_on=TODAY, exception_code="rate_high")


class TestTwoPersons:
    def test_a_hard_stop_is_approved_by_two_persons_and_its_findings_are_settled(
        self, village: Village, colleague: User, limits: Limits
    ) -> None:
        approve_invoice(**given(village, village.stopped))
        assert fresh(village.stopped).waits_for == Waiting.SECOND
        approve_invoice(**given(village, village.stopped, actor_id=colleague.id, reason="Enig", now=LATER))
        assert (fresh(village.stopped).status, fresh(village.stopped).waits_for) == ("approved", "")
        assert not [one for one in findings_of_invoices([village.stopped.id]) if one.open]

    def test_above_the_limit_of_four_eyes_a_second_person_is_needed(self, village: Village, limits: Limits) -> None:
        limits(four_eyes_invoice=village.clean.payable_ore)
        approve_invoice(**given(village, village.clean))
        assert fresh(village.clean).status == Status.APPROVED

    def test_the_smallest_amount_above_it_waits(self, village: Village, limits: Limits) -> None:
        limits(four_eyes_invoice=village.clean.payable_ore - 1)
        approve_invoice(**given(village, village.clean))
        assert (fresh(village.clean).status, fresh(village.clean).waits_for) == ("ready", "second")
        assert mark_paid(invoice_ids=[village.clean.id]) == 0

    def test_what_no_control_has_seen_takes_a_reason_and_two_persons(self, village: Village, limits: Limits) -> None:
        Invoice.objects.filter(id=village.clean.id).update(status=Status.RECEIVED.value)
        with pytest.raises(UnableToDecideInvoiceError, match="begrundelse"):
            approve_invoice(**given(village, village.clean, reason=""))
        approve_invoice(**given(village, village.clean))
        assert (fresh(village.clean).status, fresh(village.clean).waits_for) == ("received", "second")

    def test_nobody_approves_beyond_their_own_limit(self, village: Village, limits: Limits) -> None:
        limits(approve_invoice=5_000_000)
        with pytest.raises(UnableToDecideInvoiceError, match=r"op til 50\.000 kr"):
            approve_invoice(**given(village, village.clean))
        limits(approve_invoice=0)
        with pytest.raises(UnableToDecideInvoiceError, match="må ikke godkende"):
            approve_invoice(**given(village, village.clean))

    def test_what_was_seen_must_still_hold(self, village: Village, colleague: User, limits: Limits) -> None:
        before = seen(village.stopped)
        approve_invoice(**given(village, village.stopped, seen=before))
        with pytest.raises(InvoiceChangedMeanwhileError):
            reject_invoice(**given(village, village.stopped, seen=before, actor_id=colleague.id), claim=claim())


class TestBulk:
    def test_ready_ones_are_approved_as_confirmed_and_taken_back_together(
        self, village: Village, limits: Limits
    ) -> None:
        ready = list(Invoice.objects.filter(status="ready"))
        sums = (len(ready), sum(one.payable_ore for one in ready))
        done = approve_ready(invoice_ids=[one.id for one in ready], expected=sums, actor_id=village.clerk.id, now=NOW)
        assert (done.count, done.amount_ore) == sums
        assert undo_together(decided_at=NOW, actor_id=village.clerk.id, now=LATER) == len(ready)
        assert fresh(village.clean).status == Status.READY

    def test_another_count_or_sum_than_confirmed_is_refused(self, village: Village, limits: Limits) -> None:
        with pytest.raises(UnableToDecideInvoiceError, match="ikke længere de samme"):
            approve_ready(invoice_ids=[village.clean.id], expected=(1, 5), actor_id=village.clerk.id, now=NOW)

    def test_a_deviating_one_is_never_among_them(self, village: Village, limits: Limits) -> None:
        both = [village.clean, village.stopped]
        with pytest.raises(UnableToDecideInvoiceError):
            approve_ready(
                invoice_ids=[one.id for one in both], expected=(2, sum(one.payable_ore for one in both)),
                actor_id=village.clerk.id, now=NOW,
            )  # fmt: skip

    def test_what_takes_two_persons_is_not_approved_in_bulk(self, village: Village, limits: Limits) -> None:
        limits(four_eyes_invoice=1)
        with pytest.raises(UnableToDecideInvoiceError, match="to godkendere"):
            approve_ready(
                invoice_ids=[village.clean.id], expected=(1, village.clean.payable_ore),
                actor_id=village.clerk.id, now=NOW,
            )  # fmt: skip


class TestWrongInvoices:
    def test_a_rejected_invoice_is_followed_and_its_letter_kept(self, village: Village) -> None:
        decision = reject_invoice(**given(village, village.stopped), claim=claim(636_200), letter=LETTER)
        followed = FollowUp.objects.get()
        assert (followed.claimed_ore, followed.owner_id, followed.state) == (636_200, village.clerk.id, "open")
        assert SupplierQuery.objects.get().decision_id == decision.id
        assert decision.grounds[0]["sentence"].startswith("Faktura 2026-003")

    def test_matched_anew_a_rejected_invoice_still_names_its_citizen_and_why(self, village: Village) -> None:
        before = invoice_case(village.stopped.id)
        reject_invoice(**given(village, village.stopped), claim=claim(), letter=LETTER)
        control_everything(municipality_id=village.municipality_id, today=TODAY, now=LATER)
        after = invoice_case(village.stopped.id)
        assert before.claims
        assert not after.claims, "a rejected invoice claims nothing"
        assert after.citizen_ids == before.citizen_ids != ()
        told = [event.title for event in history(after, findings_of_invoices([village.stopped.id]))]
        assert any(title.startswith("Koblet til B") for title in told)

    def test_undone_it_is_as_before_and_the_history_tells_both(self, village: Village) -> None:
        decision = reject_invoice(**given(village, village.stopped), claim=claim(), letter=LETTER)
        undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=LATER)
        assert fresh(village.stopped).status == Status.DEVIATING
        assert [one.outcome for one in Decision.objects.order_by("decided_at")] == ["rejected", "undone"]
        assert FollowUp.objects.get().state == "dropped"
        assert SupplierQuery.objects.get().state == "withdrawn"

    def test_undoing_twice_another_persons_or_a_paid_one_is_refused(
        self, village: Village, colleague: User, limits: Limits
    ) -> None:
        decision = approve_invoice(**given(village, village.clean))
        with pytest.raises(UnableToDecideInvoiceError, match="En anden har truffet"):
            undo_decision(decision_id=decision.id, actor_id=colleague.id, now=LATER)
        mark_paid(invoice_ids=[village.clean.id])
        with pytest.raises(UnableToDecideInvoiceError, match="betalt"):
            undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=LATER)

    def test_after_a_day_an_undo_takes_a_reason(self, village: Village, limits: Limits) -> None:
        decision = approve_invoice(**given(village, village.clean))
        late = NOW + timedelta(hours=25)
        with pytest.raises(UnableToDecideInvoiceError, match="et døgn"):
            undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=late)
        undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=late, reason="Forkert periode")
        with pytest.raises(UnableToDecideInvoiceError, match="ikke den seneste"):
            undo_decision(decision_id=decision.id, actor_id=village.clerk.id, now=late)

    def test_undoing_an_approval_opens_its_findings_again(
        self, village: Village, colleague: User, limits: Limits
    ) -> None:
        approve_invoice(**given(village, village.stopped))
        final = approve_invoice(**given(village, village.stopped, actor_id=colleague.id, now=LATER))
        undo_decision(decision_id=final.id, actor_id=colleague.id, now=LATER)
        assert [one for one in findings_of_invoices([village.stopped.id]) if one.open]
        assert fresh(village.stopped).waits_for == Waiting.SECOND

    def test_recovered_money_is_counted_with_evidence(self, village: Village) -> None:
        reject_invoice(**given(village, village.stopped), claim=claim(50_000))
        followed = FollowUp.objects.get()
        settled = {"follow_up_id": followed.id, "recovery": Recovery.REFUNDED, "seen_version": followed.version,
                   "actor_id": village.clerk.id, "now": LATER}  # fmt: skip
        with pytest.raises(UnableToFollowUpError, match="hvor man kan se det"):
            settle_follow_up(**settled, recovered_ore=50_000, evidence=" ")
        with pytest.raises(UnableToFollowUpError, match="mellem 0 og 500,00 kr"):
            settle_follow_up(**settled, recovered_ore=50_001, evidence="Bilag 7")
        settle_follow_up(**settled, recovered_ore=40_000, evidence="Bilag 7")
        followed.refresh_from_db()
        assert (followed.state, followed.recovered_ore, followed.settled_by_id) == ("settled", 40_000, village.clerk.id)


class TestCreditNotes:
    def note(self, village: Village, number: str = "2026-003") -> None:
        xml = (FILES.parent / "einvoices" / "oioubl2-kreditnota.xml").read_bytes()
        read = read_document("kreditnota.xml", xml, index=key_index())
        store_invoices([read], municipality_id=village.municipality_id, now=LATER)
        note = Invoice.objects.get(kind="credit_note")
        Invoice.objects.filter(id=note.id).update(
            supplier_cvr=village.stopped.supplier_cvr, credits_number=number, net_ore=-60_000
        )

    def test_the_waiting_ends_and_the_follow_up_is_settled_when_it_comes(self, village: Village) -> None:
        wait_for_credit_note(**given(village, village.stopped), claim=claim(60_000))
        assert fresh(village.stopped).waits_for == Waiting.CREDIT_NOTE
        self.note(village)
        settle_credited(municipality_id=village.municipality_id, now=LATER)
        assert fresh(village.stopped).waits_for == ""
        followed = FollowUp.objects.get()
        assert (followed.state, followed.recovery, followed.recovered_ore) == ("settled", "credit_note", 60_000)
        assert followed.evidence.startswith("Kreditnota ")

    def test_a_part_of_the_claim_is_counted_and_the_rest_followed(self, village: Village) -> None:
        reject_invoice(**given(village, village.stopped), claim=claim(100_000))
        self.note(village)
        assert settle_credited(municipality_id=village.municipality_id, now=LATER) == 1
        assert settle_credited(municipality_id=village.municipality_id, now=LATER) == 0
        followed = FollowUp.objects.get()
        assert (followed.state, followed.recovered_ore) == ("open", 60_000)

    def test_one_credit_note_is_not_counted_for_two_claims(self, village: Village) -> None:
        for invoice in (village.clean, village.stopped):
            reject_invoice(**given(village, invoice), claim=claim(60_000))
        Invoice.objects.filter(id=village.clean.id).update(number="2026-003", supplier_cvr=village.stopped.supplier_cvr)
        self.note(village)
        assert settle_credited(municipality_id=village.municipality_id, now=LATER) == 1
        assert settle_credited(municipality_id=village.municipality_id, now=LATER) == 0
        assert sorted(FollowUp.objects.values_list("state", "recovered_ore")) == [("open", 0), ("settled", 60_000)]

    def test_a_waiting_invoice_is_not_approved_before_somebody_ends_the_waiting(
        self, village: Village, limits: Limits
    ) -> None:
        wait_for_credit_note(**given(village, village.clean), claim=claim())
        with pytest.raises(UnableToDecideInvoiceError, match="venter på kreditnota"):
            approve_invoice(**given(village, village.clean))


class TestQuestions:
    def ask(self, village: Village) -> Question:
        ask_about_invoice(
            invoice_id=village.stopped.id, to_role=Role.CASEWORKER, text="Er den leveret?", due_on=TODAY,
            actor_id=village.clerk.id, seen=None, now=NOW,
        )  # fmt: skip
        return Question.objects.get()

    def test_only_those_who_were_asked_answer_and_never_the_asker(self, village: Village, colleague: User) -> None:
        asked = self.ask(village)
        for actor_id, told in ((village.clerk.id, "selv stillet"), (colleague.id, "en anden rolle")):
            with pytest.raises(UnableToAnswerError, match=told):
                answer_question(question_id=asked.id, answer="Ja", actor_id=actor_id, now=LATER)
        assert fresh(village.stopped).waits_for == Waiting.ANSWER

    def test_an_answer_gives_the_invoice_back(self, village: Village) -> None:
        asked = self.ask(village)
        colleague = persona("sagsbehandler", VILLAGE, Role.CASEWORKER).user
        assert fresh(village.stopped).waits_for == Waiting.ANSWER
        answer_question(question_id=asked.id, answer=" Ja, i hele januar. ", actor_id=colleague.id, now=LATER)
        asked.refresh_from_db()
        assert (asked.answer, asked.answered_by_id) == ("Ja, i hele januar.", colleague.id)
        assert fresh(village.stopped).waits_for == ""
        with pytest.raises(UnableToAnswerError, match="allerede besvaret"):
            answer_question(question_id=asked.id, answer="Nej", actor_id=colleague.id, now=LATER)

    def test_rejecting_withdraws_the_question(self, village: Village, colleague: User) -> None:
        asked = self.ask(village)
        reject_invoice(**given(village, village.stopped), claim=claim())
        with pytest.raises(UnableToAnswerError, match="trukket tilbage"):
            answer_question(question_id=asked.id, answer="Nej", actor_id=colleague.id, now=LATER)
