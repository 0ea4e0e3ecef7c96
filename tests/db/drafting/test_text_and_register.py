"""What is signed is what is reckoned by: a text that says otherwise than the register is put right, or accepted."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from db.drafting.journey import NOW, Office, at, changed
from styr.access.crypto import unseal
from styr.agreements.models import AgreementDocument, ProposedField, ReviewedClause
from styr.agreements.services import HandedIn, take_signed_document
from styr.contracts.agreed import agreed_card
from styr.contracts.core.codes import NoticeFrom
from styr.contracts.editing import Terms, change_terms
from styr.contracts.queries import contract_card
from styr.contracts.services import AbsenceTerms
from styr.drafting import approving, making, quality, queries, rounds, template_services, text_and_register
from styr.drafting.core.codes import CheckAnswer, DraftState, Party, StepKind
from styr.drafting.models import DraftVersion, TemplateVersion
from styr.drafting.reading import read_of
from styr.drafting.reference.load import checklist
from styr.drafting.sealed import place_of
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.versions import File
from styr.kernel.fingerprint import fingerprint
from styr.texts.services import index_documents

pytestmark = pytest.mark.django_db
OTHER = "Teksten og registret stemmer ikke overens om 1 vilkår, først opsigelsesvarsel: teksten »90 dage"


def with_other_notice(desk: Office) -> UUID:
    """A template of the lawyer's own that states 90 days, taken into use; its version."""
    held = TemplateVersion.objects.get(id=desk.version_id)
    content = unseal(held.content, place=place_of("templateversion", "content", held.id))
    by = template_services.By(held.municipality_id, desk.lone.user.id, NOW)
    file = template_services.Handed("eget.docx", changed(content, "{{ vilkår.varsel_dage }}", "90"))
    made = template_services.hand_in_version(template_id=held.template_id, file=file, note="90 dage", by=by)
    template_services.take_into_use(version_id=made, by=by)
    return made


def ready(desk: Office, draft_id: UUID) -> None:
    """Approved, and the checklist answered about the newest version."""
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 3))
    approving.approve_amount(draft_id=draft_id, actor=at(desk.henrik, 4))
    for item in checklist().items:
        quality.answer(draft_id=draft_id, code=item.code, said=CheckAnswer.YES, note="", actor=at(desk.mads, 5))
    DraftVersion.objects.update(making="done")


def test_a_template_that_states_another_notice_is_what_the_register_says(desk: Office) -> None:
    """The register held 30 days when the draft was made; the terms are those of the very text."""
    assert contract_card(desk.contract_id).notice_days == 30
    wanted = replace(desk.wanted(), template_version_id=with_other_notice(desk))
    draft_id = making.make_draft(wanted=wanted, actor=at(desk.mads))
    assert contract_card(desk.contract_id).notice_days == 90
    assert agreed_card(desk.contract_id).periods[0].terms.notice_from is NoticeFrom.MONTH_END
    ready(desk, draft_id)
    quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 6))


def test_a_text_that_says_otherwise_is_not_sent_to_be_signed(desk: Office) -> None:
    """Somebody who wrote no version accepts the difference with a reason."""
    wanted = replace(desk.wanted(), template_version_id=with_other_notice(desk), registers=False)
    draft_id = making.make_draft(wanted=wanted, actor=at(desk.mads))
    text_and_register.register_text(draft_id=draft_id, actor=at(desk.mads))
    back_to(desk, 30)
    ready(desk, draft_id)
    with pytest.raises(UnableToMoveDraftError, match=OTHER):
        quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 6))
    accept: dict[str, Any] = {"draft_id": draft_id, "actor": at(desk.lone, 7)}
    with pytest.raises(UnableToMoveDraftError, match="Skriv, hvorfor"):
        text_and_register.accept_differences(reason=" ", **accept)
    with pytest.raises(UnableToMoveDraftError, match=r"selv skrevet|ikke bestemme"):
        text_and_register.accept_differences(draft_id=draft_id, reason="Ja", actor=at(desk.mads, 7))
    text_and_register.accept_differences(reason="Leverandøren opsiger med 90, vi med 30", **accept)
    quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 8))
    assert queries.draft_card(draft_id).state is DraftState.READY
    assert StepKind.ACCEPTED_TEXT in {one.kind for one in queries.steps_of(draft_id)}


def test_the_suppliers_text_is_written_in_the_register(desk: Office) -> None:
    """The contract is a draft of the register still; what was approved before must be approved anew."""
    draft_id = desk.draft()
    rounds.send_out(draft_id=draft_id, to="Karen", actor=at(desk.mads, 1))
    theirs = changed(queries.version_file(draft_id, 1, "content")[2], "plus 30 dage", "plus 60 dage")
    file = File("retur.docx", theirs)
    rounds.take_back_in(draft_id=draft_id, file=file, party=Party.THEIRS, note="", actor=at(desk.mads, 2))
    ready(desk, draft_id)
    text_and_register.register_text(draft_id=draft_id, actor=at(desk.mads, 6))
    assert contract_card(desk.contract_id).notice_days == 60
    with pytest.raises(UnableToMoveDraftError, match="er ændret, siden udkastet blev sendt"):
        quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 7))


def test_what_changes_between_sending_and_approving_is_not_approved(desk: Office) -> None:
    draft_id = desk.draft()
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 1))
    back_to(desk, 45)
    with pytest.raises(UnableToMoveDraftError, match="sendt til godkendelse"):
        approving.approve_amount(draft_id=draft_id, actor=at(desk.henrik, 2))


def test_the_signed_file_is_among_the_documents_that_are_searched(desk: Office) -> None:
    """Its facts were held against the register, so nobody confirms them again; a supplement misses no clauses."""
    draft_id = desk.draft()
    text = "\n".join(read_of(queries.version_of(draft_id, 1)).texts()).encode()
    like: dict[str, Any] = {
        "municipality_id": desk.mads.user.municipality_id,
        "contract_id": desk.contract_id,
        "now": NOW,
    }
    by: dict[str, Any] = {"actor_id": desk.mads.user.id}
    kept = take_signed_document(file=HandedIn("underskrevet.txt", text), amends=False, **like, **by)
    assert AgreementDocument.objects.get(id=kept).contract_id == desk.contract_id
    assert set(ProposedField.objects.filter(document_id=kept).values_list("state", flat=True)) == {"confirmed"}
    short = "Fra 1. juli 2026 gælder: Kontrakten kan opsiges med 60 dages varsel.".encode()
    amends = take_signed_document(file=HandedIn("tillaeg.txt", short), amends=True, **like, **by)
    assert not ReviewedClause.objects.filter(document_id=amends, verdict="missing").exists()
    assert index_documents(municipality_id=desk.mads.user.municipality_id) == 2


def back_to(desk: Office, notice_days: int) -> None:
    """Somebody writes another notice in the register."""
    card = contract_card(desk.contract_id)
    terms = Terms(
        last_day=None, notice_days=notice_days, provider_unit_id=card.provider_unit_id, calendar_id=None,
        absence=AbsenceTerms(free_days=card.absence_free_days, billable=card.absence_billable),
    )  # fmt: skip
    change_terms(contract_id=card.id, terms=terms, seen=fingerprint(card))
