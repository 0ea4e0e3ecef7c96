"""Who is told of questions, answers and approvals about invoices; nobody twice, and nobody who may not see them."""

from datetime import timedelta
from uuid import UUID

from personas import Persona, persona
from styr.access import tokens
from styr.access.core.roles import Role
from styr.access.models import Municipality, Unit
from styr.invoices.models import Question
from styr.invoices.services import answer_question, approve_invoice, ask_about_invoice
from styr.workspace import happenings, notices

from .conftest import NOW, TODAY, Village

LATER = NOW + timedelta(minutes=15)


def someone(name: str, village: Village, role: Role, unit_id: UUID | None = None) -> Persona:
    unit = None if unit_id is None else Unit.objects.get(id=unit_id)
    return persona(name, Municipality.objects.get(id=village.municipality_id), role, unit)


def told(who: Persona) -> list[tuple[str, str, UUID]]:
    before = tokens.present(who.token)
    found = [(one.kind.value, one.text, one.subject_id) for one in notices.latest(user_id=who.user.id)]
    tokens.present(before)
    return found


def test_a_question_reaches_those_of_the_role_who_see_the_invoice_and_the_answer_comes_back(village: Village) -> None:
    invoice = village.stopped
    elsewhere = Unit.objects.exclude(id=invoice.unit_id).first()
    assert elsewhere is not None
    asker = someone("spoerger", village, Role.ECONOMIST)
    near = someone("naer", village, Role.CASEWORKER, invoice.unit_id)
    far = someone("fjern", village, Role.CASEWORKER, elsewhere.id)
    ask_about_invoice(
        invoice_id=invoice.id, to_role=Role.CASEWORKER, text="Boede Ida der?", due_on=TODAY, actor_id=asker.user.id,
        seen=None, now=NOW,
    )  # fmt: skip
    for _ in range(2):
        happenings.tell_what_happened(now=LATER)
    text = "Spørgsmål til dig som sagsbehandler om en faktura på 31.000 kr., svar senest 21. nov. 2026"
    assert told(near) == [("question", text, invoice.id)]
    assert told(far) == told(asker) == []
    answer_question(question_id=Question.objects.get(invoice=invoice).id, answer="Ja", actor_id=near.user.id, now=LATER)
    happenings.tell_what_happened(now=LATER)
    assert [(kind, subject) for kind, _, subject in told(asker)] == [("answered", invoice.id)]


def test_the_second_person_is_called_and_not_the_first(village: Village) -> None:
    first, second = someone("foerste", village, Role.ECONOMIST), someone("anden", village, Role.ECONOMIST)
    approve_invoice(invoice_id=village.stopped.id, reason="Set", actor_id=first.user.id, seen=None, now=NOW)
    happenings.tell_what_happened(now=LATER)
    assert told(first) == []
    assert told(second) == [("second", "En faktura på 31.000 kr. venter på anden godkendelse", village.stopped.id)]
