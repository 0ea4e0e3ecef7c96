"""A draft from the template to the signature: each step by whoever may, each kept, nothing skipped."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from db.drafting.journey import NOW, Office, at, changed
from personas import persona, rows_seen_by
from styr.access.core.acts import Act
from styr.access.core.roles import Role
from styr.access.limits import set_limit
from styr.access.models import Municipality, Unit
from styr.contracts.agreed import agreed_card
from styr.contracts.core.codes import IndexKind, NoticeFrom
from styr.contracts.queries import contract_card
from styr.drafting import approving, making, quality, queries, rounds, signing
from styr.drafting.core.codes import CheckAnswer, DraftState, Party, Standing, StepKind
from styr.drafting.evidence import Evidence, evidence_of
from styr.drafting.models import ContractDraft, DraftVersion
from styr.drafting.reading import read_of
from styr.drafting.reference.load import checklist
from styr.drafting.registering import told_of
from styr.drafting.steps import UnableToMoveDraftError
from styr.drafting.text_and_register import compared_with_register
from styr.drafting.versions import File
from styr.drafting.written import written_of

pytestmark = pytest.mark.django_db
UNSIGNED = b"%PDF-1.4\n"


def back(desk: Office, draft_id: UUID, before: str, after: str) -> UUID:
    """The supplier's version: ours with some words changed."""
    _name, _kind, ours = queries.version_file(draft_id, 1, "content")
    file = File("retur.docx", changed(ours, before, after))
    return rounds.take_back_in(draft_id=draft_id, file=file, party=Party.THEIRS, note="", actor=at(desk.mads, 2))


def approved(desk: Office, draft_id: UUID) -> None:
    """Sent to be approved by Mads, and approved by Henrik."""
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 3))
    approving.approve_amount(draft_id=draft_id, actor=at(desk.henrik, 4))


def checked(desk: Office, draft_id: UUID) -> None:
    """Every item of the checklist is in order."""
    for item in checklist().items:
        quality.answer(draft_id=draft_id, code=item.code, said=CheckAnswer.YES, note="", actor=at(desk.mads, 5))


def test_a_draft_is_filled_from_the_registers_and_passes_our_own_playbook(desk: Office) -> None:
    draft_id = desk.draft()
    card, versions = queries.draft_card(draft_id), queries.versions_of(draft_id)
    assert (card.state, card.latest, versions[0].red, versions[0].missing) == (DraftState.WORK, 1, 0, 0)
    text = " ".join(read_of(queries.version_of(draft_id, 1)).texts())
    for told in ("Ida Østergård", "610180-1321", "Bostedet Ærø ApS", "1012345678", "2.400,00", "Nattevagt", "410,00"):
        assert told in text
    assert "1. januar 2026" in text
    assert written_of(queries.facts_of(draft_id), draft_id).hours == "20"


def test_nothing_of_a_draft_stands_in_clear(desk: Office) -> None:
    desk.draft()
    with connection.cursor() as cursor:
        cursor.execute("SELECT v::text || d::text FROM drafting_draftversion v, drafting_contractdraft d")
        stored = cursor.fetchone()[0]
    assert "610180-1321" not in stored
    assert "støtte i hverdagen".encode().hex() not in stored


def test_the_templates_terms_are_written_in_the_register(desk: Office) -> None:
    making.make_draft(wanted=replace(desk.wanted(), registers=True), actor=at(desk.mads))
    period = agreed_card(desk.contract_id).periods[0]
    terms = period.terms
    assert (terms.days_after_death, terms.notice_from, terms.index_kind) == (14, NoticeFrom.MONTH_END, IndexKind.PL)
    compared = compared_with_register((), contract_id=desk.contract_id, changes=None)
    assert "14 dage efter død" in told_of(compared.registered)


def test_a_protected_citizen_is_not_named(desk: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET protected_from = '2026-01-01' WHERE source_id = '1001'")
    text = " ".join(read_of(queries.version_of(desk.draft(), 1)).texts())
    assert "Østergård" not in text
    assert "610180-1321" in text


def test_what_is_missing_is_named_and_nothing_is_kept(desk: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contracts_contract SET notice_days = NULL")
    with pytest.raises(UnableToMoveDraftError, match="Der mangler: Dage ud over løbende måned"):
        desk.draft()
    assert not ContractDraft.objects.exists()


def test_a_contract_has_one_draft_at_a_time(desk: Office) -> None:
    desk.draft()
    with pytest.raises(UnableToMoveDraftError, match="allerede et udkast"):
        desk.draft()


def test_the_suppliers_version_is_compared_and_judged(desk: Office) -> None:
    draft_id = desk.draft()
    rounds.send_out(draft_id=draft_id, to="Karen Ærø, sikker post", actor=at(desk.mads, 1))
    back(desk, draft_id, "Ved fravær ud over 14 dage", "Fuld takst betales uanset fravær. Ved fravær ud over 60 dage")
    card, newest = queries.draft_card(draft_id), queries.versions_of(draft_id)[0]
    assert (card.state, newest.party, newest.red) == (DraftState.WORK, Party.THEIRS, 1)
    assert [step.kind for step in queries.steps_of(draft_id)] == [StepKind.RECEIVED, StepKind.SENT, StepKind.MADE]
    file = File("igen.docx", queries.version_file(draft_id, 2, "content")[2])
    with pytest.raises(UnableToMoveDraftError, match="den samme som udgave 2"):
        rounds.take_back_in(draft_id=draft_id, file=file, party=Party.THEIRS, note="", actor=at(desk.mads))


def test_nobody_approves_their_own_nor_beyond_their_limit(desk: Office, municipality: Municipality) -> None:
    set_limit(
        municipality_id=municipality.id, role=Role.MANAGER, act=Act.APPROVE_CONTRACT, amount_ore=100_000_000,
        starts=NOW.date(), today=NOW.date(),
    )  # fmt: skip
    draft_id = desk.draft()
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 1))
    with pytest.raises(UnableToMoveDraftError, match="selv skrevet"):
        approving.approve_amount(draft_id=draft_id, actor=at(desk.mads, 2))
    with pytest.raises(UnableToMoveDraftError, match=r"1\.178\.520 kr\. om året"):  # (2,400 + 820) kr. for 366 days
        approving.approve_amount(draft_id=draft_id, actor=at(desk.henrik, 2))
    assert approving.approve_amount(draft_id=draft_id, actor=at(desk.lone, 2))
    assert queries.draft_card(draft_id).state is DraftState.APPROVED


def test_deviations_take_somebody_who_decides_terms_and_a_reason(desk: Office, municipality: Municipality) -> None:
    other = persona("ulla", municipality, Role.NEGOTIATOR)
    draft_id = desk.draft()
    rounds.send_out(draft_id=draft_id, to="Karen", actor=at(desk.mads, 1))
    back(desk, draft_id, "Ved fravær ud over 14 dage", "Fuld takst betales uanset fravær. Ved fravær ud over 60 dage")
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 3))
    assert not approving.approve_amount(draft_id=draft_id, actor=at(other, 4))
    with pytest.raises(UnableToMoveDraftError, match="Du må ikke bestemme over"):
        approving.approve_terms(draft_id=draft_id, reason="Fint", actor=at(other, 5))
    with pytest.raises(UnableToMoveDraftError, match="Skriv, hvorfor"):
        approving.approve_terms(draft_id=draft_id, reason=" ", actor=at(desk.lone, 5))
    assert approving.approve_terms(draft_id=draft_id, reason="Eneste egnede tilbud", actor=at(desk.lone, 6))


def test_a_new_version_is_approved_and_looked_at_anew(desk: Office) -> None:
    draft_id = desk.draft()
    approved(desk, draft_id)
    checked(desk, draft_id)
    ours = changed(queries.version_file(draft_id, 1, "content")[2], "30 dage", "60 dage")
    rounds.take_back_in(
        draft_id=draft_id, file=File("ny.docx", ours),
        party=Party.OURS, note="Længere varsel", actor=at(desk.mads, 6),
    )  # fmt: skip
    card = queries.draft_card(draft_id)
    assert (card.state, card.answered, queries.answers_of(draft_id)) == (DraftState.WORK, 0, {})
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 7))
    draft = ContractDraft.objects.get(id=draft_id)
    newest = DraftVersion.objects.get(draft=draft, number=2)
    assert approving.needed_of(draft, newest).amount


def test_sent_back_is_with_those_who_write_it_again(desk: Office) -> None:
    draft_id = desk.draft()
    approving.submit(draft_id=draft_id, actor=at(desk.mads, 1))
    approving.send_back(draft_id=draft_id, reason="Varslet er for langt", actor=at(desk.henrik, 2))
    assert queries.draft_card(draft_id).state is DraftState.WORK


def test_no_signature_before_every_item_is_answered(desk: Office) -> None:
    draft_id = desk.draft()
    with pytest.raises(UnableToMoveDraftError, match="hos os"):
        quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 1))
    approved(desk, draft_id)
    with pytest.raises(UnableToMoveDraftError, match="mangler 10 punkter"):
        quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 5))
    with pytest.raises(UnableToMoveDraftError, match="altid være i orden"):
        quality.answer(
            draft_id=draft_id, code="price", said=CheckAnswer.NOT_RELEVANT, note="", actor=at(desk.mads, 5)
        )  # fmt: skip
    checked(desk, draft_id)
    DraftVersion.objects.update(making="done")
    quality.send_to_signing(draft_id=draft_id, actor=at(desk.mads, 6))
    assert contract_card(desk.contract_id).status == "sent"
    rounds.call_back(draft_id=draft_id, reason="Fejl i navnet", actor=at(desk.mads, 7))
    assert contract_card(desk.contract_id).status == "draft"


def test_what_the_program_can_tell_stands_beside_the_items(desk: Office) -> None:
    draft_id = desk.draft()
    read = read_of(queries.version_of(draft_id, 1))
    compared = compared_with_register(read.texts(), contract_id=desk.contract_id, changes=None)
    told = evidence_of(queries.draft_card(draft_id), read, compared)
    assert told["register"].fine
    assert told["portal"] == Evidence("Aftalt 2.400 kr.; på Tilbudsportalen 2.400 kr.", fine=True)
    assert told["approval"].fine
    assert told["grant"].fine
    assert told["terms"].fine


def test_a_draft_from_a_grant_registers_its_contract(desk: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, municipality_id FROM grants_grant WHERE source_id = 'SAG-77'")
        grant_id, municipality_id = cursor.fetchone()
        given = {"municipality_id": municipality_id, "actor": at(desk.mads), "wanted": making.FromGrant(
            grant_id=grant_id, provider_unit_id=None, notice_days=30, free_days=14, reduction=Decimal(25)
        )}  # fmt: skip
        with pytest.raises(UnableToMoveDraftError, match="nævner ingen leverandør"):
            making.register_for_grant(**given)
        cursor.execute(
            "UPDATE grants_grant SET supplier_id = (SELECT id FROM suppliers_supplier) WHERE id = %s", [grant_id]
        )
    card = contract_card(making.register_for_grant(**given))
    assert (card.status, card.notice_days, card.absence_billable, card.section) == (
        "draft",
        30,
        Decimal("0.75"),
        "SEL-85",
    )
    assert [(line.unit, line.hours, line.rates[0].amount) for line in card.lines] == [("hour", 5, Decimal("420.5"))]


def test_another_unit_sees_nothing_of_it(desk: Office, municipality: Municipality, other_unit: Unit) -> None:
    desk.draft()
    stranger = persona("nabo", municipality, Role.NEGOTIATOR, other_unit)
    for table in ("contractdraft", "draftversion", "draftstep"):
        assert rows_seen_by(stranger.token, f"SELECT id FROM drafting_{table}") == []  # noqa: S608 - our own words
    assert len(rows_seen_by(desk.mads.token, "SELECT id FROM drafting_draftversion")) == 1


def test_a_citizen_who_moves_unit_takes_the_draft_along(desk: Office, other_unit: Unit) -> None:
    desk.draft()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_citizen SET unit_id = %s WHERE source_id = '1001'", [other_unit.id])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert {ContractDraft.objects.get().unit_id, DraftVersion.objects.get().unit_id} == {other_unit.id}


def test_a_role_elsewhere_does_not_count(desk: Office, municipality: Municipality, other_unit: Unit) -> None:
    stranger = persona("nabo", municipality, Role.NEGOTIATOR, other_unit)
    with pytest.raises(UnableToMoveDraftError, match="Du må ikke oprette og ændre kontrakter"):
        making.make_draft(wanted=desk.wanted(), actor=at(stranger))


def test_a_broken_file_can_never_be_kept_as_signed(desk: Office) -> None:
    draft_id = desk.draft()
    facts = {"municipality_id": desk.mads.user.municipality_id, "contract_ref": desk.contract_id, "size": 1,
             "draft_id": draft_id, "standing": Standing.BROKEN.value, "signed_on": NOW.date(), "received_at": NOW,
             "received_by_id": desk.mads.user.id, "content": b"x", "note": "x",
             "unit_id": ContractDraft.objects.get().unit_id}  # fmt: skip
    with pytest.raises(IntegrityError, match="signed_file_is_not_broken"), transaction.atomic():
        signing.SignedFile.objects.create(**facts)
